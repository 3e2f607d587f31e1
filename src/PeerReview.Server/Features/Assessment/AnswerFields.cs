using System.Globalization;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;
using Answer = PeerReview.Core.Assessment.Answer;

namespace PeerReview.Server.Features.Assessment;

/// <summary>An answer as the fields of its form.</summary>
internal static class AnswerFields
{
    /// <summary>What is stored, as if somebody had typed it.</summary>
    public static Form Write(Answer answer) => Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["value"] = [answer.Value?.Code() ?? ""],
        ["rule"] = [answer.Rule],
        ["practice"] = [answer.Practice],
        ["evidence"] = [answer.Evidence],
        ["testing"] = [answer.Testing],
        ["last_tested"] = [answer.LastTested?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""],
        ["reason"] = [answer.Reason],
        ["sectors"] = [.. answer.Sectors],
        ["label"] = [answer.Label.Code()],
        ["language"] = [answer.Language],
    });

    /// <summary>The fields two people may have changed, in the order of the form.</summary>
    public static IEnumerable<FieldToMerge> Of(Framework framework, Texts texts) =>
    [
        new("value", texts["assessment.form.value"]) { Shown = code => framework.Scale.FirstOrDefault(t => t.Code == code)?.Text ?? "" },
        Text("rule", framework, texts),
        Text("practice", framework, texts),
        Text("evidence", framework, texts),
        new("last_tested", LayerNames.Of("last_tested", framework, texts))
        {
            Shown = day => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var tested) ? texts.Day(tested) : day,
        },
        Text("testing", framework, texts),
        new("sectors", texts["assessment.form.sectors"])
        {
            Multiple = true,
            Shown = code => framework.Sectors.FirstOrDefault(s => s.Code == code)?.Text ?? code,
        },
        Text("reason", framework, texts),
        new("label", texts["assessment.form.label"]) { Shown = code => $"TLP:{code}" },
        new("language", texts["assessment.form.language"]) { Shown = texts.LanguageName },
    ];

    /// <summary>The fields that differ between two answers, each with what was and what is shown.</summary>
    public static IEnumerable<(FieldToMerge Field, string Before, string After)> Changed(Answer before, Answer after, Framework framework, Texts texts)
    {
        var (old, now) = (Write(before), Write(after));
        return Of(framework, texts).Select(field => (field, Shown(old, field), Shown(now, field))).Where(line => line.Item2 != line.Item3);
    }

    /// <summary>Whether two answers say the same under the same label.</summary>
    public static bool Same(Answer before, Answer after)
    {
        var (old, now) = (Write(before), Write(after));
        return old.Names.All(name => old.All(name).SequenceEqual(now.All(name), StringComparer.Ordinal));
    }

    private static string Shown(Form form, FieldToMerge field) =>
        string.Join("\n", form.All(field.Name).Select(value => value.Length == 0 || field.IsText ? value : field.Shown(value)));

    private static FieldToMerge Text(string layer, Framework framework, Texts texts) =>
        new(layer, LayerNames.Of(layer, framework, texts)) { IsText = true };
}
