using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>The States that take part in a regional or subregional strategy under review, beside the State that leads and owns the
/// common part. Part of the <see cref="Dossier"/>.</summary>
public sealed record Region
{
    /// <summary>The kind of subject that has none.</summary>
    public const string National = "national";

    /// <summary>ISO 3166-1 alpha-3 codes, as launched.</summary>
    public ImmutableArray<string> States { get; init; } = [];

    /// <summary>Who speaks for them, one at most for each.</summary>
    public ImmutableArray<Spokesperson> People { get; init; } = [];

    /// <summary>What they said to the common part as it was handed in last.</summary>
    public ImmutableArray<EndorsementMark> Endorsements { get; init; } = [];

    /// <summary>What each of them said last before the common part was sent back; null where it never was.</summary>
    public ImmutableArray<EndorsementMark>? Before { get; init; }

    /// <summary>When the common part was sent back last, UTC; null where it never was.</summary>
    public DateTimeOffset? SentBackAt { get; init; }

    /// <summary>The States that agreed to be named in the published report; null before the first did.</summary>
    public ImmutableArray<string>? Named { get; init; }

    /// <summary>The States whose days ended without anybody who could have been asked; null before there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Unasked { get; init; }

    /// <summary>Whether the owner consented to a reviewing State of another regional group, as none of its own could review.</summary>
    public bool OtherGroup { get; init; }

    /// <summary>What the States decided about publishing their sheets.</summary>
    public ImmutableArray<SheetChoice> SheetChoices { get; init; } = [];

    /// <summary>The States whose objection took a signed sheet back, and that have not signed it again; null before there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? SheetsTaken { get; init; }

    /// <summary>Whether a State takes part.</summary>
    public bool Has(string state) => States.Contains(state, StringComparer.Ordinal);

    /// <summary>What a State said to the common part; null where it said nothing.</summary>
    public EndorsementMark? EndorsementOf(string state) => Endorsements.FirstOrDefault(e => e.State == state);

    /// <summary>What a State said to the common part before it was sent back last; null where it said nothing, or it never was.</summary>
    public EndorsementMark? LastOf(string state) => Before?.FirstOrDefault(e => e.State == state);

    /// <summary>Whether the published report may name a State that endorsed.</summary>
    public bool MayName(string state) => Named?.Contains(state, StringComparer.Ordinal) == true;

    /// <summary>Whether the days of a State ended and nobody spoke for it.</summary>
    public bool WasUnasked(string state) => Unasked?.Contains(state, StringComparer.Ordinal) == true;

    /// <summary>Whether the objection of a State took its sheet back, and the sheet was not signed again.</summary>
    public bool HasTakenSheet(string state) => SheetsTaken?.Contains(state, StringComparer.Ordinal) == true;

    /// <summary>What a State decided about publishing its sheet; null where it decided nothing.</summary>
    public SheetChoice? ChoiceOf(string state) => SheetChoices.FirstOrDefault(c => c.State == state);

    /// <summary>The region after one more fact about it.</summary>
    /// <param name="at">UTC.</param>
    public Region Evolve(ReviewEvent @event, DateTimeOffset at) => @event switch
    {
        ReviewEvent.ParticipantAppointed e => this with
        {
            People = People.RemoveAll(p => p.State == e.State).Add(new Spokesperson(e.Person, e.State)),
        },
        ReviewEvent.EndorsementGiven e => this with
        {
            Endorsements = Endorsements.RemoveAll(m => m.State == e.State).Add(new EndorsementMark(e.State, e.Endorses, e.ContentHash, at)),
        },
        ReviewEvent.NamingAnswered e => this with
        {
            Named = e.Named ? [.. (Named ?? []).Remove(e.State, StringComparer.Ordinal), e.State] : Named?.Remove(e.State, StringComparer.Ordinal),
        },
        ReviewEvent.ParticipantUnasked e => this with { Unasked = [.. (Unasked ?? []).Remove(e.State, StringComparer.Ordinal), e.State] },
        ReviewEvent.OtherGroupConsented => this with { OtherGroup = true },
        ReviewEvent.SheetDecided e => this with
        {
            SheetChoices = SheetChoices.RemoveAll(c => c.State == e.State).Add(new SheetChoice(e.State, e.Items)),
        },
        _ => this,
    };

    /// <summary>A State answered; where it objected and had signed its sheet, that took the sheet back.</summary>
    /// <param name="at">UTC.</param>
    public Region Answer(ReviewEvent.EndorsementGiven e, DateTimeOffset at) => e.TakesSheet
        ? Evolve(e, at) with { SheetsTaken = [.. (SheetsTaken ?? []).Remove(e.State, StringComparer.Ordinal), e.State] }
        : Evolve(e, at);

    /// <summary>Something was signed: a sheet that an objection took back is handed in again by it.</summary>
    public Region Sign(string act) => SheetsTaken is { } taken && taken.Any(state => SignedAct.Sheet(state) == act)
        ? this with { SheetsTaken = taken.RemoveAll(state => SignedAct.Sheet(state) == act) }
        : this;

    /// <summary>The common part was sent back: all are asked again, and are reminded of what they said.</summary>
    /// <param name="at">UTC.</param>
    public Region SentBack(DateTimeOffset at) => this with
    {
        Endorsements = [],
        Unasked = null,
        Before = [.. Endorsements, .. (Before ?? []).Where(earlier => EndorsementOf(earlier.State) is null)],
        SentBackAt = at,
    };
}

