using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reminders;

/// <summary>What one person's due reminders become: letters at once, one digest, and for the rest the reason why not.</summary>
internal sealed record ReminderChoice
{
    public const string Sent = "sent";
    public const string Skipped = "skipped";
    public const string Overtaken = "overtaken";

    private ReminderChoice(Guid person, DateOnly day) => (Person, Day) = (person, day);

    public Guid Person { get; }

    /// <summary>The day it is where the person is: the unit of a digest.</summary>
    public DateOnly Day { get; }

    public ImmutableArray<DueReminder> AtOnce { get; private init; } = [];

    public ImmutableArray<DueReminder> InDigest { get; private init; } = [];

    public ImmutableArray<(DueReminder Reminder, string Outcome, string Why)> NotSent { get; private init; } = [];

    /// <summary>Stable over every run of the day, so that a day has one digest.</summary>
    public string DigestKey => $"digest:{Person}:{Day:yyyy-MM-dd}";

    /// <summary>Chooses among what is due for one person, and what becomes due later on the same day: a digest that goes
    /// now is the only one of the day.</summary>
    /// <param name="waiting">At least one, all of the same person. What is for another day, or has no digest to go with, is
    /// left alone.</param>
    /// <param name="now">Business time.</param>
    public static ReminderChoice Of(IReadOnlyCollection<DueReminder> waiting, DateTimeOffset now)
    {
        var first = waiting.First();
        var today = Zones.DayAt(now, first.TimeZone);
        var digestGoes = waiting.Any(one => !one.AtOnce && one.DueAt <= now && Obstacle(one) is null);
        // Sides in other zones are late a few hours later: the letter about the first names them as well.
        var goes = waiting.Where(one => one.AtOnce && one.DueAt <= now && Obstacle(one) is null).Select(AboutOf).ToHashSet();
        var due = waiting
            .Where(one => one.DueAt <= now
                || (digestGoes && !one.AtOnce && Zones.DayAt(one.DueAt, first.TimeZone) <= today)
                || (one.AtOnce && goes.Contains(AboutOf(one))))
            .ToList();
        var alive = due.Where(one => Obstacle(one) is null).ToList();
        // Of the steps of one deadline that are due together (after an outage, mostly) only the newest still says
        // something. Reminders and the escalation ladder are two stairs.
        var newest = alive
            .GroupBy(one => (one.ReviewId, one.Stage, one.Branch, one.AtOnce))
            .Select(steps => steps.OrderBy(one => one.DueAt).ThenBy(one => one.Key, StringComparer.Ordinal).Last())
            .ToHashSet();
        // Whoever gets a letter about a deadline now is not reminded of the same one beside it.
        var told = newest.Where(one => one.AtOnce).Select(one => (one.ReviewId, one.Stage, one.Branch)).ToHashSet();
        newest.RemoveWhere(one => !one.AtOnce && told.Contains((one.ReviewId, one.Stage, one.Branch)));
        return new ReminderChoice(first.PersonId, today)
        {
            AtOnce = [.. newest.Where(one => one.AtOnce).OrderBy(one => one.Key, StringComparer.Ordinal)],
            InDigest = [.. newest.Where(one => !one.AtOnce).OrderBy(one => one.Key, StringComparer.Ordinal)],
            NotSent =
            [
                .. from one in due let why = Obstacle(one) where why is not null select (one, Skipped, why),
                .. from one in alive where !newest.Contains(one) select (one, Overtaken, "a later step of the same deadline was due as well"),
            ],
        };
    }

    /// <summary>The letters, each with its key; the digest last.</summary>
    public IEnumerable<(DueReminder About, KeyedLetter Letter)> Letters()
    {
        foreach (var sides in AtOnce.GroupBy(AboutOf))
        {
            var one = sides.First();
            var letter = new Letter(one.Letter, new PersonId(Person), one.Path)
            {
                State = one.SubjectState,
                Review = one.Review,
                Stage = one.LetterStage,
                Deadline = one.Deadline,
                Late = one.Late with { Beside = [.. sides.Skip(1).Select(side => side.Late)] },
            };
            yield return (one, new KeyedLetter(
                KeyOf(one), one.Suspends is { } last ? letter with { Days = letter.Days.Add("until", last) } : letter));
        }

        if (InDigest is not [var first, ..])
            yield break;
        var digest = new Letter(LetterNames.Digest, new PersonId(Person), "/")
        {
            Lines = [.. InDigest.Select(one => new DigestLine(one.SubjectState, one.LetterStage, one.Deadline) { Review = one.Review }).Distinct()],
        };
        yield return (first, new KeyedLetter(DigestKey, digest with { Days = digest.Days.Add("day", Day) }));
    }

    /// <summary>The key of the letter that tells of one of those at once: that of the first it tells of.</summary>
    public string KeyOf(DueReminder one) => $"reminder:{AtOnce.First(other => AboutOf(other) == AboutOf(one)).Key}";

    // Several sides can be late with one stage: whoever is told of them gets one letter for each step of the ladder. Where somebody is to be
    // put in another's place, each has a letter.
    private static (Guid, string, string, DateOnly?, string) AboutOf(DueReminder one) => (
        one.ReviewId, one.Stage, one.Letter, one.Suspends,
        one.Letter is LetterNames.LateExpert or LetterNames.LateExpertReserve or LetterNames.LateExpertHead or LetterNames.LateNomination || Reviews.Waits.IsBeside(one.Stage) ? one.Key : "");

    /// <summary>When a digest of the day was out before this one came: the same time of the person's next day, when it goes
    /// with whatever digest that day has.</summary>
    public DateTimeOffset Tomorrow(DueReminder reminder)
    {
        var zone = Zones.Find(reminder.TimeZone);
        var time = TimeZoneInfo.ConvertTime(reminder.DueAt, zone).TimeOfDay;
        var local = Day.AddDays(1).ToDateTime(TimeOnly.FromTimeSpan(time));
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone), TimeSpan.Zero);
    }

    private static string? Obstacle(DueReminder one) => one switch
    {
        { Closed: true } => "the account is closed",
        { Status: not "running" } => "the review does not run",
        { TellsOfTheEnd: true } => null,
        { StandingDay: null } => "the stage is no longer open",
        _ when one.StandingDay != one.DeadlineDay => "the deadline has moved",
        _ => null,
    };
}
