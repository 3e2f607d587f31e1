using PeerReview.Core.Access;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>What a sharing label means on the sheet of a participating State: fewer circles read there than in the rest of a review.</summary>
internal static class SheetLabels
{
    /// <summary>Who reads what carries the label, in words.</summary>
    /// <param name="hasTeam">Whether the review has reviewing States.</param>
    /// <param name="own">Whether the words are for the State whose sheet it is.</param>
    public static string Of(Texts texts, SharingLabel label, bool hasTeam, bool own) => texts[(label, hasTeam) switch
    {
        (SharingLabel.Red, _) or (SharingLabel.AmberStrict, false) => own ? "sheets.label.own" : "sheets.label.of_others",
        (SharingLabel.AmberStrict, true) => "sheets.label.reviewers",
        (SharingLabel.Clear, true) => "sheets.label.public",
        (SharingLabel.Clear, false) => "sheets.label.public_light",
        (_, true) => "sheets.label.office",
        (_, false) => "sheets.label.office_light",
    }];
}
