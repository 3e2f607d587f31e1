using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Minutes;

/// <summary>Experts or coordinator say what became of a comment of the State on the record: it is taken up, or it stands beside.</summary>
public sealed class SettleRecordComment(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/dialogue/comments/{comment}/outcome",
        async (Guid review, string comment, CommentOutcomeRequest request, Visit visit, SettleRecordComment settle, HttpContext http, CancellationToken cancel) =>
            (await settle.RunAsync(new ReviewId(review), comment, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(SettleRecordComment)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case; the receipt's key is the comment.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string comment, CommentOutcomeRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.RecordCommentOutcome, comment), (work, token) => DecideAsync(work, comment, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string key, CommentOutcomeRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (DialogueWork.MayNot(work, ReviewAct.WriteDialogue) is { } no)
            return no;
        var found = new FoundDialogue(review, await work.MaterialAsync(cancel), work.Actor);
        if (found.Comments.FirstOrDefault(comment => comment.Key == key) is not { } about)
            return new Refusal("dialogue.unknown", RefusalKind.NotFound);
        if (!OutcomeOfComment.All.Contains(request.Outcome, StringComparer.Ordinal))
            return new Refusal("dialogue.comment-outcome", RefusalKind.Invalid, "outcome");
        var content = new CommentOutcomeContent(request.Outcome, request.Note.Tidy(), request.NamesNobody);
        if (!DialogueRecordRules.Fits(content.Note, DialogueRecordRules.MaxNote))
            return new Refusal("dialogue.note", RefusalKind.Invalid, "note").With("max", DialogueRecordRules.MaxNote);
        var version = work.Current?.Version ?? 0;
        if (work.Current is { } current && Contents.ReadCommentOutcome(current) == content)
            return new ReviewChange().Made(key);
        if (version != (request.Version ?? 0))
            return ReviewRefusals.Stale(version);
        if (wording.Flagged(content.Note, request.NamesNobody, review, "note") is { } flagged)
            return flagged;
        return new ReviewChange()
            .Write(
                WritingKind.RecordCommentOutcome, key, version, Contents.Write(content), about.Label, DialogueWork.LanguageOf(review))
            .SendAfter(after => DialogueWork.ToParties(after, LetterNames.DialogueSettled, work.Person, [DialogueRules.Subject]))
            .Made(key);
    }
}

/// <summary>What became of a comment, as it comes in.</summary>
/// <param name="Outcome"><c>taken_up</c> or <c>stands</c>.</param>
/// <param name="Note">What was changed, or why nothing was; may be empty.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
/// <param name="Version">The version it was made on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record CommentOutcomeRequest(string Outcome = "", string Note = "", bool NamesNobody = false, int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
