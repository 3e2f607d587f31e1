using PeerReview.Core.Access;
using PeerReview.Core.Assessment;

namespace PeerReview.Core.Reviews;

/// <summary>The hash two people sign, computed from what stands in a review.</summary>
public static class AssessmentHash
{
    /// <summary>Over the whole self-assessment: 64 lower-case hex digits, see <see cref="SignOff.ContentHash"/>.</summary>
    public static string Of(Material material) => Of(material, _ => true);

    /// <summary>The same over the items of one contributor.</summary>
    public static string Of(Material material, Func<string, bool> item) => SignOff.ContentHash(
        material.Of(WritingKind.Answer).Where(a => item(a.Key)).Select(Contents.ReadAnswer),
        material.Files.Where(f => item(f.Item)).Select(f => new SignedFile(
            new EvidenceFile(f.Id, f.Item, SharingLabels.TryParse(f.Label, out var label) ? label : SharingLabel.Red),
            f.Sha256))).ToString();
}
