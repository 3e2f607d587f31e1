using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>A private question as it comes in.</summary>
/// <param name="Item">The item it is about, or null.</param>
public sealed record PrivateQuestionRequest(string Text = "", string? Item = null)
{
    internal QuestionContent ToContent() => new(string.IsNullOrEmpty(Item) ? null : Item, Text.Tidy());
}

/// <summary>An expert who suspects a misunderstanding asks the State in private.</summary>
public sealed class AskPrivately(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/clarify-first",
        async (Guid review, PrivateQuestionRequest request, Visit visit, AskPrivately ask, HttpContext http, CancellationToken cancel) =>
            (await ask.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/clarify-first/{receipt.Key}", receipt)))
        .WithName(nameof(AskPrivately)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the question.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, PrivateQuestionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    /// <summary>Why somebody cannot ask now; null when they can.</summary>
    internal static Refusal? MayNot(Actor actor, LoadedReview review) =>
        Access.May(actor, ReviewAct.AskPrivately, review.Facts)
        ?? PrivateQuestionRules.Closed(review.State)
        // Whoever steps in declares first, like everybody before them.
        ?? (review.Dossier.HasDeclared(actor.Person!.Value.Value) ? null : new Refusal("comment.declare-first", RefusalKind.Conflict))
        ?? PrivateQuestionRules.TooMany(review.Dossier, actor.Person!.Value, review.Now);

    private static Verdict<ReviewChange> Decide(ReviewWork work, PrivateQuestionRequest request)
    {
        var review = work.Review;
        if (MayNot(work.Actor, review) is { } no)
            return no;
        var question = request.ToContent();
        if (PrivateQuestionRules.Check(question, review.Dossier, work.Person) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        var id = Guid.CreateVersion7(work.Now).ToString();
        return new ReviewChange()
            .Write(WritingKind.PrivateQuestion, id, 0, Contents.Write(question), SharingLabel.Red.Code(), review.Dossier.WorkingLanguage)
            .SendAfter(after => PrivateLetters.Asked(after, id, work.Person))
            .Made(id);
    }
}
