using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Core.Deliberation;

/// <summary>The numbers of recommendations, <c>R-01</c> and on. One that is withdrawn leaves its number unused: what was said of it stays true.</summary>
public static class RecommendationNumbers
{
    private const string Prefix = "R-";

    /// <summary>The numbers between the first and the last that nothing stands under.</summary>
    /// <param name="standing">The ids of all that stand, in any order.</param>
    public static ImmutableArray<string> Withdrawn(IEnumerable<string> standing)
    {
        var numbers = standing.Select(NumberOf).OfType<int>().ToImmutableHashSet();
        return numbers.IsEmpty ? [] :
        [
            .. Enumerable.Range(1, numbers.Max()).Where(number => !numbers.Contains(number))
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:00}")),
        ];
    }

    private static int? NumberOf(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
