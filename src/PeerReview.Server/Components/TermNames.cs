using System.Collections.Immutable;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>Codes of a framework in words.</summary>
public static class TermNames
{
    /// <summary>The text of a code; the code itself where the list has none.</summary>
    public static string Name(this ImmutableArray<Term> terms, string code) =>
        terms.FirstOrDefault(t => t.Code == code)?.Text ?? code;

    /// <summary>The texts of several codes as a list.</summary>
    public static string Names(this ImmutableArray<Term> terms, IEnumerable<string> codes, Texts texts) =>
        texts.List(codes.Select(code => terms.Name(code)));

    /// <summary>The terms as things to choose.</summary>
    public static IReadOnlyList<ChoiceOption> Options(this ImmutableArray<Term> terms) =>
        [.. terms.Select(t => new ChoiceOption(t.Code, t.Text, t.Help.Length == 0 ? null : t.Help))];
}
