using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>The self-assessment as it is about to be signed.</summary>
/// <param name="Hash">Over everything it says now; what is signed.</param>
/// <param name="Missing">Items in scope that are not answered.</param>
/// <param name="Parts">The contributors' parts.</param>
public sealed record AssessmentToSign(string Hash, Completeness Missing, ImmutableArray<AssessmentPart> Parts)
{
    /// <summary>The stage it is signed in.</summary>
    public const string Stage = "self_assess";

    /// <summary>As it stands.</summary>
    public static AssessmentToSign Of(Framework framework, Dossier dossier, Material material) => new(
        AssessmentHash.Of(material, dossier),
        Completeness.Of(framework, dossier.Items, material.Of(WritingKind.Answer).Select(Contents.ReadAnswer)),
        AssessmentPart.AllOf(framework, dossier, material));

    /// <summary>The role whose signature somebody would give now: the focal point's first, unless that stands already.</summary>
    /// <param name="asFocalPoint">Whether the person may sign as focal point or alternate.</param>
    /// <param name="asAuthority">Whether the person may sign for the State.</param>
    /// <returns>A role code; null when the person may sign as neither.</returns>
    public string? RoleOf(bool asFocalPoint, bool asAuthority, Dossier dossier) => (asFocalPoint, asAuthority) switch
    {
        (true, true) => IsSignedBy(RoleCode.FocalPoint, dossier) ? RoleCode.Authority : RoleCode.FocalPoint,
        (true, false) => RoleCode.FocalPoint,
        (false, true) => RoleCode.Authority,
        (false, false) => null,
    };

    /// <summary>Whether the signature of a role stands under this version.</summary>
    public bool IsSignedBy(string role, Dossier dossier) => dossier.SignedHash(SignedAct.SelfAssessment, role) == Hash;

    /// <summary>Whether a role may sign; null is yes.</summary>
    /// <param name="seen">The hash the signatory was shown, or null.</param>
    /// <param name="declares">The declaration that nothing nationally classified is in it.</param>
    /// <returns>null, or <c>sign-off.changed-since</c>, <c>sign-off.signed</c>, or the refusals of <see cref="SignOff"/>.</returns>
    public Refusal? MaySign(string role, Dossier dossier, string? seen, bool declares)
    {
        if (seen is null)
            return new Refusal("sign-off.hash-missing", RefusalKind.Invalid, "content_hash");
        if (seen != Hash)
            return new Refusal("sign-off.changed-since", RefusalKind.Conflict, "content_hash");
        if (IsSignedBy(role, dossier))
            return new Refusal("sign-off.signed", RefusalKind.Conflict);
        if (role == RoleCode.FocalPoint)
            return SignOff.FocalPointMaySign(Missing, Parts.Select(p => p.Part), declares);
        return Digest.TryParse(Hash, out var current)
            ? SignOff.AuthorityMaySign(current, FocalPointSigned(dossier))
            : throw new FormatException("A content hash is no SHA-256.");
    }

    /// <summary>Whether the role has done its part of the stage already, so that a signature given anew is no step of the
    /// process.</summary>
    public static bool HasDone(string role, ProcessState state) =>
        state[Stage].Parts is [var part, ..] && part.Completions.Any(c => c.Role == role && c.Person is not null);

    private static Digest? FocalPointSigned(Dossier dossier) =>
        Digest.TryParse(dossier.SignedHash(SignedAct.SelfAssessment, RoleCode.FocalPoint), out var signed) ? signed : null;
}
