using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reminders;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Keeps the waiting reminders of a review equal to the plan of what it waits for.</summary>
public sealed class ReminderTable
{
    /// <summary>A reminder goes in the morning of its day, in the zone of the deadline.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);

    /// <summary>The step after the day of a decision about an objection, to those who objected.</summary>
    private const string Undecided = "undecided";

    /// <summary>Keeps the statements for the writing round trip.</summary>
    public void Keep(UnitOfWork unit, LoadedReview review) =>
        ReminderRows.Reconcile(unit, review.Programme, review.Id, review.Now, Plan(review));

    /// <summary>Every reminder and escalation of every open deadline, person by person.</summary>
    public static ImmutableArray<PlannedReminder> Plan(LoadedReview review) =>
    [
        .. from wait in Waits.Of(review)
           where !wait.Paused && wait.Stage != Waits.ClarifyFirst
           from letter in wait.Stage == Waits.Urgent ? OfUrgent(wait) : OfStage(review, wait)
           let name = NameOf(review, wait, letter)
           where name is not null
           // A guest is reminded and never late: after the day it is for the coordinator to close the window.
           from person in letter.Roles.Where(role => role != RoleCode.Stakeholder || letter.Day <= wait.Day).SelectMany(role => review.Concerned(role, wait.IsBeside ? null : wait.Branch)).Distinct()
           // Who did their own part already is still told of others who are late.
           where !letter.Roles.All(role => (letter.Level is null || wait.Roles.Contains(role, StringComparer.Ordinal)) && TurnRules.HasDone(wait.Stage, role, person, review.Dossier))
           select Row(review, wait, letter, name, person),
        .. PrivateReminders.Of(review),
    ];

    private static IEnumerable<PlannedLetter> OfStage(LoadedReview review, Wait wait)
    {
        var stage = review.Process.Stage(wait.Stage);
        var deadline = new Deadline(wait.Starts, wait.Day, wait.Zone, DeadlineCause.Opened);
        var days = review.Process.Days(stage, review.State.Variant) ?? 0;
        var round = review.State[stage].Round;
        var reminders = ReminderPlan.Of(review.Process, stage, wait.Branch, deadline, days, round, wait.Roles);
        // A participating State is reminded and never late: its silence has a meaning.
        if (review.Dossier.Region?.Has(wait.Branch ?? "") == true)
            return reminders.Where(letter => letter.Day <= wait.Day);
        var ladder = EscalationLadder.Of(review.Process, stage, wait.Branch, deadline, round, wait.Roles);
        // Those who agree on a text, or look for a way on together, are of three parties: whoever has not confirmed hears of it with the one
        // who is named first.
        if (KnownStages.RulesOf(review.Process, wait.Stage) is AgreementRules.Stage or AgreementRules.Reconciling)
        {
            ladder = [.. ladder.Select(letter => letter.Level?.Effect == EscalationEffect.LogContact
                ? letter with { Roles = [.. letter.Roles.Union(wait.Roles, StringComparer.Ordinal)] }
                : letter)];
        }

        var last = ladder is [.., { Level: { Effect: EscalationEffect.Suspend } level }] ? level : null;
        var suspends = last is not null && EscalationLadder.TakesEffect(review.Process, review.State, last, (stage, wait.Branch, wait.Roles[0]));
        // At its end it suspends, or the head coordinator is asked again and again: until then nobody else may act. What is published has
        // its closing notes.
        var again = review.Dossier.Slug is null && last is not null && !suspends && last.To.Contains(RoleCode.HeadCoordinator, StringComparer.Ordinal);
        return
        [
            .. reminders,
            .. ladder,
            .. OfUndecided(wait),
            .. suspends ? EscalationLadder.Ahead(review.Process, ladder, wait.Roles) : [],
            .. again ? EscalationLadder.Again(ladder, RoleCode.HeadCoordinator) : [],
        ];
    }

    // Who objected hears that nothing is decided, once; whoever decides is reminded like everybody else.
    private static IEnumerable<PlannedLetter> OfUndecided(Wait wait) => !Waits.IsDecision(wait) ? [] :
    [
        new PlannedLetter(
            string.Create(CultureInfo.InvariantCulture, $"{wait.Stage}/{wait.Branch}/{wait.Day:yyyy-MM-dd}/{Undecided}"),
            wait.Stage, wait.Branch, wait.Day.AddDays(1), Undecided, [RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate], Level: null),
    ];

