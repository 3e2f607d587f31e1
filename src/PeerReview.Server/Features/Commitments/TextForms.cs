using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <inheritdoc/>
public sealed class CommitmentForm : TextForm<Commitment>
{
    protected override Commitment Content(Form form) => new(form.Text("title"))
    {
        Text = form.Text("text"),
        Items = [.. form.All("items")],
        Lenses = [.. form.All("lenses")],
        Outcomes = [.. form.All("outcomes")],
        Level = form.Text("level"),
        ActionType = form.Text("action_type"),
        ThreatKind = Code(form.Text("threat_kind")),
        RightsConsidered = form.IsOn("rights_considered"),
        Urgency = form.Text("urgency"),
        Owner = form.Text("owner"),
        Due = form.Day("due"),
        Indicator = form.Text("indicator"),
        HelpNeeded = form.Text("help_needed") switch { "yes" => true, "no" => false, _ => null },
        Help = form.Text("help"),
    };

    protected override IDictionary<string, StringValues> Fields(Commitment c) => new Dictionary<string, StringValues>(StringComparer.Ordinal)
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

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
    [
        Text("title", texts["commitment.title"]),
        Text("text", texts["commitment.text"]),
        new("items", texts["commitment.items"]) { Multiple = true },
        Term("lenses", texts["commitment.lenses"], framework.Lenses, multiple: true),
        Term("outcomes", texts["commitment.outcomes"], framework.Outcomes, multiple: true),
        Term("level", texts["commitment.level"], framework.Levels),
        Term("action_type", texts["commitment.action_type"], framework.ActionTypes),
        Term("threat_kind", texts["commitment.threat_kind"], framework.ThreatKinds),
        Text("owner", texts["commitment.owner"]),
        new("due", texts["commitment.due"])
        {
            Shown = due => DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? texts.Day(day) : due,
        },
        Text("indicator", texts["commitment.indicator"]),
        new("help_needed", texts["commitments.help_needed"]) { Shown = code => code.Length == 0 ? "" : texts["commitments." + code] },
        Text("help", texts["commitment.help"]),
        Term("urgency", texts["commitments.urgency"], framework.Urgencies),
        new("rights_considered", texts["commitments.rights"]) { Multiple = true, Shown = _ => texts["commitments.rights_yes"] },
    ];
}

/// <inheritdoc/>
public sealed class PracticeForm : TextForm<GoodPractice>
{
    protected override GoodPractice Content(Form form) => new(form.Text("item"), form.Text("text"))
    {
        Outcomes = [.. form.All("outcomes")],
        Lenses = [.. form.All("lenses")],
        Level = form.Text("level"),
    };

    protected override IDictionary<string, StringValues> Fields(GoodPractice p) => new Dictionary<string, StringValues>(StringComparer.Ordinal)
    {
        ["item"] = p.Item,
        ["text"] = p.Text,
        ["outcomes"] = p.Outcomes.ToArray(),
        ["lenses"] = p.Lenses.ToArray(),
        ["level"] = p.Level,
    };

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
    [
        new("item", texts["commitments.practice.item"]),
        Text("text", texts["commitments.practice.text"]),
        Term("outcomes", texts["commitment.outcomes"], framework.Outcomes, multiple: true),
        Term("lenses", texts["commitment.lenses"], framework.Lenses, multiple: true),
        Term("level", texts["commitment.level"], framework.Levels),
    ];
}

/// <inheritdoc/>
public sealed class SummaryForm : TextForm<Summary>
{
    protected override Summary Content(Form form) => new(form.Text("text"));

    protected override IDictionary<string, StringValues> Fields(Summary summary) =>
        new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["text"] = summary.Text };

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
        [Text("text", texts["commitments.summary.text"])];
}
