using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Writings;

/// <summary>What is to be done, by whom, by when, as the fields of a page: commitments and recommendations have the same.</summary>
public static class MeasureForm
{
    /// <summary>What somebody typed.</summary>
    public static Commitment Read(Form form) => new(form.Text("title"))
    {
        Text = form.Text("text"),
        Items = [.. form.All("items")],
        Lenses = [.. form.All("lenses")],
        Outcomes = [.. form.All("outcomes")],
        Level = form.Text("level"),
        ActionType = form.Text("action_type"),
        ThreatKind = form.Text("threat_kind") is { Length: > 0 } kind ? kind : null,
        RightsConsidered = form.IsOn("rights_considered"),
        Urgency = form.Text("urgency"),
        Owner = form.Text("owner"),
        Due = form.Day("due"),
        Indicator = form.Text("indicator"),
        HelpNeeded = form.Text("help_needed") switch { "yes" => true, "no" => false, _ => null },
        Help = form.Text("help"),
    };

    /// <summary>What is stored, as if somebody had typed it.</summary>
    public static IDictionary<string, StringValues> Fields(Commitment c) => new Dictionary<string, StringValues>(StringComparer.Ordinal)
    {
        ["title"] = c.Title,
        ["text"] = c.Text,
        ["items"] = c.Items.ToArray(),
        ["lenses"] = c.Lenses.ToArray(),
        ["outcomes"] = c.Outcomes.ToArray(),
        ["level"] = c.Level,
        ["action_type"] = c.ActionType,
        ["threat_kind"] = c.ThreatKind ?? "",
        ["rights_considered"] = c.RightsConsidered ? "on" : "",
        ["urgency"] = c.Urgency,
        ["owner"] = c.Owner,
        ["due"] = c.Due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        ["indicator"] = c.Indicator,
        ["help_needed"] = c.HelpNeeded switch { true => "yes", false => "no", null => "" },
        ["help"] = c.Help,
    };

    /// <summary>The fields two people may have changed, in the order of the form.</summary>
    public static IEnumerable<FieldToMerge> ToMerge(Framework framework, Texts texts) =>
    [
        FieldToMerge.OfText("title", texts["commitment.title"]),
        FieldToMerge.OfText("text", texts["commitment.text"]),
        new("items", texts["commitment.items"]) { Multiple = true },
        FieldToMerge.OfTerm("lenses", texts["commitment.lenses"], framework.Lenses, multiple: true),
        FieldToMerge.OfTerm("outcomes", texts["commitment.outcomes"], framework.Outcomes, multiple: true),
        FieldToMerge.OfTerm("level", texts["commitment.level"], framework.Levels),
        FieldToMerge.OfTerm("action_type", texts["commitment.action_type"], framework.ActionTypes),
        FieldToMerge.OfTerm("threat_kind", texts["commitment.threat_kind"], framework.ThreatKinds),
        FieldToMerge.OfText("owner", texts["commitment.owner"]),
        new("due", texts["commitment.due"])
        {
            Shown = due => DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? texts.Day(day) : due,
        },
        FieldToMerge.OfText("indicator", texts["commitment.indicator"]),
        new("help_needed", texts["commitments.help_needed"]) { Shown = code => code.Length == 0 ? "" : texts["commitments." + code] },
        FieldToMerge.OfText("help", texts["commitment.help"]),
        FieldToMerge.OfTerm("urgency", texts["commitments.urgency"], framework.Urgencies),
        new("rights_considered", texts["commitments.rights"]) { Multiple = true, Shown = _ => texts["commitments.rights_yes"] },
    ];
}
