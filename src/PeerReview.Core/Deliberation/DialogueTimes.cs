using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Times offered for the dialogue, and sessions that took place.</summary>
public static class DialogueTimes
{
    /// <summary>Minutes of a meeting at least.</summary>
    public const int MinMinutes = 15;

    /// <summary>Minutes of a meeting at most.</summary>
    public const int MaxMinutes = 480;

    /// <summary>Times that stand at most.</summary>
    public const int MostSlots = 12;

    /// <summary>Sessions at most.</summary>
    public const int MostSessions = 40;

    /// <summary>Days ahead a time can be offered.</summary>
    public const int DaysAhead = 400;

    private static readonly TimeOnly NightBegins = new(22, 0);
    private static readonly TimeOnly NightEnds = new(7, 0);

    /// <summary>The instant of a wall-clock time in a zone, UTC; null where the clocks of the zone leave that time out.</summary>
    /// <remarks>A time the clocks show twice is taken as the first.</remarks>
    public static DateTimeOffset? At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
            return null;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>Whether any of a meeting falls between 22:00 and 7:00 by the clocks of a zone.</summary>
    public static bool IsAtNight(DateTimeOffset at, int minutes, TimeZoneInfo zone)
    {
        var begins = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        // The last minute counts, not the first one after it.
        var last = TimeZoneInfo.ConvertTime(at.AddMinutes(minutes - 1), zone).DateTime;
        return IsNight(begins) || IsNight(last) || begins.Date != last.Date;

        static bool IsNight(DateTime local) => TimeOnly.FromDateTime(local) is var time && (time >= NightBegins || time < NightEnds);
    }

    /// <summary>Everything that is wrong with a time that is offered; empty when it can stand.</summary>
    /// <param name="at">Null where the clocks leave it out, or nothing was given.</param>
    /// <param name="zoneKnown">Whether the zone is known.</param>
    /// <returns><c>dialogue.zone</c>, <c>dialogue.time</c>, <c>dialogue.time-past</c>, <c>dialogue.time-far</c> {days},
    /// <c>dialogue.minutes</c> {min, max}.</returns>
    public static IEnumerable<Refusal> CheckSlot(DateTimeOffset? at, bool zoneKnown, int minutes, DateTimeOffset now)
    {
        foreach (var problem in Check(at, zoneKnown, minutes))
            yield return problem;
        if (at <= now)
            yield return new Refusal("dialogue.time-past", RefusalKind.Invalid, "day");
        if (at > now.AddDays(DaysAhead))
            yield return new Refusal("dialogue.time-far", RefusalKind.Invalid, "day").With("days", DaysAhead);
    }

    /// <summary>Everything that is wrong with a session; empty when it can stand.</summary>
    /// <param name="tookPart">Side and role, see <see cref="SessionContent.TookPart"/>.</param>
    /// <returns>As <see cref="CheckSlot"/>; <c>dialogue.session-ahead</c>, <c>dialogue.way</c>, <c>dialogue.took-part</c>.</returns>
    public static IEnumerable<Refusal> CheckSession(
        DateTimeOffset? at, bool zoneKnown, int minutes, string way, ImmutableArray<string> tookPart, Dossier dossier, DateTimeOffset now)
    {
        foreach (var problem in Check(at, zoneKnown, minutes))
            yield return problem;
        if (at > now)
            yield return new Refusal("dialogue.session-ahead", RefusalKind.Invalid, "day");
        if (!MeetingWay.All.Contains(way, StringComparer.Ordinal))
            yield return new Refusal("dialogue.way", RefusalKind.Invalid, "way");
        var known = WhoCanTakePart(dossier);
        if (tookPart.IsEmpty || tookPart.Any(one => !known.Contains(one, StringComparer.Ordinal)))
            yield return new Refusal("dialogue.took-part", RefusalKind.Invalid, "took_part");
    }

    /// <summary>Whether a session would have begun before the day on which the dialogue opened, by the clocks of a zone: both sides did not
    /// know yet what they would talk about.</summary>
    /// <param name="opened">UTC.</param>
    public static bool IsEarly(DateTimeOffset at, TimeZoneInfo zone, DateTimeOffset opened) =>
        TimeZoneInfo.ConvertTime(at, zone).Date < TimeZoneInfo.ConvertTime(opened, zone).Date;

    /// <summary>What a side says to a time: <c>yes</c>, <c>no</c>, or <c>open</c> while it said nothing about it.</summary>
    /// <param name="answer">What it said last; null while nothing.</param>
    /// <param name="saidAll">Whether it answered since the last time was offered.</param>
    public static string AnswerTo(string slot, SlotAnswerContent? answer, bool saidAll) =>
        answer is null ? "open"
        : answer.Suits.Contains(slot, StringComparer.Ordinal) ? "yes"
        : (answer.Asked.IsDefault ? saidAll : answer.Asked.Contains(slot, StringComparer.Ordinal)) ? "no"
        : "open";

    /// <summary>Who can have taken part, by side and role: of the State, of each reviewing State, of the office.</summary>
    public static ImmutableArray<string> WhoCanTakePart(Dossier dossier)
    {
        string[] ofState = [RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Contributor];
        string[] ofReviewer = [RoleCode.ReviewerFocalPoint, RoleCode.Lead, RoleCode.Expert];
        return
        [
            .. ofState.Select(role => $"{DialogueRules.Subject}:{role}"),
            .. from seat in dossier.Team.States
               from role in ofReviewer
               // One State has the lead.
               where role != RoleCode.Lead || dossier.Holding(role, seat.State).Any()
               select $"{seat.State}:{role}",
            $"{DialogueRules.Office}:{RoleCode.Coordinator}", $"{DialogueRules.Office}:{RoleCode.HeadCoordinator}",
        ];
    }

    /// <summary>The side of somebody who took part.</summary>
    public static string SideOf(string tookPart) => tookPart.Split(':')[0];

    /// <summary>Whether the subject and every reviewing State took part in a session (guard G-DLG).</summary>
    public static bool Counts(SessionContent session, Dossier dossier) =>
        DialogueRules.Needed(dossier).All(side => session.TookPart.Any(one => SideOf(one) == side));

    private static IEnumerable<Refusal> Check(DateTimeOffset? at, bool zoneKnown, int minutes)
    {
        if (!zoneKnown)
            yield return new Refusal("dialogue.zone", RefusalKind.Invalid, "zone");
        else if (at is null)
            yield return new Refusal("dialogue.time", RefusalKind.Invalid, "time");
        if (minutes is < MinMinutes or > MaxMinutes)
            yield return new Refusal("dialogue.minutes", RefusalKind.Invalid, "minutes").With("min", MinMinutes).With("max", MaxMinutes);
    }
}
