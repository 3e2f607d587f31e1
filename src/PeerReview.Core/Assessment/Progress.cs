using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Assessment;

/// <summary>How far one norm or pillar is. Counts items, says nothing of what the answers say.</summary>
/// <param name="Part">Id of the part.</param>
/// <param name="Done">Items that lack nothing.</param>
/// <param name="InScope">Items of the review in it; never zero.</param>
public sealed record Progress(string Part, int Done, int InScope)
{
    /// <summary>A line per part that has an item in scope, in the framework's order.</summary>
    public static ImmutableArray<Progress> Of(Framework framework, IReadOnlyCollection<string> scope, IEnumerable<Answer> answers)
    {
        var missing = Completeness.Of(framework, scope, answers).Missing.Select(m => m.Item).ToHashSet(StringComparer.Ordinal);
        var inScope = scope.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. framework.Parts
                .Select(p => (p.Id, Items: p.Items.Where(i => inScope.Contains(i.Id)).ToList()))
                .Where(p => p.Items.Count > 0)
                .Select(p => new Progress(p.Id, p.Items.Count(i => !missing.Contains(i.Id)), p.Items.Count)),
        ];
    }
}