/// <summary>Who speaks for a participating State.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
public sealed record Spokesperson(Guid Person, string State);

/// <summary>What a participating State said to the common part.</summary>
/// <param name="ContentHash">Of the common part it was said to.</param>
/// <param name="At">UTC.</param>
public sealed record EndorsementMark(string State, bool Endorses, string ContentHash, DateTimeOffset At);

/// <summary>What a participating State decided about publishing its sheet.</summary>
/// <param name="Items">Items whose answers are published; none where nothing is.</param>
public sealed record SheetChoice(string State, ImmutableArray<string> Items);

/// <summary>How a participating State stands to the common part.</summary>
public enum EndorsementStand
{
    /// <summary>It is not asked yet.</summary>
    NotAsked,

    /// <summary>It is asked and has said nothing.</summary>
    Open,
    Endorsed,
    Objected,

    /// <summary>Its days went by, which counts as consent.</summary>
    Silent,

    /// <summary>Its days went by and nobody spoke for it: it was not asked, and neither consented nor objected.</summary>
    Unasked,
}

/// <summary>The endorsement of the common part by silence procedure (process B.2, stage <c>endorse</c>).</summary>
/// <remarks>An objection stops nothing by itself, as the process names no stage for it: it is told to the owner and to the coordinator,
/// who may send the common part back; then all are asked again. Silence is no consent to a text its State objected to, nor of a State that
/// nobody could be asked for.</remarks>
public static class EndorsementRules
{
    /// <summary>The stage.</summary>
    public const string Stage = "endorse";

    /// <summary>The set of branches of the stage, as processes name it.</summary>
    public const string Branches = "participating_state";

    /// <summary>Longest reason of an objection, in characters.</summary>
    public const int MaxReason = 2_000;

    /// <summary>How a State stands now.</summary>
    public static EndorsementStand StandOf(ProcessState state, Dossier dossier, string participant) =>
        dossier.Region?.EndorsementOf(participant) is { } said ? said.Endorses ? EndorsementStand.Endorsed : EndorsementStand.Objected
        : state.Definition.FindStage(Stage) is { } stage && state[stage].Part(participant) is { } part
            ? !part.Silent ? EndorsementStand.Open
                : Objects(dossier, participant) ? EndorsementStand.Objected
                : dossier.Region?.WasUnasked(participant) == true ? EndorsementStand.Unasked
                : EndorsementStand.Silent
        : EndorsementStand.NotAsked;

    /// <summary>Whether a State objects to the common part as it is handed in: by its answer, or by an earlier one to the very same text.
    /// Who is silent when asked again about a text that nobody changed has not changed its mind.</summary>
    public static bool Objects(Dossier dossier, string participant) => dossier.Region is { } region
        && (region.EndorsementOf(participant) is { } said ? !said.Endorses
            : region.LastOf(participant) is { Endorses: false } before
                && before.ContentHash == dossier.SignedHash(SignedAct.SelfAssessment, RoleCode.Authority));

    /// <summary>The States the published report names: those that endorsed with their signature and agreed to be named. Silence consents to
    /// the common part and to nothing else.</summary>
    public static IEnumerable<string> NamedInPublic(Region region) =>
        region.States.Where(state => region.EndorsementOf(state) is { Endorses: true } && region.MayName(state));

    /// <summary>Everything that is wrong with an objection's reason; empty when it can stand.</summary>
    /// <returns><c>endorsement.reason</c> {max}.</returns>
    public static IEnumerable<Refusal> CheckReason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason || !Text.IsReadable(reason))
            yield return new Refusal("endorsement.reason", RefusalKind.Invalid, "reason").With("max", MaxReason);
    }
}

/// <summary>Which States may take part in a review.</summary>
public static class ParticipantRules
{
    /// <summary>A strategy of fewer is not regional.</summary>
    public const int Fewest = 2;

    /// <summary>Everything that is wrong with the participants of a launch, each on the field <c>participants</c>.</summary>
    /// <param name="lead">Code of the State that launches.</param>
    /// <param name="known">Codes of all States.</param>
    /// <returns><c>launch.participants-national</c>, <c>launch.participants-few</c> {count}, <c>launch.participant-unknown</c> {state},
    /// <c>launch.participant-twice</c> {state}, <c>launch.participant-leads</c>.</returns>
    public static IEnumerable<Refusal> Check(LaunchNotice notice, string lead, IReadOnlyCollection<string> known)
    {
        if (notice.SubjectKind == Region.National)
        {
            if (notice.Participants is { IsEmpty: false })
                yield return Invalid("launch.participants-national");
            yield break;
        }

        var states = notice.Participants ?? [];
        if (states.Distinct(StringComparer.Ordinal).Count() < Fewest)
            yield return Invalid("launch.participants-few").With("count", Fewest);
        if (states.FirstOrDefault(state => !known.Contains(state, StringComparer.Ordinal)) is { } unknown)
            yield return Invalid("launch.participant-unknown").With("state", unknown);
        if (states.GroupBy(state => state, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return Invalid("launch.participant-twice").With("state", twice.Key);
        if (states.Contains(lead, StringComparer.Ordinal))
            yield return Invalid("launch.participant-leads");
    }

    private static Refusal Invalid(string code) => new(code, RefusalKind.Invalid, "participants");
}
