using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>The variants of the process that can be launched and taken to their end. The others are refused with a sentence.</summary>
/// <param name="Codes">At least one; the first is proposed.</param>
public sealed record VariantsOffered(ImmutableArray<string> Codes)
{
    /// <summary>What this release offers.</summary>
    public static VariantsOffered Release { get; } = new(["light", "desk"]);

    /// <summary>The variant proposed.</summary>
    public string First => Codes[0];

    /// <summary>Whether a variant is offered.</summary>
    public bool Has(string variant) => Codes.Contains(variant, StringComparer.Ordinal);
}
