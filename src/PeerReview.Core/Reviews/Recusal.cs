using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>That an expert has no part in some items, by their own word or by a decision on an objection.</summary>
/// <param name="By">Who recorded it: the expert, or the head coordinator.</param>
public sealed record Recusal(Guid Person, ImmutableArray<string> Items, Guid By);

/// <summary>Whether an expert can be kept from items instead of leaving the review (process B.4).</summary>
public static class RecusalRules
{
    /// <summary>The items an expert has no part in, in the framework's order.</summary>
    public static ImmutableArray<string> ItemsOf(Dossier dossier, Guid expert) =>
        [.. dossier.Items.Where(item => IsRecused(dossier, expert, item))];

    /// <summary>Whether an expert has no part in an item.</summary>
    public static bool IsRecused(Dossier dossier, Guid expert, string item) =>
        dossier.Team.Recusals.Any(r => r.Person == expert && r.Items.Contains(item, StringComparer.Ordinal));

    /// <summary>The experts who may comment on an item.</summary>
    public static ImmutableArray<Guid> FreeFor(Dossier dossier, string item) =>
        [.. dossier.Holding(RoleCode.Expert).Where(expert => !IsRecused(dossier, expert, item))];

    /// <summary>Why an expert cannot be kept from items; null when they can.</summary>
    /// <returns><c>recusal.items-missing</c>, <c>recusal.unknown-item</c>, <c>recusal.everything</c>, <c>recusal.nobody-left</c>
    /// {item}.</returns>
    public static Refusal? Check(Dossier dossier, Guid expert, IReadOnlyCollection<string> items)
    {
        if (items.Count == 0)
            return new Refusal("recusal.items-missing", RefusalKind.Invalid, "items");
        if (items.Any(item => !dossier.Items.Contains(item, StringComparer.Ordinal)))
            return new Refusal("recusal.unknown-item", RefusalKind.Invalid, "items");
        if (dossier.Items.All(item => items.Contains(item, StringComparer.Ordinal) || IsRecused(dossier, expert, item)))
            return new Refusal("recusal.everything", RefusalKind.Invalid, "items");
        return items.FirstOrDefault(item => !Others(dossier, item).Any(other => other != expert)) is { } alone
            ? new Refusal("recusal.nobody-left", RefusalKind.Conflict, "items").With("item", alone)
            : null;
    }

    /// <summary>Who comments on an item, once that is agreed; who could, before.</summary>
    private static IEnumerable<Guid> Others(Dossier dossier, string item)
    {
        var free = FreeFor(dossier, item);
        return dossier.Team.Split.FirstOrDefault(s => s.Item == item) is { } agreed ? free.Intersect(agreed.Experts) : free;
    }
}
