using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Assessment;

/// <summary>Which items a review is about.</summary>
public static class Scope
{
    /// <summary>The items of a review: those fixed for it and the State's own choice, in the framework's order.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="variant">light: the fixed set and up to the budget; desk: the same, with a larger budget; full: every
    /// item when nothing is chosen.</param>
    /// <param name="chosen">Full ids; naming a fixed item changes nothing.</param>
    /// <returns>The items, or <c>scope.unknown-variant</c>, <c>scope.unknown-item</c> {item}, <c>scope.doubled-item</c>
    /// {item}, <c>scope.too-many</c> {chosen, max}.</returns>
    public static Verdict<ImmutableArray<string>> Of(Framework framework, string variant, IReadOnlyCollection<string> chosen)
    {
        if (!framework.Budgets.TryGetValue(variant, out var budget))
            return new Refusal("scope.unknown-variant", RefusalKind.Invalid, "variant");
        if (chosen.FirstOrDefault(id => framework.Item(id) is null) is { } unknown)
            return new Refusal("scope.unknown-item", RefusalKind.Invalid, "items").With("item", Short(unknown));
        var own = chosen.ToHashSet(StringComparer.Ordinal);
        if (own.Count != chosen.Count)
            return new Refusal("scope.doubled-item", RefusalKind.Invalid, "items").With("item", Doubled(chosen));
        var all = variant == "full" && own.Count == 0;
        ImmutableArray<string> items =
            [.. framework.Items.Where(i => all || i.InLightSet || own.Contains(i.Id)).Select(i => i.Id)];
        if (items.Length <= budget.MaxItems)
            return items;
        var @fixed = framework.Items.Count(i => i.InLightSet);
        return new Refusal("scope.too-many", RefusalKind.Invalid, "items")
            .With("chosen", items.Length - @fixed).With("max", budget.MaxItems - @fixed);
    }

    /// <summary>The items of a review of one theme: all of them, and no others.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="variant">As in <see cref="Of"/>; its budget is the same.</param>
    /// <param name="theme">One of <see cref="Framework.Themes"/>.</param>
    /// <param name="chosen">Items of the State's own choice, which a theme leaves no room for.</param>
    /// <returns>The items, or <c>scope.unknown-variant</c>, <c>scope.unknown-theme</c>, <c>scope.theme-alone</c>,
    /// <c>scope.theme-too-large</c> {count, max}.</returns>
    public static Verdict<ImmutableArray<string>> OnTheme(Framework framework, string variant, string theme, IReadOnlyCollection<string> chosen)
    {
        if (!framework.Budgets.TryGetValue(variant, out var budget))
            return new Refusal("scope.unknown-variant", RefusalKind.Invalid, "variant");
        if (chosen.Count > 0)
            return new Refusal("scope.theme-alone", RefusalKind.Invalid, "items");
        ImmutableArray<string> items = [.. framework.ItemsOn(theme).Select(i => i.Id)];
        return items.IsEmpty ? new Refusal("scope.unknown-theme", RefusalKind.Invalid, "theme")
            : items.Length > budget.MaxItems
                ? new Refusal("scope.theme-too-large", RefusalKind.Invalid, "theme").With("count", items.Length).With("max", budget.MaxItems)
            : items;
    }

    private static string Doubled(IEnumerable<string> chosen) =>
        chosen.GroupBy(id => id, StringComparer.Ordinal).First(g => g.Count() > 1).Key;

    /// <summary>What somebody sent goes back into a sentence only as far as an id could be long.</summary>
    private static string Short(string id) => id.Length <= 20 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? id : "?";
}
