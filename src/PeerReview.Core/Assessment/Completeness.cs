using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Assessment;

/// <summary>What keeps a self-assessment from being handed in (guard G-SCOPEFULL).</summary>
/// <param name="Missing">In the framework's order; empty when it is complete.</param>
public sealed record Completeness(ImmutableArray<MissingItem> Missing)
{
    /// <summary>Whether every item in scope is answered, not applicable with a reason, or declined,
    /// and whatever came from the last review was looked at.</summary>
    public bool IsComplete => Missing.IsEmpty;

    /// <summary>Looks at every item in scope. Preferring not to answer is a full answer.</summary>
    /// <param name="framework">The framework, for its order.</param>
    /// <param name="scope">Items of the review.</param>
    /// <param name="answers">The answers that stand; those to items out of scope are not looked at.</param>
    public static Completeness Of(Framework framework, IReadOnlyCollection<string> scope, IEnumerable<Answer> answers)
    {
        var byItem = answers.ToDictionary(a => a.Item, StringComparer.Ordinal);
        var inScope = scope.ToHashSet(StringComparer.Ordinal);
        return new Completeness(
        [
            .. framework.Items.Where(i => inScope.Contains(i.Id))
                .Select(i => (i.Id, Why: Lacks(byItem.GetValueOrDefault(i.Id))))
                .Where(m => m.Why is not null)
                .Select(m => new MissingItem(m.Id, m.Why!.Value)),
        ]);
    }

    private static Lack? Lacks(Answer? answer) => answer switch
    {
        null or { Value: null } => Lack.NotAnswered,
        { FromLast: true } => Lack.NotLookedAt,
        { Value: AnswerValue.NotApplicable } when string.IsNullOrWhiteSpace(answer.Reason) => Lack.NoReason,
        _ => null,
    };
}

/// <summary>One item that is not done, and why.</summary>
public sealed record MissingItem(string Item, Lack Why);

/// <summary>What an answer lacks.</summary>
public enum Lack
{
    /// <summary>Nothing was chosen from the scale.</summary>
    NotAnswered,

    /// <summary>Not applicable, and no reason why.</summary>
    NoReason,

    /// <summary>It says what the last review's said, and nobody has looked whether it still holds.</summary>
    NotLookedAt,
}
