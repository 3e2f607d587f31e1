using System.Collections.Immutable;
using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <summary>A text that several parties confirm, each with a signature under the same content: whom its stage still waits for.</summary>
/// <param name="Writers">Who writes it; the stage waits for them while nothing is written.</param>
/// <param name="IsWritten">Whether there is something to confirm.</param>
/// <param name="Parties">Everybody who confirms.</param>
/// <param name="RoleOf">The role that confirms for a party.</param>
/// <param name="Act">What a party signs.</param>
/// <remarks>The next version of the text takes every signature under it away (see <see cref="Dossier.Evolve"/>), so whoever has signed has
/// signed what stands.</remarks>
public sealed record JointText(
    string Writers,
    Func<Dossier, bool> IsWritten,
    Func<Dossier, ImmutableArray<string>> Parties,
    Func<string, string> RoleOf,
    Func<string, string> Act)
{
    /// <summary>The minutes of the opening.</summary>
    private static readonly JointText Minutes = new(
        RoleCode.Coordinator, dossier => dossier.Team.HasMinutes, OpeningRules.Parties, OpeningRules.RoleOf, SignedAct.Opening);

    /// <summary>The record of the dialogue.</summary>
    private static readonly JointText Dialogue = new(
        RoleCode.Coordinator, dossier => dossier.Dialogue.IsToConfirm, _ => DialogueRules.Parties, DialogueRules.RoleOf, SignedAct.Dialogue);

    /// <summary>The report, in the stage in which all agree.</summary>
    private static readonly JointText Agreed = OfReport(AgreementRules.Stage);

    /// <summary>The report with its dissent, in the stage after that failed.</summary>
    private static readonly JointText Reconciled = OfReport(AgreementRules.Reconciling);

    /// <summary>What a stage has all parties confirm; null for stages that have no such text.</summary>
    public static JointText? Of(string stage) => stage switch
    {
        "opening" => Minutes,
        DialogueRules.Stage => Dialogue,
        AgreementRules.Stage => Agreed,
        AgreementRules.Reconciling => Reconciled,
        _ => null,
    };

    /// <summary>The roles that still have to act.</summary>
    public ImmutableArray<string> WaitsFor(Dossier dossier) => IsWritten(dossier)
        ? [.. Parties(dossier).Where(party => !HasSigned(dossier, party)).Select(RoleOf).Distinct(StringComparer.Ordinal)]
        : [Writers];

    /// <summary>Whether the party somebody confirms for has done so.</summary>
    /// <param name="role">The role in which they would.</param>
    public bool HasSigned(Dossier dossier, string role, PersonId person) => IsWritten(dossier)
        && Parties(dossier).FirstOrDefault(party => RoleOf(party) == role && IsOf(dossier, party, person)) is { } own
        && HasSigned(dossier, own);

    /// <summary>Whether a part of the stage waits for nobody any more, though the process counts it only with the last confirmation.</summary>
    /// <param name="branch">The reviewing State whose part it is; null for the part that belongs to none.</param>
    /// <param name="role">A role that acts in the part.</param>
    public bool IsSettled(Dossier dossier, string? branch, string role) => IsWritten(dossier)
        && Parties(dossier).Where(party => RoleOf(party) == role && (branch is null || party == branch)).ToList() is { Count: > 0 } own
        && own.TrueForAll(party => HasSigned(dossier, party));

    private static JointText OfReport(string stage) => new(
        RoleCode.Lead, _ => true, dossier => AgreementRules.Asked(stage, dossier), AgreementRules.RoleOf, SignedAct.Agreement);

    private bool HasSigned(Dossier dossier, string party) => dossier.SignedHash(Act(party), RoleOf(party)) is not null;

    /// <summary>A reviewing State is a party by its code; the others have one party for each role.</summary>
    private static bool IsOf(Dossier dossier, string party, PersonId person) =>
        dossier.Team.Find(party) is null || dossier.People.Any(p => p.Person == person.Value && p.State == party);
}
