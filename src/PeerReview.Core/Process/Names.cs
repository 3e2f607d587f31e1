using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Short lists of ids, compared character by character.</summary>
internal static class Names
{
    public static bool Has(this ImmutableArray<string> names, string name)
    {
        foreach (var n in names)
        {
            if (n == name)
                return true;
        }

        return false;
    }
}
