using System.Collections.Frozen;
using PeerReview.Server.Platform.Letters;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>The filters letters have, by the groups Scriban knows them in.</summary>
/// <remarks>Left out is what reads the clock, chance, the culture or zone of the machine, or a file; what runs a text as a
/// template; regular expressions; and what makes much of little before it looks at a limit.</remarks>
internal static class LetterFilters
{
    private static readonly FrozenDictionary<string, ScriptObject> Groups = new Dictionary<string, ScriptObject>(StringComparer.Ordinal)
    {
        ["string"] = Locked(
        [
            .. Picked(
                new StringFunctions(),
                "append", "contains", "downcase", "empty", "prepend", "remove", "remove_first", "replace_first", "size", "slice", "split",
                "strip", "truncate", "truncatewords", "upcase", "whitespace"),
            ("replace", DynamicCustomFunction.Create((Func<string?, string?, string?, string>)Replace)),
        ]),
        ["array"] = Locked(Picked(
            new ArrayFunctions(), "contains", "first", "join", "last", "limit", "map", "offset", "reverse", "size", "uniq")),
        ["math"] = Locked(Picked(new MathFunctions(), "abs", "minus", "plus", "times")),
        ["date"] = Locked(
        [
            ("add_days", DynamicCustomFunction.Create((Func<DateTime, int, DateTime>)AddDays)),
            ("format", DynamicCustomFunction.Create((Func<TemplateContext, DateTime, string, string>)Format)),
        ]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The only globals of a letter beside its values; read-only, shared by all letters.</summary>
    public static ScriptObject All { get; } = Locked(Groups.Select(group => (group.Key, (object)group.Value)));

    /// <summary>Whether a name is a group of filters.</summary>
    public static bool Has(string group) => Groups.ContainsKey(group);

    /// <summary>The filters of a group, sorted.</summary>
    public static IEnumerable<string> Of(string group) => Groups[group].Keys.Order(StringComparer.Ordinal);

    private static IEnumerable<(string, object)> Picked(ScriptObject library, params string[] filters) =>
        filters.Select(filter => (filter, library[filter] ?? throw new InvalidOperationException($"Scriban has no {filter}.")));

    private static ScriptObject Locked(IEnumerable<(string Name, object Entry)> entries)
    {
        var locked = new ScriptObject(StringComparer.Ordinal);
        foreach (var (name, entry) in entries)
            locked.SetValue(name, entry, readOnly: true);
        locked.IsReadOnly = true;
        return locked;
    }

    // Scriban's own looks at the length of what it has already made.
    private static string Replace(string? text, string? match, string? with)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(match))
            return text ?? "";
        var length = text.Length + (long)text.AsSpan().Count(match) * ((with?.Length ?? 0) - match.Length);
        return length > LetterLimits.Output ? throw LetterLimits.TooMuch() : text.Replace(match, with, StringComparison.Ordinal);
    }

    private static DateTime AddDays(DateTime day, int days) => day.AddDays(days);

    // Scriban's own writes each part by itself, which is wrong where a month is declined: 31 март for 31 марта.
    private static string Format(TemplateContext context, DateTime day, string pattern) => day.ToString(pattern, context.CurrentCulture);
}
