using System.Collections.Immutable;
using System.Diagnostics;
using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>One thing a review waits for: an open part of a stage, or something beside the process.</summary>
/// <param name="Stage">Stage id, <see cref="Waits.Urgent"/> or <see cref="Waits.ClarifyFirst"/>.</param>
/// <param name="Branch">Branch key, or the id of the urgent point or private question.</param>
/// <param name="Roles">Whose turn it is.</param>
/// <param name="Starts">The day from which there is something to do.</param>
/// <param name="Day">Due until 23:59:59 of this day in <paramref name="Zone"/>; a private question until <paramref name="DueAt"/>.</param>
/// <param name="DueAt">The first instant that is too late, UTC.</param>
/// <param name="Paused">Whether the clock of the waiting party stands.</param>
public sealed record Wait(
    string Stage,
    string? Branch,
    ImmutableArray<string> Roles,
    DateOnly Starts,
    DateOnly Day,
    string Zone,
    DateTimeOffset DueAt,
    bool Paused)
{
    /// <summary>Whether it is beside the process: no stage, and known to its own circle alone.</summary>
    public bool IsBeside => Waits.IsBeside(Stage);

    /// <summary>The deadline as letters tell of it.</summary>
    public LetterDeadline ToLetter() => new(Day, Zone) { At = Waits.EndsByTheHour(Stage) ? DueAt : null };

    /// <summary>The people of a role this waits for, their alternates among them.</summary>
    public IEnumerable<PersonId> Waiting(LoadedReview review, string role) =>
        // A role of no process: the process has the authority of that State act.
        role == RoleCode.Participant ? review.SpeakingFor(Branch ?? "")
        : review.Process.Roles
            .Where(held => review.Process.ActsAs(held.Id, role))
            .SelectMany(held => Branch is null || IsBeside ? review.Holding(held.Id) : review.Holding(held.Id, Branch))
            .Where(person => !TurnRules.HasDone(KnownStages.RulesOf(review.Process, Stage), role, person, review.Dossier))
            .Distinct();
}

/// <summary>What a review waits for now: the one place that pages, tasks, deadlines and reminders ask.</summary>
public static class Waits
{
    /// <summary>In place of a stage id, for an urgent point: it is no stage and shows in no stage map.</summary>
    public const string Urgent = "urgent";

    /// <summary>The same for a private question of an expert to the State.</summary>
    public const string ClarifyFirst = "clarify_first";

    /// <summary>The stage in which experts declare their ties; a process may have none.</summary>
    public const string Declare = "declare";

    private const string Objection = "objection";

    private const string Nominate = "nominate";

    private const string Redraw = "redraw_window";

    /// <summary>Whether something in place of a stage id is no stage: what must not show to those outside its circle.</summary>
    public static bool IsBeside(string stage) => stage is Urgent or ClarifyFirst;

    /// <summary>Whether something waits until an instant and not until the end of a day.</summary>
    public static bool EndsByTheHour(string stage) => stage is ClarifyFirst;

    /// <summary>Whether it is the decision about an objection that something waits for.</summary>
    public static bool IsDecision(Wait wait) => wait is { Stage: Objection, Roles: [RoleCode.HeadCoordinator] };

    /// <summary>Which of several parts of a stage a page tells of, so that all name the same deadline: the reader's own, else what is due next,
    /// and what no deadline runs for last; null of none.</summary>
    public static Wait? Foremost(IEnumerable<Wait> parts, Func<Wait, bool> isMine) =>
        parts.OrderByDescending(isMine).ThenBy(wait => wait.Paused).ThenBy(wait => wait.DueAt).FirstOrDefault();

