using System.Globalization;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Where to move a clock, as people type it.</summary>
public static class ClockTarget
{
    /// <summary>What may be typed.</summary>
    public const string Forms = "Say how far (7d, 12h, 30m), a day (2026-03-01, its start in UTC) or an instant (2026-03-01T09:00:00Z).";

    /// <summary>The instant that was meant, UTC; null when nothing was.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 36_500)
        {
            return text[^1] switch
            {
                'd' => now + TimeSpan.FromDays(number),
                'h' => now + TimeSpan.FromHours(number),
                'm' => now + TimeSpan.FromMinutes(number),
                _ => null,
            };
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }
}
