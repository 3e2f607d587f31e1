using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>What people are told when a stage of a programme's own process ends whose turn does not follow from it.</summary>
internal static class StageNews
{
    private static readonly string[] Parties =
        [RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.ReviewerFocalPoint, RoleCode.Expert, RoleCode.Coordinator];

    /// <summary>That a report can be read, to those who can; that the public could read a text, to the authority, which decides that; and that
    /// the review is closed, to everybody.</summary>
    /// <param name="material">Before the change: the texts are written by then.</param>
    public static ReviewChange Tell(ReviewChange change, Stage stage, Material material) => change.SendAfter(after =>
    {
        if (after.State.Status == Core.Process.ReviewStatus.Closed)
            return ReviewLetters.ToAll(after, LetterNames.ReviewClosedOwn, Parties);
        if (after.State[stage].Status != StageStatus.Done)
            return [];
        var texts = StageDocuments.KeysOf(stage, after.State[stage]).Select(key => material.Find(WritingKind.StageDocument, key)).OfType<Writing>().ToList();
        var deciding = texts.Exists(text => PublicTexts.MayBeShown(after.State, after.Dossier, text)) ? after.Holding(RoleCode.Authority).ToHashSet() : [];
        return
        [
            .. deciding.Select(person => ReviewLetters.About(after, LetterNames.TextToShow, person).OnStage(after, stage) with { Path = $"{StagePages.Of(after.Id.Value)}/public" }),
            .. texts.Exists(text => IsReport(after, text)) ? ReviewLetters.ToAll(after, LetterNames.TextHandedIn, Parties)
                .Where(letter => !deciding.Contains(letter.Person)).Select(letter => letter.OnStage(after, stage)) : [],
        ];
    });

    // All parties read it, unless its label is for some of them alone.
    private static bool IsReport(LoadedReview after, Writing text) =>
        StageDocuments.Find(after.Process, text.Key) is { } document
        && document.ToAccess(after.State, after.Dossier) is { Draft: false, Kind: DocumentKind.AgreedReport or DocumentKind.ExecutiveSummary }
        && SharingLabels.Of(text.Label) is SharingLabel.Amber or SharingLabel.Green or SharingLabel.Clear;
}
