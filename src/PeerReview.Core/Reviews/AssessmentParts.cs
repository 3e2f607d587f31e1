using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Ledger;

namespace PeerReview.Core.Reviews;

/// <summary>The part of one contributor, as it stands.</summary>
/// <param name="Part">Whose, which items, which version, and which version was declared finished.</param>
/// <param name="Missing">Items of it that are not answered.</param>
public sealed record AssessmentPart(ContributorPart Part, ImmutableArray<MissingItem> Missing)
{
    /// <summary>Whether it was declared finished as it stands.</summary>
    public bool IsValidated => Part.Validated == Part.Current;

    /// <summary>Every contributor's part, in order of appointment; of those with items within and outside the theme, what is within.</summary>
    public static ImmutableArray<AssessmentPart> AllOf(Framework framework, Dossier dossier, Material material)
    {
        var answers = material.Of(WritingKind.Answer).Select(Contents.ReadAnswer).ToList();
        return
        [
            .. dossier.People.Where(p => p.Role == RoleCode.Contributor && dossier.Contributing.Contains(p.Person)).Select(p => new AssessmentPart(
                new ContributorPart(
                    new PersonId(p.Person),
                    p.Items.RemoveAll(dossier.FallsOutside),
                    Read(AssessmentHash.Of(material, item => p.Items.Contains(item, StringComparer.Ordinal))),
                    dossier.Validated.TryGetValue(p.Person, out var hash) ? Read(hash) : null),
                Completeness.Of(framework, p.Items.RemoveAll(dossier.FallsOutside), answers).Missing)),
        ];
    }

    /// <summary>Whether its contributor may declare it finished; null is yes.</summary>
    /// <returns>null, or <c>assessment.part-incomplete</c> {count}, <c>assessment.part-validated</c>.</returns>
    public Refusal? MayValidate()
    {
        if (!Missing.IsEmpty)
            return new Refusal("assessment.part-incomplete", RefusalKind.Conflict).With("count", Missing.Length);
        return IsValidated ? new Refusal("assessment.part-validated", RefusalKind.Conflict) : null;
    }

    private static Digest Read(string hex) =>
        Digest.TryParse(hex, out var digest) ? digest : throw new FormatException("A content hash is no SHA-256.");
}
