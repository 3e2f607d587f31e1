using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>One review as it stands at one instant: what every page draws and every decision starts from.</summary>
public sealed record LoadedReview
{
    public required ReviewId Id { get; init; }

    public required ProgrammeId Programme { get; init; }

    public required string ProgrammeName { get; init; }

    public required ProcessDefinition Process { get; init; }

    public required Framework Framework { get; init; }

    public required ProcessState State { get; init; }

    public required Dossier Dossier { get; init; }

    /// <summary>The subject State with its calendar.</summary>
    public required StateRow Subject { get; init; }

    /// <summary>The States that have a place among its reviewers, with their calendars.</summary>
    public ImmutableArray<StateRow> Reviewers { get; init; } = [];

    /// <summary>The States that take part in a regional or subregional review, with their calendars; none in a national one.</summary>
    public ImmutableArray<StateRow> Participants { get; init; } = [];

    /// <summary>Whether deadlines roll over weekends, holidays and sessions in this programme.</summary>
    public required bool Rolling { get; init; }

    /// <summary>Everybody who can be asked to act, by role.</summary>
    public required ImmutableArray<Holder> People { get; init; }

    /// <summary>Events so far.</summary>
    public required int Sequence { get; init; }

    /// <summary>The chain value of the last event.</summary>
    public required Digest Head { get; init; }

    /// <summary>The engine's own text, opaque.</summary>
    public required string EngineState { get; init; }

    /// <summary>Business time when it was read, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who holds a role now: those named for this review, or those of the programme or State where it names
    /// nobody.</summary>
    public IEnumerable<PersonId> Holding(string role)
    {
        var named = Dossier.Holding(role).Select(person => new PersonId(person));
        return named.Any() ? named : People.Where(p => p.Role == role && !p.ForThisReview && !IsOfParticipant(p)).Select(p => p.Person);
    }

    /// <summary>Who speaks for a participating State: the person named for this review, and its authority in the programme.</summary>
    public IEnumerable<PersonId> SpeakingFor(string participant) => Dossier.Region is not { } region ? []
        : region.People.Where(p => p.State == participant).Select(p => new PersonId(p.Person))
            .Concat(People.Where(p => p.Role == RoleCode.Authority && p.State == participant && IsOfParticipant(p)).Select(p => p.Person))
            .Distinct();

    /// <summary>Everybody who speaks for a participating State.</summary>
    public IEnumerable<PersonId> SpeakingForParticipants => Dossier.Region is { } region ? region.States.SelectMany(SpeakingFor).Distinct() : [];

    /// <summary>The participating State somebody speaks for; null for all others.</summary>
    public string? ParticipantOf(PersonId person) => Dossier.Region?.States.FirstOrDefault(state => SpeakingFor(state).Contains(person));

    private bool IsOfParticipant(Holder holder) => holder.State is { } state && Dossier.Region?.Has(state) == true;

    /// <summary>Who holds a role now for one branch of a stage.</summary>
    /// <param name="branch">A reviewing State, or the id of an expert.</param>
    public IEnumerable<PersonId> Holding(string role, string branch) => Process.Role(role).HeldPer switch
    {
        BranchSet.ReviewingState => Dossier.Holding(role, branch).Select(person => new PersonId(person)),
        // Experts who act in the part of their State.
        BranchSet.Expert when Dossier.Team.Find(branch) is not null => Dossier.Holding(role, branch).Select(person => new PersonId(person)),
        BranchSet.Expert => Holding(role).Where(person => person.ToString() == branch),
        _ => Holding(role),
    };

    /// <summary>Who of a role is told of one branch of a stage: of a reviewing State or an expert, whoever speaks for that State and
    /// that expert alone; everybody of a role that is held for the review as a whole.</summary>
    public IEnumerable<PersonId> Concerned(string role, string? branch)
    {
        if (role == RoleCode.Participant)
            return SpeakingFor(branch ?? "");
        if (branch is null || Process.FindRole(role)?.HeldPer is not { } set)
            return Holding(role);
        var state = Dossier.Team.Find(branch)?.State
            ?? Dossier.People.FirstOrDefault(p => p.State is not null && new PersonId(p.Person).ToString() == branch)?.State;
        return set == BranchSet.ReviewingState
            ? state is null ? [] : Dossier.Holding(role, state).Select(person => new PersonId(person))
            : Holding(role, branch);
    }

