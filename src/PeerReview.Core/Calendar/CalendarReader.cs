using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Core.Calendar;

/// <summary>Reads <c>workflows/calendars</c>: sessions and holidays.</summary>
public static class CalendarReader
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Reads <c>sessions.yaml</c>.</summary>
    /// <returns>The sessions in the order of their first day, or every problem of the file.</returns>
    public static CalendarResult<SessionCalendar> ReadSessions(DataNode root, string path)
    {
        var at = new Reading(path);
        var sessions = ImmutableArray.CreateBuilder<Session>();
        foreach (var item in at.List(root, "sessions", "sessions"))
        {
            var keys = at.Keys(item, "title", "first", "last");
            var title = at.Text(item, keys, "title");
            if (at.Day(item, keys, "first") is not { } first || at.Day(item, keys, "last") is not { } last)
                continue;
            if (last < first)
                at.Problem(item.Line, "the session ends before it begins: exchange 'first' and 'last'");
            else
                sessions.Add(new Session(title, first, last));
        }

        return at.Answer(() => new SessionCalendar([.. sessions.OrderBy(s => s.First).ThenBy(s => s.Last)]));
    }

    /// <summary>Reads one file of <c>holidays/</c>.</summary>
    /// <returns>The days off, or every problem of the file.</returns>
    public static CalendarResult<DaysOff> ReadHolidays(DataNode root, string path)
    {
        var at = new Reading(path);
        var weekend = ImmutableArray.CreateBuilder<DayOfWeek>();
        foreach (var item in at.List(root, "weekend", "weekend", "holidays"))
        {
            if (item is DataNode.Scalar { Text: { } name } && Enum.GetNames<DayOfWeek>().Any(d => Same(d, name)))
                weekend.Add(Enum.Parse<DayOfWeek>(name, ignoreCase: true));
            else
                at.Problem(item.Line, "'weekend' lists English names of days in small letters, such as friday");
        }

        if (weekend.Distinct().Count() > 6)
            at.Problem(root.Line, "every day is a weekend: leave at least one working day");
        var holidays = ImmutableSortedSet.CreateBuilder<DateOnly>();
        foreach (var item in at.List(root, "holidays", "weekend", "holidays"))
        {
            var keys = at.Keys(item, "day", "title");
            at.Text(item, keys, "title");
            if (at.Day(item, keys, "day") is { } day && !holidays.Add(day))
                at.Problem(item.Line, $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)} stands twice: keep one");
        }

        return at.Answer(() => new DaysOff([.. weekend.Distinct()], [.. holidays]));
    }

    private static bool Same(string day, string name) => string.Equals(day, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gathers the problems of one file.</summary>
    private sealed class Reading(string path)
    {
        private readonly ImmutableArray<DataProblem>.Builder _problems = ImmutableArray.CreateBuilder<DataProblem>();

        public void Problem(int line, string message) => _problems.Add(new DataProblem(path, line, message));

        public CalendarResult<T> Answer<T>(Func<T> value)
            where T : class => _problems.Count == 0
                ? new CalendarResult<T>(value(), [])
                : new CalendarResult<T>(null, [.. _problems.OrderBy(p => p.Line)]);

        public ImmutableArray<DataNode> List(DataNode root, string key, params string[] allowed) =>
            Keys(root, allowed).GetValueOrDefault(key) switch
            {
                DataNode.Sequence list => list.Items,
                null => [],
                var other => Refuse<ImmutableArray<DataNode>>(other.Line, $"'{key}' must be a list", []),
            };

        public Dictionary<string, DataNode> Keys(DataNode node, params string[] allowed)
        {
            var keys = new Dictionary<string, DataNode>(StringComparer.Ordinal);
            if (node is not DataNode.Mapping map)
                return Refuse(node.Line, $"write a mapping with the keys {string.Join(", ", allowed)}", keys);
            foreach (var entry in map.Entries)
            {
                if (!allowed.Contains(entry.Key, StringComparer.Ordinal))
                    Problem(entry.Line, $"unknown key '{entry.Key}': the keys are {string.Join(", ", allowed)}");
                else if (!keys.TryAdd(entry.Key, entry.Value))
                    Problem(entry.Line, $"'{entry.Key}' stands twice: keep one");
            }

            return keys;
        }

        public string Text(DataNode item, Dictionary<string, DataNode> keys, string key) =>
            keys.GetValueOrDefault(key) is DataNode.Scalar { Text: { } text }
                ? text
                : Refuse(item.Line, $"'{key}' is missing: add it", "");

        public DateOnly? Day(DataNode item, Dictionary<string, DataNode> keys, string key) =>
            DateOnly.TryParseExact(Text(item, keys, key), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : Refuse<DateOnly?>(item.Line, $"'{key}' must be a day written as 2030-01-31", null);

        private T Refuse<T>(int line, string message, T otherwise)
        {
            if (!_problems.Any(p => p.Line == line && p.Message == message))
                Problem(line, message);
            return otherwise;
        }
    }
}

/// <summary>What a calendar file says, or what is wrong with it.</summary>
/// <param name="Value">Null when there are problems.</param>
public sealed record CalendarResult<T>(T? Value, ImmutableArray<DataProblem> Problems)
    where T : class;

/// <summary>The days off of one party, to be joined with its zone into a <see cref="PartyCalendar"/>.</summary>
/// <param name="Weekend">Empty when the file does not say: then Saturday and Sunday.</param>
public sealed record DaysOff(ImmutableArray<DayOfWeek> Weekend, ImmutableHashSet<DateOnly> Holidays)
{
    /// <summary>The calendar of a party that declared this zone.</summary>
    public PartyCalendar In(TimeZoneInfo zone) =>
        PartyCalendar.In(zone) with { Weekend = Weekend.IsEmpty ? PartyCalendar.In(zone).Weekend : Weekend, Holidays = Holidays };
}
