using PeerReview.Core;
using PeerReview.Core.Assessment;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>Says of a text that was refused for its length how long it is: whoever shortens it knows by how much.</summary>
public static class HowLong
{
    /// <summary>The sentence to put behind that of the refusal; null where the text is not longer than the refusal allows, or the refusal
    /// counts itself.</summary>
    /// <param name="error">A refusal with <c>max</c> characters, or with <c>words</c> and <c>characters</c>.</param>
    /// <param name="value">What was typed.</param>
    public static string? Of(Refusal error, string value, Texts texts)
    {
        if (error.Kind != RefusalKind.Invalid || error.Args.ContainsKey("length"))
            return null;
        var text = value.Tidy();
        return (Number("max"), Number("words"), Number("characters")) switch
        {
            ({ } max, null, null) when text.Length > max => texts.Of("shell.length", ("length", text.Length)),
            (null, { } words, { } characters) when text.Length > characters || WordCount.Of(text) > words =>
                texts.Of("shell.length_words", ("words", WordCount.Of(text)), ("length", text.Length)),
            _ => null,
        };

        int? Number(string name) => error.Args.TryGetValue(name, out var value) && value is int number ? number : null;
    }
}
