using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Server.Platform.Web;

/// <summary>The texts of the interface in one language, and how that language writes days, instants and numbers.</summary>
/// <remarks>
/// Nothing here is HTML: Razor escapes. Values put into a sentence are isolated from its direction, so that a name in
/// another script cannot turn the sentence round.
/// </remarks>
public sealed class Texts
{
    private readonly ImmutableDictionary<string, TextTemplate> _texts;
    private readonly ImmutableDictionary<string, TextTemplate> _source;
    private readonly StateNames _states;
    private readonly Action<string, string> _missing;

    internal Texts(
        string language,
        ImmutableDictionary<string, TextTemplate> texts,
        ImmutableDictionary<string, TextTemplate> source,
        StateNames states,
        Action<string, string> missing)
    {
        Language = language;
        _texts = texts;
        _source = source;
        _states = states;
        _missing = missing;
        Culture = CultureInfo.GetCultureInfo(this["language.culture"]);
        Direction = this["language.direction"];
    }

    /// <summary>The language as a code of two letters; the <c>lang</c> of the page.</summary>
    public string Language { get; }

    /// <summary><c>ltr</c> or <c>rtl</c>; the <c>dir</c> of the page.</summary>
    public string Direction { get; }

    /// <summary>How numbers and month names are written.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Every key of this language; for the test that holds languages and code together.</summary>
    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>A language's name in that language itself.</summary>
    public string LanguageName(string language) => this["language.names." + language];

    /// <summary>A text without places.</summary>
    public string this[string key] => Of(key);

    /// <summary>The text itself, or null when this language and English have none of that key.</summary>
    public TextTemplate? Find(string key) =>
        _texts.TryGetValue(key, out var own) ? own : _source.GetValueOrDefault(key);

    /// <summary>A text with its places filled. The value named <c>count</c> chooses the plural form.</summary>
    public string Of(string key, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var pairs = new KeyValuePair<string, object?>[values.Length];
        for (var i = 0; i < values.Length; i++)
            pairs[i] = KeyValuePair.Create(values[i].Name, values[i].Value);
        return Of(key, (IReadOnlyCollection<KeyValuePair<string, object?>>)pairs);
    }

    /// <summary>A text with its places filled from pairs, as a refusal carries them.</summary>
    public string Of(string key, IReadOnlyCollection<KeyValuePair<string, object?>> values)
    {
        if (!_texts.ContainsKey(key))
            _missing(Language, key);
        if (Find(key) is not { } template)
            return key;

        var category = values.FirstOrDefault(pair => pair.Key == "count").Value is { } count
            ? PluralRules.Of(Language, Convert.ToDecimal(count, CultureInfo.InvariantCulture))
            : "other";
        return template.Fill(category, place => Value(key, place, values));
    }

    /// <summary>A day, as <c>22 November 2026</c>.</summary>
    public string Day(DateOnly day) => day.ToString(Pattern("format.day", day.Day), Culture);

    /// <summary>A day with the month shortened, for tables.</summary>
    public string ShortDay(DateOnly day) => day.ToString(Pattern("format.short_day", day.Day), Culture);

    /// <summary>A month, as <c>November 2026</c>.</summary>
    /// <param name="day">Any of its days.</param>
    public string Month(DateOnly day) => day.ToString(this["format.month"], Culture);

    /// <summary>A day and where it ends: the offset of the zone at its end and, where one State's capital keeps that
    /// zone, whose national time it is. Never a city.</summary>
    public string DayIn(DateOnly day, string zone) => Of("format.day_in", ("day", Day(day)), ("zone", Zone(day, zone)));

    /// <summary>The label of a zone on a day: <c>UTC+3</c>, or <c>UTC+3, national time of Kenya</c>.</summary>
    public string Zone(DateOnly day, string zone)
    {
        var offset = Zones.OffsetLabel(Zones.EndOf(day, zone), zone);
        return _states.OfZone(zone, Language) is { } state
            ? Of("format.zone_of_state", ("offset", offset), ("state", state))
            : offset;
    }

    /// <summary>How far a day is from today, where the day is meant: 6 days left, due today, 2 days late.</summary>
    /// <param name="zone">The IANA zone in which <paramref name="due"/> ends.</param>
    /// <param name="now">Business time.</param>
    public string DaysLeft(DateOnly due, string zone, DateTimeOffset now)
    {
        var days = Zones.DaysUntil(due, zone, now);
        return days switch
        {
            0 => this["format.due_today"],
            > 0 => Of("format.days_left", ("count", days)),
            < 0 => Of("format.days_late", ("count", -days)),
        };
    }

    /// <summary>An instant in UTC, as <c>22 November 2026, 14:05 UTC</c>.</summary>
    public string Instant(DateTimeOffset at) => at.UtcDateTime.ToString(Pattern("format.instant", at.UtcDateTime.Day), Culture);

    /// <summary>An instant by the wall clock of a zone, with its offset.</summary>
    public string InstantIn(DateTimeOffset at, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zones.Find(zone));
        return Of(
            "format.instant_in",
            ("instant", local.DateTime.ToString(Pattern("format.wall_clock", local.Day), Culture)),
            ("offset", Zones.OffsetLabel(at, zone)));
    }

    /// <summary>A whole number with the separators of the language.</summary>
    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>A size in bytes, rounded to something a person reads.</summary>
    public string Size(long bytes) => bytes switch
    {
        < 1_000 => Of("format.bytes", ("count", bytes)),
        < 1_000_000 => Of("format.kilobytes", ("size", (bytes / 1_000m).ToString("0.#", Culture))),
        _ => Of("format.megabytes", ("size", (bytes / 1_000_000m).ToString("0.#", Culture))),
    };

    /// <summary>Several names as a list: a comma between them as the language has it.</summary>
    public string List(IEnumerable<string> items) => string.Join(this["format.list_separator"], items.Select(Bidi.Isolated));

    private string Value(string key, string place, IReadOnlyCollection<KeyValuePair<string, object?>> values)
    {
        foreach (var pair in values)
        {
            if (pair.Key == place)
                return Formatted(pair.Value);
        }

        _missing(Language, $"{key}{{{place}}}");
        return $"{{{place}}}";
    }

    private string Formatted(object? value) => value switch
    {
        null => "",
        string text => Direction == "rtl" ? Bidi.Isolate(text) : Bidi.Isolated(text),
        int number => Number(number),
        long number => Number(number),
        decimal number => number.ToString("#,0.##", Culture),
        DateOnly day => Day(day),
        DateTimeOffset at => Instant(at),
        IEnumerable<string> items => List(items),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // French counts the first of a month and no other day: "1er mars".
    private string Pattern(string key, int day) =>
        Language == "fr" && day == 1 ? this[key].Replace("d MMM", "d'er' MMM", StringComparison.Ordinal) : this[key];
}
