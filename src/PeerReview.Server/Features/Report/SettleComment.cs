using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>The lead takes a comment of the State up, or lets it stand in the annex; until all agree on the report.</summary>
public sealed class SettleComment(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/report/comments/{comment}/outcome",
        async (Guid review, string comment, OutcomeRequest request, Visit visit, SettleComment settle, HttpContext http, CancellationToken cancel) =>
            (await settle.RunAsync(new ReviewId(review), comment, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(SettleComment)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string comment, OutcomeRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, comment, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string comment, OutcomeRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.SettleDraftComment, review.Facts) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        if (DraftReport.Closed(review.State) is { } closed)
            return review.Dossier.Agreement is null ? closed : Over(material, comment);
        if (material.Find(WritingKind.DraftComment, comment) is not { } about)
            return new Refusal("fact-check.unknown", RefusalKind.NotFound);
        if (request.Outcome is not (FactCheck.TakenUp or FactCheck.IsAnnexed))
            return new Refusal("fact-check.outcome", RefusalKind.Invalid, "outcome");
        // What was decided was decided about what stood.
        if (request.Version != about.Version)
            return ReviewRefusals.Stale(about.Version);
        var note = request.Note.Tidy();
        if (note.Length > FactCheck.MaxText || !Core.Text.IsReadable(note))
            return new Refusal("fact-check.note", RefusalKind.Invalid, "note").With("max", FactCheck.MaxText);
        // The comment would stand neither in the text nor in the annex.
        if (request.Outcome == FactCheck.TakenUp && note.Length == 0 && FactCheck.IsUnchanged(material, about))
            return new Refusal("fact-check.unchanged", RefusalKind.Conflict, "note");
        var standing = material.Find(WritingKind.DraftCommentOutcome, comment);
        // What is annexed because the check is over, the lead has not decided: saying so decides it.
        if (standing is not null && !review.Dossier.Unsettled.Contains(comment, StringComparer.Ordinal) && Contents.ReadNote(standing) is var was && was.Text == note && was.Items is [var outcome] && outcome == request.Outcome)
            return new ReviewChange().Made(comment);
        // What all confirm holds the comments that are annexed: where that stays as it is, nobody confirms again.
        var keeps = FactCheck.IsPrivate(about)
            || FactCheck.OutcomeOf(material, comment) == FactCheck.IsAnnexed == (request.Outcome == FactCheck.IsAnnexed);
        return new ReviewChange()
            .Write(
                WritingKind.DraftCommentOutcome, comment, standing?.Version ?? 0, Contents.Write(new NoteContent(note, [request.Outcome])), "AMBER",
                ReportChanges.LanguageOf(review), keeps)
            .Made(comment);
    }

    /// <summary>All have agreed meanwhile: what had become of the comment by then stands.</summary>
    private static Refusal Over(Material material, string comment) => (material.Find(WritingKind.DraftComment, comment) is null
            ? new Refusal("fact-check.unknown", RefusalKind.NotFound)
        : FactCheck.OutcomeOf(material, comment) == FactCheck.TakenUp ? new Refusal("fact-check.agreed-taken-up", RefusalKind.Conflict)
        : new Refusal("fact-check.agreed-annexed", RefusalKind.Conflict)).With("comment", comment);
}

/// <summary>What becomes of a comment on the draft.</summary>
/// <param name="Outcome"><c>taken_up</c> or <c>annexed</c>.</param>
/// <param name="Note">What was changed, or why nothing was; may be empty.</param>
/// <param name="Version">The version of the comment that was read.</param>
public sealed record OutcomeRequest(string Outcome = "", string Note = "", int Version = 0);
