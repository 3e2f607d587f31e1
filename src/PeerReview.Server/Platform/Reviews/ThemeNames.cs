using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What a theme is called: a group by a name of ours, a norm or pillar by its id and its theme in a word or two.</summary>
public static class ThemeNames
{
    /// <summary>In the language of the texts.</summary>
    /// <param name="theme">One of <see cref="Framework.Themes"/>; what is unknown is called by its code.</param>
    public static string Of(Texts texts, Framework framework, string theme) =>
        framework.In(texts.Language).Parts.FirstOrDefault(p => p.Id == theme) is { } part ? texts.Of("theme.part", ("id", part.Id), ("title", part.Theme))
        : texts.Find("theme.group." + theme) is null ? theme : texts["theme.group." + theme];

    /// <summary>The same with the number of its questions, as it is chosen from a list.</summary>
    public static string Counted(Texts texts, Framework framework, string theme) =>
        texts.Of("theme.counted", ("theme", Of(texts, framework, theme)), ("count", framework.ItemsOn(theme).Count()));

    /// <summary>A kind of review with its theme, where it has one.</summary>
    /// <param name="theme">In words; null where the review is about the whole framework.</param>
    public static string With(Texts texts, string kind, string? theme) =>
        theme is null ? kind : texts.Of("theme.whole", ("kind", kind), ("theme", theme));
}
