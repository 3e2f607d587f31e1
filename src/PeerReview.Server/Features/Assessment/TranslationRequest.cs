using PeerReview.Core;
using PeerReview.Core.Assessment;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>A translation of an answer as it comes in, from the API or the page. All empty, it is shown no longer.</summary>
/// <param name="MadeFrom">The version of the answer it was made from; null for the one that stands.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record TranslationRequest(
    string Rule = "",
    string Practice = "",
    string Evidence = "",
    string Testing = "",
    string Reason = "",
    int? MadeFrom = null,
    int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>As the page sends it.</summary>
    public static TranslationRequest Of(Form form) => new(
        form.Text("rule"),
        form.Text("practice"),
        form.Text("evidence"),
        form.Text("testing"),
        form.Text("reason"),
        form.Number("made_from"),
        form.Number("version"));

    /// <summary>The translation it stands for.</summary>
    /// <param name="original">The version the answer is at; 0 while there is none.</param>
    internal AnswerTranslation ToTranslation(string item, string language, int original) =>
        new(item, language, MadeFrom ?? original)
        {
            Rule = Rule.Tidy(),
            Practice = Practice.Tidy(),
            Evidence = Evidence.Tidy(),
            Testing = Testing.Tidy(),
            Reason = Reason.Tidy(),
        };

}
