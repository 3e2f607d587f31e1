using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;
using Answer = PeerReview.Core.Assessment.Answer;

namespace PeerReview.Server.Features.Assessment;

/// <summary>An answer as it comes in, from the API or the page.</summary>
/// <param name="Value">Code of the scale; null or empty while nothing is chosen.</param>
/// <param name="Label">Code of a sharing label.</param>
/// <param name="Language">ISO 639-1 code of the six; null for the language of the review.</param>
/// <param name="LastTested">A day, not after today by the calendar of the State.</param>
/// <param name="Reason">Why it does not apply.</param>
/// <param name="Sectors">Codes of sectors, for items that ask for them.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record AnswerRequest(
    string? Value = null,
    string Label = "AMBER",
    string? Language = null,
    string Rule = "",
    string Practice = "",
    string Evidence = "",
    string Testing = "",
    DateOnly? LastTested = null,
    string Reason = "",
    IReadOnlyList<string>? Sectors = null,
    int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>A day was typed that is none.</summary>
    [JsonIgnore]
    public bool DayUnreadable { get; init; }

    /// <summary>As the page sends it.</summary>
    public static AnswerRequest Of(Form form) => new(
        form.Text("value"),
        form.Text("label"),
        form.Text("language"),
        form.Text("rule"),
        form.Text("practice"),
        form.Text("evidence"),
        form.Text("testing"),
        form.Day("last_tested"),
        form.Text("reason"),
        form.All("sectors"),
        form.Number("version"))
    {
        DayUnreadable = form.Text("last_tested").Length > 0 && form.Day("last_tested") is null,
    };

    /// <summary>The answer it stands for, with everything that is wrong with its codes.</summary>
    /// <returns>Refusals <c>answer.unknown-value</c>, <c>answer.unknown-label</c>, <c>answer.day-unreadable</c>.</returns>
    internal (Answer Answer, List<Refusal> Problems) ToAnswer(string item, Framework framework, string language)
    {
        var problems = new List<Refusal>();
        AnswerValue? value = null;
        if (AnswerValues.TryParse(Value, out var chosen))
            value = chosen;
        else if (!string.IsNullOrEmpty(Value))
            problems.Add(new Refusal("answer.unknown-value", RefusalKind.Invalid, "value"));
        if (!SharingLabels.TryParse(Label, out var label))
            problems.Add(new Refusal("answer.unknown-label", RefusalKind.Invalid, "label"));
        if (DayUnreadable)
            problems.Add(new Refusal("answer.day-unreadable", RefusalKind.Invalid, "last_tested"));
        var sectors = (Sectors ?? []).Distinct(StringComparer.Ordinal).ToList();
        var answer = new Answer(item, value, label, string.IsNullOrEmpty(Language) ? language : Language)
        {
            Rule = Rule.Tidy(),
            Practice = Practice.Tidy(),
            Evidence = Evidence.Tidy(),
            Testing = Testing.Tidy(),
            LastTested = LastTested,
            Reason = Reason.Tidy(),
            // In the framework's order; unknown ones stay, to be refused by name.
            Sectors =
            [
                .. framework.Sectors.Select(s => s.Code).Where(code => sectors.Contains(code, StringComparer.Ordinal)),
                .. sectors.Where(code => framework.Sectors.All(s => s.Code != code)),
            ],
        };
        return (answer, problems);
    }

}
