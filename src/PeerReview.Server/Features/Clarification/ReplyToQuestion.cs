using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Clarification;

/// <summary>The State replies to a clarifying question, or prefers not to answer.</summary>
public sealed class ReplyToQuestion(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/replies/{question}",
        async (Guid review, string question, ReplyRequest request, Visit visit, ReplyToQuestion reply, HttpContext http, CancellationToken cancel) =>
            (await reply.RunAsync(new ReviewId(review), question, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ReplyToQuestion)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string question, ReplyRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Reply, question),
            (work, token) => DecideAsync(work, question, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string question, ReplyRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        var material = await work.MaterialAsync(cancel);
        var about = material.Find(WritingKind.Question, question) is { } asked ? Contents.ReadQuestion(asked).Item : null;
        if (Access.May(work.Actor, ReviewAct.Reply, review.Facts, review.Dossier.Clarification(about)) is { } no)
            return no;
        if (StageDoor.Closed(review.State, ClarifyingRound.Stage) is { } closed)
            return closed;
        if (material.Find(WritingKind.Question, question) is null)
            return new Refusal("clarify.unknown-question", RefusalKind.NotFound);
        var content = new ReplyContent(request.Text.Trim(), request.Declines);
        if (ClarifyingRound.Check(content) is { } wrong)
            return wrong;
        var standing = work.Current?.Version ?? 0;
        if (request.Version is { } version && version != standing)
            return ReviewRefusals.Stale(standing);
        return new ReviewChange()
            .Write(WritingKind.Reply, question, standing, Contents.Write(content), "AMBER", review.Dossier.WorkingLanguage)
            .SendAfter(after => review.Dossier.OpenQuestions.IsEmpty ? [] : Letters(after))
            .Made(question);
    }

    /// <summary>To the coordinators, once the last question has its reply.</summary>
    private static IEnumerable<Letter> Letters(LoadedReview after) =>
        from wait in Waits.Of(after)
        where wait.Stage == ClarifyingRound.Stage && after.Dossier.OpenQuestions.IsEmpty
        from person in wait.Waiting(after, RoleCode.Coordinator)
        select ReviewLetters.About(after, LetterNames.QuestionReplied, person, wait);
}

/// <summary>A reply as it comes in.</summary>
/// <param name="Declines">The State prefers not to answer.</param>
/// <param name="Version">The version it was written on, 0 for the first; null replaces whatever stands.</param>
public sealed record ReplyRequest(string Text = "", bool Declines = false, int? Version = null);
