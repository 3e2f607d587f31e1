using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Commitments;

/// <summary>A text as the fields of its page.</summary>
public abstract class TextForm<T>
    where T : class
{
    /// <summary>What somebody typed.</summary>
    public TextRequest<T> Read(Form form) =>
        new(Content(form), form.Text("label"), form.Text("language"), form.Number("version"));

    /// <summary>What is stored, as if somebody had typed it.</summary>
    public Form Write(T content, Writing text)
    {
        var fields = Fields(content);
        fields["label"] = text.Label;
        fields["language"] = text.Language;
        fields["version"] = text.Version.ToString(CultureInfo.InvariantCulture);
        return new Form(new FormCollection(fields));
    }

    /// <summary>The fields two people may have changed, in the order of the form.</summary>
    public IEnumerable<FieldToMerge> ToMerge(Framework framework, Texts texts) =>
    [
        .. Own(framework, texts),
        new("label", texts["commitments.label"]) { Shown = code => $"TLP:{code}" },
        new("language", texts["commitments.language"]) { Shown = texts.LanguageName },
    ];

    private protected abstract T Content(Form form);

    private protected abstract IEnumerable<FieldToMerge> Own(Framework framework, Texts texts);

    private protected abstract Dictionary<string, StringValues> Fields(T content);

    private protected static FieldToMerge Text(string name, string label) => new(name, label) { IsText = true };

    private protected static FieldToMerge Term(string name, string label, IEnumerable<Term> terms, bool multiple = false) => new(name, label)
    {
        Multiple = multiple,
        Shown = code => terms.FirstOrDefault(term => term.Code == code)?.Text ?? code,
    };

    private protected static string? Code(string text) => text.Length == 0 ? null : text;
}

/// <inheritdoc/>
public sealed class CommitmentForm : TextForm<Commitment>
{
    private protected override Commitment Content(Form form) => new(form.Text("title"))
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

    private protected override Dictionary<string, StringValues> Fields(Commitment c) => new(StringComparer.Ordinal)
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

    private protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
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
    private protected override GoodPractice Content(Form form) => new(form.Text("item"), form.Text("text"))
    {
        Outcomes = [.. form.All("outcomes")],
        Lenses = [.. form.All("lenses")],
        Level = form.Text("level"),
    };

    private protected override Dictionary<string, StringValues> Fields(GoodPractice p) => new(StringComparer.Ordinal)
    {
        ["item"] = p.Item,
        ["text"] = p.Text,
        ["outcomes"] = p.Outcomes.ToArray(),
        ["lenses"] = p.Lenses.ToArray(),
        ["level"] = p.Level,
    };

    private protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
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
    private protected override Summary Content(Form form) => new(form.Text("text"));

    private protected override Dictionary<string, StringValues> Fields(Summary summary) =>
        new(StringComparer.Ordinal) { ["text"] = summary.Text };

    private protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
        [Text("text", texts["commitments.summary.text"])];
}
