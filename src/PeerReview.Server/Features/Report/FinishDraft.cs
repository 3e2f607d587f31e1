using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>The draft is handed to the State: nothing in it is flagged, it is not too long, it holds a summary (guards G-NOATTR, G-RECQ,
/// G-SIZE).</summary>
public sealed class FinishDraft : IStageCompletion
{
    public string Stage => DraftReport.Stage;

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.FinishDraft, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        return Lacking(review, material).FirstOrDefault() is { } lacks ? lacks : new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, Stage));
    }

    /// <summary>Everything that keeps the draft from the State, how stakeholders were heard included.</summary>
    internal static IEnumerable<Refusal> Lacking(LoadedReview review, Material material) =>
        StakeholderGroups.Missing(review.State, review.Dossier) is { IsEmpty: false } groups
            ? [.. Lacking(material), new Refusal("report.groups-open", RefusalKind.Conflict).With("count", groups.Length)]
            : Lacking(material);

    /// <summary>What keeps the text from leaving the team, or from being agreed on, first of all; null when nothing does.</summary>
    internal static Refusal? Lacks(Material material) => Lacking(material).FirstOrDefault();

    /// <summary>Everything that does.</summary>
    internal static IEnumerable<Refusal> Lacking(Material material)
    {
        if (DraftReport.Flagged(material) is { IsEmpty: false } flagged)
            yield return new Refusal("report.flagged", RefusalKind.Conflict).With("count", flagged.Length);
        if (DraftReport.Words(material) is var words and > DraftReport.MaxWords)
            yield return new Refusal("report.too-long", RefusalKind.Conflict).With("words", words).With("max", DraftReport.MaxWords);
        if (material.Find(WritingKind.Section, DraftReport.Summary) is not { } summary || Contents.ReadSection(summary).Text.Length == 0)
            yield return new Refusal("report.no-summary", RefusalKind.Conflict);
    }
}
