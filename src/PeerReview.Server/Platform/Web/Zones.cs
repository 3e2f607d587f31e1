using System.Globalization;

namespace PeerReview.Server.Platform.Web;

/// <summary>What the interface needs to know of an IANA zone: its offset, its day, the end of its day.</summary>
public static class Zones
{
    /// <summary>The zone, or UTC when this machine does not know its name.</summary>
    public static TimeZoneInfo Find(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;

    /// <summary>Whether this machine knows the IANA name.</summary>
    public static bool Exists(string zone) => zone.Length is > 0 and < 60 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId;

    /// <summary>The day it is there at an instant.</summary>
    public static DateOnly DayAt(DateTimeOffset at, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Find(zone)).DateTime);

    /// <summary>How many days a day there is ahead of an instant: 0 on the day itself, negative after it.</summary>
    public static int DaysUntil(DateOnly day, string zone, DateTimeOffset now) => day.DayNumber - DayAt(now, zone).DayNumber;

    /// <summary>The last second of a day there, in UTC. It exists in every zone that changes its clocks at night by up to
    /// two hours; where it does not, the hour before is taken.</summary>
    public static DateTimeOffset EndOf(DateOnly day, string zone)
    {
        var info = Find(zone);
        var end = day.ToDateTime(new TimeOnly(23, 59, 59));
        while (info.IsInvalidTime(end))
            end = end.AddMinutes(-15);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(end, info), TimeSpan.Zero);
    }

    /// <summary>The offset there at an instant, as <c>UTC</c>, <c>UTC+3</c> or <c>UTC−3:30</c>.</summary>
    public static string OffsetLabel(DateTimeOffset at, string zone)
    {
        var offset = Find(zone).GetUtcOffset(at);
        if (offset == TimeSpan.Zero)
            return "UTC";
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        var minutes = offset.Minutes == 0 ? "" : offset.ToString(@"\:mm", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{Math.Abs(offset.Hours)}{minutes}");
    }
}
