namespace PeerReview.Core.Access;

/// <summary>The ladder of sharing labels: takes away, never gives.</summary>
internal static class Ladder
{
    /// <summary>What holds when nothing was said: AMBER for the State's own material, nothing for the rest.</summary>
    public static SharingLabel? Default(DocumentKind kind) =>
        kind is DocumentKind.SelfAssessment or DocumentKind.Evidence ? SharingLabel.Amber : null;

    public static Sight Narrow(Sight sight, Cell cell, SharingLabel? label)
    {
        if (label is not { } l || sight.Extent <= Extent.Metadata)
            return sight;
        if (!Passes(cell, l))
        {
            // Those who work on the review know that an answer is there: they have to count it.
            return cell.Side is Side.Team or Side.Coordinator or Side.Head || IsShared(cell) ? Sight.Metadata : Sight.Nothing;
        }

        return cell.Document.Kind == DocumentKind.Evidence && cell.Side is (Side.Team or Side.Participant)
            ? sight with { Handling = l <= SharingLabel.AmberStrict ? Handling.ViewOnly : Handling.Watermark }
            : sight;
    }

    private static bool Passes(Cell cell, SharingLabel label) => cell.Side switch
    {
        Side.State => true,
        _ when cell.Own => true,
        _ when label == SharingLabel.Red => cell.Actor.IsAmong(cell.Document.NamedReaders),
        Side.Contributor or Side.Team => label >= SharingLabel.AmberStrict,
        // They endorse the common part, so they read it like those who work on the review.
        Side.Participant when IsShared(cell) => label >= SharingLabel.AmberStrict,
        Side.Coordinator or Side.Head => label >= SharingLabel.Amber,
        Side.Observer or Side.Participant or Side.OtherState => label >= SharingLabel.Green,
        Side.Stakeholder or Side.Public => label >= SharingLabel.Clear,
        _ => false,
    };

    private static bool IsShared(Cell cell) => cell.Side == Side.Participant && Sheets.IsCommon(cell.Document);
}
