using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Clarification;

/// <summary>The coordinator asks one clarifying question; all of them before the State begins to reply.</summary>
public sealed class AskQuestion(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/questions",
        async (Guid review, QuestionRequest request, Visit visit, AskQuestion ask, HttpContext http, CancellationToken cancel) =>
            (await ask.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/questions", receipt)))
        .WithName(nameof(AskQuestion)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, QuestionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, QuestionRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.AskQuestion, review.Facts) is { } no)
            return no;
        if (ClarifyingRound.MayAsk(review.State, await work.MaterialAsync(cancel), 1) is { } closed)
            return closed;
        var question = new QuestionContent(request.Item is { Length: > 0 } item ? item : null, request.Text.Trim());
        if (ClarifyingRound.Check(question, review.Dossier) is { } wrong)
            return wrong;
        var key = Guid.CreateVersion7(work.Now).ToString("N");
        return new ReviewChange()
            .Write(WritingKind.Question, key, 0, Contents.Write(question), "AMBER", review.Dossier.WorkingLanguage)
            .Made(key);
    }
}

/// <summary>A question as it comes in.</summary>
/// <param name="Item">The item it is about, or null.</param>
public sealed record QuestionRequest(string Text, string? Item = null);
