using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>Says at a field in which language those who read it work. Whoever writes in another is read after a translation, or not at
/// all.</summary>
public static class ReadersLanguage
{
    /// <summary>The hint of a field, with that sentence after it where the page is in another language.</summary>
    /// <param name="hint">What else helps to fill the field in, or null.</param>
    public static string? Hint(LoadedReview review, Texts texts, string? hint = null)
    {
        var language = review.Dossier.Team.Language ?? review.Dossier.WorkingLanguage;
        if (language == texts.Language)
            return hint;
        var sentence = texts.Of("shell.read_in", ("language", texts.LanguageName(language)));
        return hint is null ? sentence : $"{hint} {sentence}";
    }
}
