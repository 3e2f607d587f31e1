using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>What an expert declares for one review.</summary>
/// <param name="Ties">Codes of what holds, see <see cref="DeclarationRules.Ties"/>; empty when nothing does.</param>
/// <param name="Details">What there is to say about them.</param>
/// <param name="Conduct">The code of conduct is accepted.</param>
public sealed record DeclarationContent(ImmutableArray<string> Ties, string Details, bool Conduct);

/// <summary>Whether a declaration can be signed.</summary>
public static class DeclarationRules
{
    /// <summary>Longest details, in characters.</summary>
    public const int MaxText = 2000;

    /// <summary>What is asked, in the order of the form (process B.4): ties to the subject now; work for it or for a supplier of its
    /// strategy within 24 months; a financial interest; close family; a part in an open incident or dispute between the States;
    /// something said in public about who is behind an incident; anything else.</summary>
    public static readonly ImmutableArray<string> Ties =
        ["current_ties", "work", "finance", "family", "dispute", "attribution", "other"];

    /// <summary>The rules of the code of conduct, by the codes of their texts.</summary>
    public static readonly ImmutableArray<string> Conduct = ["evidence", "respect", "confidence", "independence", "attribution", "report"];

    /// <summary>Everything that is wrong, each with its field; empty when it can be signed.</summary>
    /// <returns><c>declaration.unknown-tie</c>, <c>declaration.details-missing</c>, <c>declaration.details</c> {max},
    /// <c>declaration.conduct</c>.</returns>
    public static IEnumerable<Refusal> Check(DeclarationContent declaration)
    {
        if (declaration.Ties.Any(tie => !Ties.Contains(tie, StringComparer.Ordinal)))
            yield return new Refusal("declaration.unknown-tie", RefusalKind.Invalid, "ties");
        if (!declaration.Ties.IsEmpty && string.IsNullOrWhiteSpace(declaration.Details))
            yield return new Refusal("declaration.details-missing", RefusalKind.Invalid, "details");
        if (declaration.Details.Length > MaxText || !Text.IsReadable(declaration.Details))
            yield return new Refusal("declaration.details", RefusalKind.Invalid, "details").With("max", MaxText);
        if (!declaration.Conduct)
            yield return new Refusal("declaration.conduct", RefusalKind.Invalid, "conduct");
    }
}