    /// <summary>The branch on whose behalf somebody acts: a reviewing State for its focal point, themselves for an expert; null
    /// for those who act for the review as a whole.</summary>
    public string? BranchOf(PersonId person)
    {
        if (Dossier.People.FirstOrDefault(p => p.Person == person.Value && p.State is not null) is not { } reviewer)
            return null;
        return Process.Role(reviewer.Role).HeldPer == BranchSet.ReviewingState ? reviewer.State : person.ToString();
    }

    /// <summary>The branch of one stage in which somebody acts: of their State or their own, as the stage has it; null for those who act
    /// beside the branches.</summary>
    public string? BranchIn(Stage stage, PersonId person)
    {
        if (Dossier.People.FirstOrDefault(p => p.Person == person.Value && p.State is not null) is not { } reviewer)
            return null;
        var own = stage.Each.FirstOrDefault(each => RolesOf(person).Any(role => each.By.Any(by => Process.ActsAs(role, by))));
        return own?.Over switch
        {
            BranchSet.ReviewingState => reviewer.State,
            BranchSet.Expert => person.ToString(),
            _ => BranchOf(person),
        };
    }

    /// <summary>The role codes a person holds in this review.</summary>
    public ImmutableArray<string> RolesOf(PersonId person) =>
        [.. Process.Roles.Select(r => r.Id).Where(role => Holding(role).Contains(person))];

    /// <summary>A person of this review by id, or null.</summary>
    public Holder? Find(PersonId person) => People.FirstOrDefault(p => p.Person == person);

    /// <summary>The day it is now by the calendar of the subject.</summary>
    public DateOnly Today => DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(Subject.TimeZone), Now);

    /// <summary>Whether the process has any of these stages as a part of the product is made for it. A page of that part is not there in
    /// another process, even under the same name.</summary>
    public bool Serves(params string[] stages) => stages.Any(stage => KnownStages.Serve(Process, stage));

    /// <summary>Whether other States review it; a light review has none.</summary>
    public bool HasTeam => Process.FindVariant(State.Variant) is { ReviewingStates: > 0 };

    /// <summary>Whether the experts write the report, or have.</summary>
    public bool HasDraft => HasTeam && Process.FindStage(DraftReport.Stage) is { } stage && KnownStages.Serve(stage) && State[stage].Status is not StageStatus.Waiting;

    /// <summary>What the rules of access need to know of this review.</summary>
    public ReviewFacts Facts => FactsForAccess.Of(this);
}

/// <summary>Reads a review with all that belongs to deciding about it, in the same round trip as what else is asked.</summary>
public sealed class ReviewReader(Definitions definitions)
{
    /// <summary>The statements, without a lock. The argument is named <c>Review</c>.</summary>
    public const string Statements = Sql.Plain;

    /// <summary>The same under the review's lock, the first and only one of a command.</summary>
    public const string LockingStatements = Sql.Locking;

    /// <summary>Reads the results of the statements; null when there is no such review in the scope.</summary>
    public async Task<LoadedReview?> ReadAsync(SqlMapper.GridReader grid)
    {
        var row = await grid.ReadSingleOrDefaultAsync<Row>();
        var now = await grid.ReadSingleAsync<DateTimeOffset>();
        var holders = (await grid.ReadAsync<HolderRow>()).ToImmutableArray();
        var states = (await grid.ReadAsync<SeatRow>()).ToList();
        return row is null
            ? null
            : (await LoadAsync(row, now, holders)) with
            {
                Reviewers = [.. states.Where(seat => seat.Reviews).Select(seat => seat.ToState())],
                Participants = [.. states.Where(seat => !seat.Reviews).Select(seat => seat.ToState())],
            };
    }

    private async Task<LoadedReview> LoadAsync(Row row, DateTimeOffset now, ImmutableArray<HolderRow> holders)
    {
        var process = await definitions.ProcessAsync(row.ProcessId, row.ProcessVersion, CancellationToken.None);
        return new LoadedReview
        {
            Id = new ReviewId(row.Id),
            Programme = new ProgrammeId(row.ProgrammeId),
            ProgrammeName = row.ProgrammeName,
            Process = process,
            Framework = definitions.Framework(row.FrameworkId, row.FrameworkVersion),
            State = ProcessJson.ReadState(process, row.State),
            Dossier = ReviewJson.ReadDossier(row.Dossier),
            Subject = new StateRow(row.SubjectState, row.TimeZone, Weekdays.Read(row.Weekend)),
            Rolling = row.Rolling,
            People = [.. holders.Select(h => h.ToHolder())],
            Sequence = row.Sequence,
            Head = new Digest(row.Head),
            EngineState = row.EngineState,
            Now = now,
        };
    }

