using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Report;

/// <summary>Whether the public reads the action plan, and what is told of it later. The State says so for the plan as a whole, before there is one to read: what it
/// signed, and until then what it promised at launch.</summary>
public static class PlanPublicity
{
    /// <summary>The choice that holds, see <see cref="PublishedDocuments.AllChoices"/>.</summary>
    public static string ChoiceOf(Dossier dossier) => (dossier.Choices ?? dossier.Promise).GetValueOrDefault(PublishedDocuments.ActionPlan, "none");

    /// <summary>Whether anything of it goes out.</summary>
    public static bool IsPublic(Dossier dossier) => ChoiceOf(dossier) != "none";

    /// <summary>Whether the public reads words of it, and not only how far each entry is.</summary>
    public static bool ShowsWords(Dossier dossier) => ChoiceOf(dossier) is not ("none" or "summary");

    /// <summary>Whether the State may let the public read what the lead reviewer confirmed of its plan: words that are inside still, where the public reads
    /// words of the plan.</summary>
    /// <param name="confirmation">The label those words have now.</param>
    public static bool MayRelease(Dossier dossier, SharingLabel confirmation) => confirmation != SharingLabel.Clear && ShowsWords(dossier);

    /// <summary>Whether the public does not read a recommendation, and with it nothing that carries it out.</summary>
    /// <param name="label">The strictest of the recommendation and the State's response.</param>
    public static bool Closes(Dossier dossier, string recommendation, SharingLabel label) =>
        dossier.Withheld.Contains(recommendation, StringComparer.Ordinal)
        || (label != SharingLabel.Clear && !dossier.Relabelled.Contains(recommendation, StringComparer.Ordinal));

    /// <summary>How far an entry goes at most: who does not read a recommendation or what the State answered it learns of neither from the
    /// plan. One the State opened goes out, and so may what carries it out.</summary>
    public static SharingLabel Bound(Dossier dossier, string recommendation, Material material) =>
        dossier.Relabelled.Contains(recommendation, StringComparer.Ordinal) ? SharingLabel.Clear : SharingLabels.Inherit(
            new[] { WritingKind.Recommendation, WritingKind.Response }.Select(kind => material.Find(kind, recommendation)).OfType<Writing>()
                .Select(text => SharingLabels.Of(text.Label)).Append(SharingLabel.Clear));

    /// <summary>What an entry or a note on progress begins with, so that what was signed comes true where nobody says otherwise.</summary>
    public static SharingLabel LabelOf(Dossier dossier) => IsPublic(dossier) ? SharingLabel.Clear : SharingLabel.Amber;
}
