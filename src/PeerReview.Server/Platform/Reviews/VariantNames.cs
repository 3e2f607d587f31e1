using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What a kind of review is called: a process of a programme's own names its variants itself.</summary>
public static class VariantNames
{
    /// <summary>In the language of the texts.</summary>
    public static string Of(Texts texts, ProcessDefinition process, string variant) => process.OfferedByDefault
        ? texts["variant." + variant]
        : process.In(texts.Language).FindVariant(variant)?.Title ?? variant;

    /// <summary>The same in a list of reviews: with the process where it is another than ours, and where the strategy is no State's alone.</summary>
    /// <param name="kind">Of the subject, as the process names it.</param>
    /// <param name="theme">The one theme of the review in words, or null.</param>
    public static string Whole(Texts texts, ProcessDefinition process, string variant, string kind, string? theme) =>
        OfKind(texts, ThemeNames.With(texts, Own(texts, process, variant), theme), kind);

    /// <summary>Of a review.</summary>
    public static string Of(Texts texts, LoadedReview review)
    {
        var theme = review.Dossier.Theme is { } one ? ThemeNames.Of(texts, review.Framework, one) : null;
        return OfKind(texts, ThemeNames.With(texts, Of(texts, review.Process, review.State.Variant), theme), review.Dossier.SubjectKind);
    }

    private static string OfKind(Texts texts, string name, string kind) =>
        kind == Region.National ? name : texts.Of("shell.pair", ("one", name), ("two", texts["launch.kind.name." + kind]));

    private static string Own(Texts texts, ProcessDefinition process, string variant) => process.OfferedByDefault
        ? Of(texts, process, variant)
        : texts.Of("stage.kind", ("kind", Of(texts, process, variant)), ("process", process.In(texts.Language).Title));
}
