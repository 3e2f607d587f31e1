using PeerReview.Core.Access;
using PeerReview.Core.Assessment;

namespace PeerReview.Core.Reviews;

/// <summary>One hash over everything a self-assessment says, so that two people can sign the same version of it.</summary>
public static class AssessmentHash
{
    /// <summary>SHA-256, 64 lower-case hex digits, over every answer, translation and file that stands; see
    /// <see cref="SignOff.ContentHash"/>.</summary>
    public static string Of(Material material) => Of(material, _ => true);

    /// <summary>The same over what the review is about: answers outside its one theme are not handed in, so they are not signed.</summary>
    public static string Of(Material material, Dossier dossier) => Of(material, item => !dossier.FallsOutside(item));

    /// <summary>The same over some items, such as those of one contributor.</summary>
    public static string Of(Material material, Func<string, bool> item) => SignOff.ContentHash(
        material.Of(WritingKind.Answer).Where(a => item(a.Key)).Select(Contents.ReadAnswer),
        material.Files.Where(f => item(f.Item)).Select(Signed),
        material.Translations().Where(t => item(t.Translation.Item))).ToString();

    private static SignedFile Signed(FileMark file) =>
        new(new EvidenceFile(file.Id, file.Item, SharingLabels.Of(file.Label)), file.Sha256);
}
