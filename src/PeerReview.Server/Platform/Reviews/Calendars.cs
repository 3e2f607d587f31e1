using System.Collections.Concurrent;
using System.Collections.Immutable;
using PeerReview.Core.Calendar;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The calendars deadlines are counted by: each State's own, the office of the programmes, and the sessions.</summary>
/// <param name="Sessions">From <c>workflows/calendars/sessions.yaml</c>.</param>
/// <param name="DaysOff">By ISO 3166-1 alpha-3 code, from <c>workflows/calendars/holidays</c>; a weekend given there replaces
/// that of the reference table.</param>
public sealed record Calendars(
    SessionCalendar Sessions, ImmutableDictionary<string, DaysOff> DaysOff)
{
    private readonly ConcurrentDictionary<string, PartyCalendar> _states = new(StringComparer.Ordinal);

    /// <summary>The coordinators' own: UTC, Saturday and Sunday off.</summary>
    public PartyCalendar Office { get; } = PartyCalendar.In(TimeZoneInfo.Utc);

    /// <summary>A State's: its zone, its weekend, its holidays.</summary>
    public PartyCalendar Of(StateRow state) => _states.GetOrAdd(
        state.Iso3,
        (code, row) =>
        {
            var own = DaysOff.GetValueOrDefault(code);
            return new PartyCalendar(
                TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone),
                own is { Weekend.IsEmpty: false } ? own.Weekend : row.Weekend,
                own?.Holidays ?? []);
        },
        state);
}
