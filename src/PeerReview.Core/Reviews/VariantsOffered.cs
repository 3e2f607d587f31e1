using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>The variants of the process that can be launched and taken to their end. The others are refused with a sentence.</summary>
/// <param name="Codes">At least one; the first is proposed.</param>
public sealed record VariantsOffered(ImmutableArray<string> Codes)
{
    /// <summary>What this release offers.</summary>
    public static VariantsOffered Release { get; } = new(["light", "desk", "full"]);

    /// <summary>Those of one process: a programme's own process is offered as a whole.</summary>
    public VariantsOffered For(ProcessDefinition process) =>
        process.OfferedByDefault ? this : new VariantsOffered([.. process.Variants.Select(variant => variant.Id)]);

    /// <summary>The variant proposed.</summary>
    public string First => Codes[0];

    /// <summary>Whether a variant is offered.</summary>
    public bool Has(string variant) => Codes.Contains(variant, StringComparer.Ordinal);
}