    private sealed record Row(
        Guid Id, Guid ProgrammeId, string ProgrammeName, bool Rolling, string SubjectState, string TimeZone, string[] Weekend,
        string ProcessId, int ProcessVersion, string FrameworkId, int FrameworkVersion,
        int Sequence, byte[] Head, string State, string EngineState, string Dossier);

    private sealed record SeatRow(string Iso3, string TimeZone, string[] Weekend, bool Reviews)
    {
        public StateRow ToState() => new(Iso3, TimeZone, Weekdays.Read(Weekend));
    }

    private static class Sql
    {
        public const string Plain = Parts.Review + Parts.Rest;

        public const string Locking = Parts.Review + Parts.Lock + Parts.Rest;
    }

    // No statements by themselves.
    private static class Parts
    {
        public const string Review =
            """
            SELECT r.id, r.programme_id, p.name AS programme_name,
                   coalesce((p.settings ->> 'rolling')::boolean, true) AS rolling,
                   r.subject_state, s.time_zone, s.weekend,
                   r.process_id, r.process_version, r.framework_id, r.framework_version,
                   r.sequence, r.head, r.state, r.engine_state, r.dossier
            FROM review r JOIN programme p ON p.id = r.programme_id JOIN state s ON s.iso3 = r.subject_state
            WHERE r.id = @Review

            """;

        public const string Lock = "FOR NO KEY UPDATE OF r";

        // The clock is read by a statement of its own: under the lock, not while waiting for it.
        public const string Rest =
            """
            ;
            SELECT app.clock();
            SELECT g.person_id, g.role, g.state, g.for_this_review, p.name, p.office, p.language, p.time_zone
            FROM (
                SELECT person_id, role, state, true AS for_this_review FROM role_grant
                WHERE review_id = @Review AND ended_at IS NULL
                UNION ALL
                SELECT g.person_id, g.role, g.state, false FROM review r
                JOIN role_grant g ON g.programme_id = r.programme_id AND g.review_id IS NULL AND g.ended_at IS NULL
                                 AND g.role = 'STATE_AUTH' AND g.state = r.subject_state
                WHERE r.id = @Review
                UNION ALL
                SELECT g.person_id, g.role, g.state, false FROM review r
                JOIN role_grant g ON g.programme_id = r.programme_id AND g.review_id IS NULL AND g.ended_at IS NULL
                                 AND g.role IN ('COORD', 'COORD_HEAD') AND g.state IS NULL
                WHERE r.id = @Review
                UNION ALL
                SELECT g.person_id, g.role, g.state, false FROM review_participant rp
                JOIN role_grant g ON g.programme_id = rp.programme_id AND g.review_id IS NULL AND g.ended_at IS NULL
                                 AND g.role = 'STATE_AUTH' AND g.state = rp.state
                WHERE rp.review_id = @Review
            ) g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            ORDER BY g.for_this_review DESC, g.role, p.name, g.person_id;
            SELECT s.iso3, s.time_zone, s.weekend, part.reviews
            FROM (
                SELECT state, slot, true AS reviews FROM reviewer_seat WHERE review_id = @Review AND ended_at IS NULL
                UNION ALL
                SELECT state, '', false FROM review_participant WHERE review_id = @Review
            ) part JOIN state s ON s.iso3 = part.state
            ORDER BY part.reviews, part.slot, s.iso3;

            """;
    }
}

/// <summary>Weekend days as the reference table writes them (<c>fri</c>, <c>sat</c> …).</summary>
internal static class Weekdays
{
    public static ImmutableArray<DayOfWeek> Read(IEnumerable<string> days) => [.. days.Select(day => day switch
    {
        "mon" => DayOfWeek.Monday,
        "tue" => DayOfWeek.Tuesday,
        "wed" => DayOfWeek.Wednesday,
        "thu" => DayOfWeek.Thursday,
        "fri" => DayOfWeek.Friday,
        "sat" => DayOfWeek.Saturday,
        "sun" => DayOfWeek.Sunday,
        _ => throw new JsonException($"Unknown weekday {day}."),
    })];
}

/// <summary>A holder as the database answers.</summary>
internal sealed record HolderRow(
    Guid PersonId, string Role, string? State, bool ForThisReview, string Name, string Office, string Language, string TimeZone)
{
    public Holder ToHolder() => new(new PersonId(PersonId), Role, State, ForThisReview, Name, Office, Language, TimeZone);
}