    /// <summary>In the order of the process; what is beside it last. Nothing while the review does not run.</summary>
    public static ImmutableArray<Wait> Of(LoadedReview review)
    {
        if (review.State.Status != ReviewStatus.Running)
            return [];
        // Whose turn it is in a sequence depends on who is there; only another process goes by that.
        var facts = review.State.Open.Any(stage => stage.Mode == ActsMode.Sequence && !KnownStages.Serve(stage))
            ? FactsForProcess.Held(review)
            : new ProcessFacts();
        return
        [
            .. from open in PeerReview.Core.Process.Turn.Of(review.Process, review.State, facts)
               // Whoever agreed to a common text is not waited for while it stands.
               let turn = open with { Roles = CommonText.Waited(review.Dossier, review.State, open) }
               where open.Roles.IsEmpty || !turn.Roles.IsEmpty
               let rules = KnownStages.RulesOf(review.Process, turn.Stage.Id)
               // While an objection is open the State has done its part: see below.
               where rules != Objection || (review.Dossier.Team.Objections.All(o => !o.IsOpen) && Lacking(review).Length == 0)
               // A State the subject asked away nominates nobody: see the window.
               where rules != Nominate || review.Dossier.Team.CauseOf(turn.Branch ?? "") != ReplacementCause.Redraw
               // The same with an expert who left while experts comment: see below.
               where !review.Dossier.Team.IsVacated(turn.Branch)
               let deadline = DeadlineOf(review, turn)
               let acting = turn.Stage.Mode == ActsMode.Sequence && rules.Length > 0 ? turn.Stage.Acts : turn.Roles
               where !IsSettled(review.Dossier, rules, turn, acting)
               select new Wait(
                   StageOf(review.Process, review.Dossier, turn),
                   turn.Branch,
                   Seen(review, rules, turn, TurnRules.Narrow(rules, acting, review.Dossier)),
                   deadline.Starts,
                   deadline.Day,
                   deadline.Zone,
                   DueDay.LateFrom(deadline.Day, TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone)),
                   turn.Paused),
            .. review.Dossier.Team.Objections.Where(o => o.IsOpen).Select(OfObjection),
            .. from turn in PeerReview.Core.Process.Turn.Of(review.Process, review.State, facts)
               where KnownStages.RulesOf(review.Process, turn.Stage.Id) == Objection
               let deadline = DeadlineOf(review, turn)
               from lacking in Lacking(review)
               select new Wait(
                   Objection, lacking.Branch, [lacking.Role], deadline.Starts, deadline.Day, deadline.Zone,
                   DueDay.LateFrom(deadline.Day, TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone)), turn.Paused),
            .. OfVacated(review),
            .. LateWaits.Of(review),
            // The process names those who find a way on; the reviewing States are asked as well, as long as nobody dissents.
            .. from turn in PeerReview.Core.Process.Turn.Of(review.Process, review.State, facts)
               where KnownStages.RulesOf(review.Process, turn.Stage.Id) == AgreementRules.Reconciling
               let deadline = DeadlineOf(review, turn)
               from state in AgreementRules.Missing(turn.Stage.Id, review.Dossier)
               where review.Dossier.Team.Find(state) is not null
               select new Wait(
                   turn.Stage.Id, state, [SpokesRoleOf(review, state)], deadline.Starts, deadline.Day, deadline.Zone,
                   DueDay.LateFrom(deadline.Day, TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone)), turn.Paused),
            .. SheetWaits.Of(review, facts),
            .. review.Dossier.Urgent.Where(u => !u.Acknowledged).Select(u => OfUrgent(review, u)),
            .. review.Dossier.PrivateQuestions.Where(q => review.HasTeam && PrivateQuestionRules.IsOpen(q, review.Now))
                .Select(q => OfPrivateQuestion(review, q)),
        ];
    }

    /// <summary>The day until whose end an urgent point waits, in the zone of the subject.</summary>
    public static DateOnly DueOf(LoadedReview review, UrgentMark point) => UrgentDue.Day(
        point.RaisedAt,
        new PartyCalendar(TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone), review.Subject.Weekend, []));

    /// <summary>The deadline of a step. Whoever stepped in after an objection may be objected to for a week more, though the days of
    /// the stage are over; then silence counts. For the publication see <see cref="SheetWaits"/>.</summary>
    private static Deadline DeadlineOf(LoadedReview review, Core.Process.Turn turn)
    {
        var deadline = turn.Deadline ?? throw new UnreachableException("A deadline is set with the move that opens.");
        if (UsedRights.In(review.State, review.Dossier, turn.Stage, turn.Branch) is { } used)
            return ToSettle(used, deadline);
        if (KnownStages.RulesOf(review.Process, turn.Stage.Id) != Objection || review.Dossier.SteppedInAt is not { } declared)
            return SheetWaits.Before(review, turn.Stage, deadline);
        var again = DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone), declared).AddDays(ObjectionMark.AgainWithin);
        return again > deadline.Day ? deadline with { Day = again } : deadline;
    }

    /// <summary>Until when what follows from a right that was used is settled: in as many days as an objection.</summary>
    /// <param name="stage">Of the stage itself.</param>
    internal static Deadline ToSettle(UsedRight used, Deadline stage)
    {
        var day = DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(stage.Zone), used.At);
        return stage with { Starts = day, Day = day.AddDays(ObjectionMark.DecidedWithin) };
    }

    /// <summary>Where nobody speaks for a reviewing or participating State yet, or another State has to take its place, the coordinator has to see to
    /// that; where comments of the State on the draft are to be decided, the lead is asked beside those who confirm.</summary>
    private static ImmutableArray<string> Seen(LoadedReview review, string rules, Core.Process.Turn turn, IReadOnlyList<string> roles)
    {
        var team = review.Dossier.Team;
        if (rules.Length == 0)
            return Asked(review, turn);
        if (turn.Branch is { } branch)
        {
            if (review.Dossier.Region?.Has(branch) == true)
                return review.SpeakingFor(branch).Any() ? [RoleCode.Participant] : [RoleCode.Coordinator];
            // An objection took the expert out while the others comment.
            if (rules == CommentRules.Stage && Guid.TryParse(branch, out var expert) && !review.Dossier.Holding(RoleCode.Expert).Contains(expert))
                return [RoleCode.Coordinator];
            var speaks = !roles.All(role => review.Process.Role(role).HeldPer == BranchSet.ReviewingState && !review.Holding(role, branch).Any());
            return speaks && (rules != Nominate || team.CauseOf(branch) is null) ? [.. roles] : [RoleCode.Coordinator];
        }

        return rules switch
        {
            Redraw when !team.ToReplace.IsEmpty => [RoleCode.Coordinator],
            AgreementRules.Stage when !review.Dossier.Unsettled.IsEmpty => [.. roles, RoleCode.Lead],
            // The draft cannot go out before the record shows how each group of stakeholders was heard.
            DraftReport.Stage when !StakeholderGroups.Missing(review.State, review.Dossier).IsEmpty => [.. roles, RoleCode.Coordinator],
            _ => [.. roles],
        };
    }

    /// <summary>The same in a stage of a programme's own process.</summary>
    private static ImmutableArray<string> Asked(LoadedReview review, Core.Process.Turn turn)
    {
        if (UsedRights.In(review.State, review.Dossier, turn.Stage, turn.Branch) is not null)
            return [RoleCode.Coordinator];
        return StageGaps.Asked(turn.Stage, turn.Roles, IsHeld, StageGaps.LackStates(review.State, review.Dossier, turn.Stage));

        bool IsHeld(string role) => review.Process.Roles.Where(held => review.Process.ActsAs(held.Id, role))
            .Any(held => (turn.Branch is { } branch ? review.Holding(held.Id, branch) : review.Holding(held.Id)).Any());
    }

    /// <summary>The stage somebody is asked to act in: an expert who stepped in declares before there is anything else to do.</summary>
    public static string StageOf(ProcessDefinition process, Dossier dossier, Core.Process.Turn turn) =>
        KnownStages.Serve(process, Declare) && turn is { Stage.Id: CommentRules.Stage, Branch: { } branch } && Guid.TryParse(branch, out var expert) && !dossier.HasDeclared(expert)
            ? Declare
            : turn.Stage.Id;

    /// <summary>The role asked for a reviewing State: its focal point, or the coordinator who has to see that there is one.</summary>
    private static string SpokesRoleOf(LoadedReview review, string state) =>
        review.Holding(RoleCode.ReviewerFocalPoint, state).Any() ? RoleCode.ReviewerFocalPoint : RoleCode.Coordinator;

    /// <summary>Whether everybody has confirmed what a part of a stage waits for, though it counts only with the last confirmation.</summary>
    private static bool IsSettled(Dossier dossier, string rules, Core.Process.Turn turn, IEnumerable<string> acting) =>
        JointText.Of(rules) is { } text && acting.All(role => text.IsSettled(dossier, turn.Branch, role));

    /// <summary>Before the State can go on after an objection that was upheld: the reviewing State finds somebody, who declares, and
    /// names who leads if it was the lead who was taken out.</summary>
    private static ImmutableArray<(string Branch, string Role)> Lacking(LoadedReview review) =>
    [
        .. review.Dossier.Team.States.Where(seat => review.Dossier.Team.LacksExpert(seat.State) || LacksLead(review.Dossier, seat.State))
            .Select(seat => (seat.State, SpokesRoleOf(review, seat.State))),
        .. review.Dossier.Holding(RoleCode.Expert).Where(expert => !review.Dossier.HasDeclared(expert))
            .Select(expert => (new PersonId(expert).ToString(), RoleCode.Expert)),
    ];

    private static bool LacksLead(Dossier dossier, string state) =>
        !dossier.Holding(RoleCode.Lead).Any() && dossier.Team.Objections.LastOrDefault(o => o.Upheld == true)?.State == state;

    /// <summary>The head coordinator decides within seven days by the calendar of the office.</summary>
    private static Wait OfObjection(ObjectionMark objection)
    {
        var starts = DateOnly.FromDateTime(objection.At.UtcDateTime);
        var day = starts.AddDays(ObjectionMark.DecidedWithin);
        return new Wait(
            Objection,
            new PersonId(objection.Person).ToString(),
            [RoleCode.HeadCoordinator],
            starts,
            day,
            TimeZoneInfo.Utc.Id,
            DueDay.LateFrom(day, TimeZoneInfo.Utc),
            Paused: false);
    }

    /// <summary>A State that took the place of another finds experts in as many days as for a nomination, by its own calendar day; who puts them in
    /// the places is the coordinator, who names another lead as well. While objections are open, see above.</summary>
    private static IEnumerable<Wait> OfVacated(LoadedReview review)
    {
        if (!KnownStages.Serve(review.Process, Nominate) || (review.Process.FindStage(Objection) is { } window && review.State[window].Status == StageStatus.Open))
            yield break;
        var days = review.Process.Days(review.Process.Stage(Nominate), review.State.Variant) ?? ObjectionMark.DecidedWithin;
        foreach (var place in review.Dossier.Team.Gaps.Where(gap => gap.Left is not null).DistinctBy(gap => gap.State, StringComparer.Ordinal))
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById((review.Reviewers.FirstOrDefault(state => state.Iso3 == place.State) ?? review.Subject).TimeZone);
            var starts = DueDay.In(zone, place.Left!.At);
            var leads = place.Left.Commented;
            if (leads && review.Dossier.Holding(RoleCode.Lead).Any())
                continue;
            var standsBy = leads || review.Dossier.StandingBy(place.State).Any();
            yield return new Wait(
                Objection, place.State, [standsBy ? RoleCode.Coordinator : SpokesRoleOf(review, place.State)], starts, starts.AddDays(days), zone.Id,
                DueDay.LateFrom(starts.AddDays(days), zone), Paused: false);
        }
    }

    private static Wait OfUrgent(LoadedReview review, UrgentMark point)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone);
        var day = DueOf(review, point);
        return new Wait(
            Urgent,
            point.Id,
            UrgentCircle.Answering(review.RolesOf(new PersonId(point.By))),
            DueDay.In(zone, point.RaisedAt),
            day,
            zone.Id,
            DueDay.LateFrom(day, zone),
            Paused: false);
    }

    private static Wait OfPrivateQuestion(LoadedReview review, PrivateQuestionMark question)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone);
        var ends = PrivateQuestionRules.EndsAt(question);
        return new Wait(
            ClarifyFirst,
            question.Id,
            PrivateQuestionRules.Answering,
            DueDay.In(zone, question.AskedAt),
            DueDay.In(zone, ends),
            zone.Id,
            ends,
            Paused: false);
    }
}