    // The circle of an urgent point stays closed: it is reminded, nobody else is told.
    private static IEnumerable<PlannedLetter> OfUrgent(Wait wait) =>
    [
        new PlannedLetter(
            string.Create(CultureInfo.InvariantCulture, $"{wait.Stage}/{wait.Branch}/{wait.Day:yyyy-MM-dd}/on_day"),
            wait.Stage, wait.Branch, wait.Day, "on_day", wait.Roles, Level: null),
    ];

    /// <summary>The letter a step goes by; null for a step of another process that has none.</summary>
    private static string? NameOf(LoadedReview review, Wait wait, PlannedLetter letter)
    {
        // No step of the process is late: no time is asked for, and nobody is replaced.
        if (Waits.IsDecision(wait) && (letter.Level is not null || letter.Step == Undecided))
            return LetterNames.ObjectionUndecided;
        return letter.Level switch
        {
            null => wait.Stage == Waits.Urgent ? LetterNames.UrgentPoint : LetterNames.Digest,
            _ when letter.Step.StartsWith("suspends_", StringComparison.Ordinal) => LetterNames.SuspensionAhead,
            // Nobody is threatened with what will not happen.
            { Effect: EscalationEffect.Suspend } level when !TakesEffect(level) => wait.Stage == CommentRules.Stage ? LetterNames.LateExpertHead : LetterNames.HeadDecides,
            // Nor offered what cannot be had: the text waits for confirmations, it is out, or the late side is not the State's, which alone
            // puts its review off or makes it lighter.
            { Effect: EscalationEffect.LogContact } when wait.Stage is AgreementRules.Stage => LetterNames.LateAnswer,
            { Effect: EscalationEffect.OfferChoice } when wait.Stage is AgreementRules.Stage or AgreementRules.Reconciling => LetterNames.LateAgreement,
            { Effect: EscalationEffect.OfferChoice } when review.Dossier.Slug is not null => LetterNames.LateAfterPublication,
            { Effect: EscalationEffect.OfferChoice } when wait.Stage == CommentRules.Stage => LetterNames.LateExpertHead,
            { Effect: EscalationEffect.OfferChoice } when wait.Stage == SilentReviewer.Stage && review.Serves(SilentReviewer.Stage) => LetterNames.LateNomination,
            { Effect: EscalationEffect.OfferChoice } when !MayPutOff(wait.Roles[0]) => LetterNames.LateSide,
            // A report is written by all: no reserve takes anybody's part over. Nor is a lead named anew because a meeting is late.
            { Effect: EscalationEffect.OfferReserve } when wait.Branch is null => wait.Stage == DraftReport.Stage ? LetterNames.LateDraft : null,
            { Id: ['L', var digit] } when char.IsAsciiDigit(digit) => LetterNames.Escalation(digit - '0'),
            { Effect: EscalationEffect.OfferReserve } => StandsBy(review, wait) ? LetterNames.LateExpertReserve : LetterNames.LateExpert,
            _ => null,
        };

        bool MayPutOff(string role) => review.Process.May.TryGetValue("defer", out var may)
            && may.Any(one => review.Process.Role(one).Party == review.Process.Role(role).Party);

        bool TakesEffect(EscalationLevel level) => EscalationLadder.TakesEffect(
            review.Process, review.State, level, (review.Process.Stage(wait.Stage), wait.Branch, wait.Roles[0]));
    }

    /// <summary>Whether somebody of the State of a late expert accepted to step in.</summary>
    private static bool StandsBy(LoadedReview review, Wait wait) =>
        Guid.TryParse(wait.Branch, out var expert)
        && review.Dossier.People.FirstOrDefault(p => p.Person == expert && p.Role == RoleCode.Expert)?.State is { } state
        && review.Dossier.StandingBy(state).Any();

    private static PlannedReminder Row(
        LoadedReview review, Wait wait, PlannedLetter letter, string name, PersonId person) => new(
        $"{review.Id}/{letter.Key}/{person}",
        person,
        wait.Stage,
        wait.Branch ?? "",
        letter.Step,
        name,
        wait.Day,
        letter.Day,
        wait.Zone,
        DueDay.StartOf(letter.Day, TimeZoneInfo.FindSystemTimeZoneById(wait.Zone)) + Morning,
        AtOnce: name != LetterNames.Digest);
}
