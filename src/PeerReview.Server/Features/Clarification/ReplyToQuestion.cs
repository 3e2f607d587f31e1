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
        (Guid review, string question, ReplyRequest request, Visit visit, ReplyToQuestion reply, StaleReply stale, HttpContext http, CancellationToken cancel) =>
            reply.SaveAsync(new ReviewId(review), question, request, visit.Caller.Actor, stale, http, cancel))
        .WithName(nameof(ReplyToQuestion)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string question, ReplyRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Reply, question),
            (work, token) => DecideAsync(work, question, request, token), cancel);

    private async Task<IResult> SaveAsync(
        ReviewId review, string question, ReplyRequest request, Actor actor, StaleReply stale, HttpContext http, CancellationToken cancel)
    {
        var verdict = await RunAsync(review, question, request, actor, Idempotency.Of(http, request), cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: { Code: "writing.stale" } reason })
            return await stale.OfAsync(reason, review, question, request, actor, cancel);
        return verdict.OrProblem(receipt =>
        {
            ETags.Set(http, receipt.Version ?? request.Version ?? 0);
            return TypedResults.Ok(receipt);
        });
    }

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string question, ReplyRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        var material = await work.MaterialAsync(cancel);
        var about = material.Find(WritingKind.Question, question) is { } asked ? Contents.ReadQuestion(asked).Item : null;
        if (Access.May(work.Actor, ReviewAct.Reply, review.Facts, review.Dossier.Clarification(about)) is { } no)
            return no;
        if (StageDoor.Closed(review.State, ClarifyingRound.StageOf(review.State)) is { } closed)
            return closed;
        if (material.Find(WritingKind.Question, question) is not { } standingQuestion)
            return new Refusal("clarify.unknown-question", RefusalKind.NotFound);
        var content = new ReplyContent(request.Text.Trim(), request.Declines, request.AddressedIn);
        if (ClarifyingRound.Check(content, about is null ? null : material.Find(WritingKind.Answer, about)?.Version) is { } wrong)
            return wrong;
        var (standing, version) = (work.Current?.Version ?? 0, request.Version ?? 0);
        // Sent twice, or saved without a change.
        if (work.Current is { } current && Contents.ReadReply(current) == content)
            return new ReviewChange().Made(question);
        if (version != standing)
            return ReviewRefusals.Stale(standing);
        return new ReviewChange()
            .Write(WritingKind.Reply, question, version, Contents.Write(content), standingQuestion.Label, review.Dossier.WorkingLanguage)
            .SendAfter(after => review.Dossier.OpenQuestions.IsEmpty ? [] : Letters(after, work.Person))
            .SendAfter(after => Finished(review, after, work.Person))
            .Made(question);
    }

    /// <summary>Once the last question has its reply: to the coordinators, or, where other States review, to the focal point, who looks
    /// through what contributors wrote and hands it in.</summary>
    private static IEnumerable<Letter> Letters(LoadedReview after, PersonId writer) =>
        from wait in Waits.Of(after)
        where after.Dossier.OpenQuestions.IsEmpty
        let role = wait.Stage switch { ClarifyingRound.Stage => RoleCode.Coordinator, ClarifyingRound.Replying => RoleCode.FocalPoint, _ => null }
        where role is not null
        let told = wait.Waiting(after, role).ToList()
        where !told.Contains(writer)
        from person in told
        select ReviewLetters.About(after, wait.Stage == ClarifyingRound.Stage ? LetterNames.QuestionReplied : LetterNames.RepliesReady, person, wait);

    /// <summary>Once a contributor has replied to all that is theirs, while others are still to reply: to the focal point, once each.</summary>
    private static IEnumerable<Letter> Finished(LoadedReview before, LoadedReview after, PersonId writer) =>
        from wait in Waits.Of(after)
        where wait.Stage == ClarifyingRound.Replying && !after.Dossier.OpenQuestions.IsEmpty
            && before.Dossier.HasOpenQuestion(writer.Value) && !after.Dossier.HasOpenQuestion(writer.Value)
        let told = wait.Waiting(after, RoleCode.FocalPoint).ToList()
        where !told.Contains(writer)
        from person in told
        select ReviewLetters.About(after, LetterNames.ContributorReplied, person) with { Path = StagePages.Of(after, wait.Stage) };
}

/// <summary>A reply as it comes in.</summary>
/// <param name="Declines">The State prefers not to answer.</param>
/// <param name="Version">The version it was written on; 0, or left out without <c>If-Match</c>, for the first.</param>
/// <param name="AddressedIn">The version of the answer that takes the question up.</param>
public sealed record ReplyRequest(string Text = "", bool Declines = false, int? Version = null, int? AddressedIn = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
