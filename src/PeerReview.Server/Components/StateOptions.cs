using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>The States to choose from.</summary>
public static class StateOptions
{
    /// <summary>Each by its name in the reader's language, sorted as that language sorts.</summary>
    public static IReadOnlyList<ChoiceOption> Of(StateNames states, Texts texts) =>
    [
        .. states.Codes.Select(code => new ChoiceOption(code, states.Of(code, texts.Language)))
            .OrderBy(option => option.Label, StringComparer.Create(texts.Culture, ignoreCase: true)),
    ];
}
