using System.Collections.Immutable;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Who agrees on the report, and whether they do. All confirm one hash; where they cannot, dissent is annexed (process B.2,
/// stages <c>agree</c> and <c>reconcile</c>).</summary>
public static class AgreementRules
{
    /// <summary>The stage in which all agree.</summary>
    public const string Stage = "agree";

    /// <summary>The stage in which they try again, or annex dissent.</summary>
    public const string Reconciling = "reconcile";

    /// <summary>The party of the programme: its head coordinator.</summary>
    public const string Programme = "HEAD";

    /// <summary>The party of the subject.</summary>
    public const string Subject = "STATE";

    /// <summary>The lead reviewer, where the text goes on with dissent.</summary>
    public const string Lead = "LEAD";

    /// <summary>Longest dissent, in characters.</summary>
    public const int MaxDissent = 6_000;

    /// <summary>Which of the two stages is open; null when neither is.</summary>
    public static string? Open(ProcessState state) =>
        IsOpen(state, Stage) ? Stage : IsOpen(state, Reconciling) ? Reconciling : null;

    /// <summary>Everybody asked in a stage: the subject, each reviewing State by its code, the programme; when reconciling also the lead.</summary>
    public static ImmutableArray<string> Parties(string stage, Dossier dossier) =>
    [
        Subject, .. dossier.Team.States.Select(seat => seat.State), Programme,
        .. stage == Reconciling ? [Lead] : ImmutableArray<string>.Empty,
    ];

    /// <summary>The role that confirms for a party.</summary>
    public static string RoleOf(string party) => party switch
    {
        Programme => RoleCode.HeadCoordinator,
        Subject => RoleCode.Authority,
        Lead => RoleCode.Lead,
        _ => RoleCode.ReviewerFocalPoint,
    };

    /// <summary>Whether a party may annex dissent: the States do.</summary>
    public static bool MayDissent(string party) => party is not (Programme or Lead);

    /// <summary>Whether a party confirmed exactly this text.</summary>
    public static bool HasConfirmed(Dossier dossier, string party, string hash) =>
        dossier.SignedHash(SignedAct.Agreement(party), RoleOf(party)) == hash;

    /// <summary>Whether a party confirmed the text as it stands: a change takes every confirmation away (see
    /// <see cref="Dossier.Evolve"/>).</summary>
    public static bool HasConfirmed(Dossier dossier, string party) =>
        dossier.SignedHash(SignedAct.Agreement(party), RoleOf(party)) is not null;

    /// <summary>Whose confirmation it takes to go on. When they reconcile, a reviewing State that annexed dissent has answered with it, and
    /// cannot stop the others, who confirm the text with that dissent.</summary>
    /// <param name="late">The days of the stage are over. A reviewing State that has not answered by then does not hold the others up
    /// when they reconcile.</param>
    public static ImmutableArray<string> Asked(string stage, Dossier dossier, bool late = false) =>
        [.. Parties(stage, dossier).Where(party => stage != Reconciling || !MayBeLeftOut(party) || !(late || dossier.Dissent.Contains(party, StringComparer.Ordinal)))];

    /// <summary>Whom a stage still waits for.</summary>
    /// <param name="late">As in <see cref="Asked"/>.</param>
    public static ImmutableArray<string> Missing(string stage, Dossier dossier, bool late = false) =>
        [.. Asked(stage, dossier, late).Where(party => !HasConfirmed(dossier, party))];

    /// <summary>The reviewing States that neither confirmed the report all went on with nor annexed dissent; <see cref="AgreementStanding"/>
    /// tells which of them answered at all.</summary>
    public static ImmutableArray<string> LeftOut(Dossier dossier) => dossier.Agreement is { } agreed
        ? [
            .. dossier.Team.States.Select(seat => seat.State).Where(state => !HasConfirmed(dossier, state, agreed.ContentHash)
                && !agreed.Dissent.Contains(state, StringComparer.Ordinal)),
        ]
        : [];

    /// <summary>Whether the report went on although not all confirmed it without dissent.</summary>
    public static bool IsPartly(Dossier dossier) => dossier.Agreement is { Dissent.IsEmpty: false } || !LeftOut(dossier).IsEmpty;

    /// <summary>Whether what was agreed on is the text that stands: a change takes every confirmation away.</summary>
    public static bool Stands(Dossier dossier) => dossier.Agreement is { } agreed
        && dossier.Signatures.Any(s => SignedAct.IsAgreement(s.Act) && s.ContentHash == agreed.ContentHash);

    /// <summary>When the last party confirmed what all agreed on or went on with, UTC; null before.</summary>
    public static DateTimeOffset? At(Dossier dossier) => dossier.Agreement is { } agreed
        ? dossier.Signatures.Where(s => s.ContentHash == agreed.ContentHash && SignedAct.IsAgreement(s.Act)).Select(s => (DateTimeOffset?)s.At).Max()
        : null;

    /// <summary>Everything that is wrong with dissent; empty when it can stand.</summary>
    /// <returns><c>agreement.dissent</c> {max}.</returns>
    public static IEnumerable<Refusal> CheckDissent(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxDissent || !Core.Text.IsReadable(text))
            yield return new Refusal("agreement.dissent", RefusalKind.Invalid, "text").With("max", MaxDissent);
    }

    /// <summary>Whether the statement that there is no agreement says only that not everybody has answered: the programme's, once the last
    /// day has passed. Whoever disagrees says so for the own party.</summary>
    /// <param name="state">Before the statement or after it.</param>
    /// <param name="party">Who states it, see <see cref="Parties"/>.</param>
    /// <param name="at">When, UTC.</param>
    public static bool SaysSilence(ProcessState state, string? party, DateTimeOffset at) =>
        party == Programme && state.Definition.FindStage(Stage) is { } stage
        && state[stage].Parts.Any(part => part.Deadline is { } deadline && Deadlines.LateFrom(deadline) <= at);

    private static bool MayBeLeftOut(string party) => party is not (Subject or Programme or Lead);

    private static bool IsOpen(ProcessState state, string stage) =>
        state.Definition.FindStage(stage) is { } found && state[found].Status == StageStatus.Open;
}
