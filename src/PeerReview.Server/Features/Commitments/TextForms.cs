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
    protected override Commitment Content(Form form) => MeasureForm.Read(form);

    protected override IDictionary<string, StringValues> Fields(Commitment content) => MeasureForm.Fields(content);

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) => MeasureForm.ToMerge(framework, texts);
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
        FieldToMerge.OfText("text", texts["commitments.practice.text"]),
        FieldToMerge.OfTerm("outcomes", texts["commitment.outcomes"], framework.Outcomes, multiple: true),
        FieldToMerge.OfTerm("lenses", texts["commitment.lenses"], framework.Lenses, multiple: true),
        FieldToMerge.OfTerm("level", texts["commitment.level"], framework.Levels),
    ];
}

/// <inheritdoc/>
public sealed class SummaryForm : TextForm<Summary>
{
    protected override Summary Content(Form form) => new(form.Text("text"));

    protected override IDictionary<string, StringValues> Fields(Summary summary) =>
        new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["text"] = summary.Text };

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
        [FieldToMerge.OfText("text", texts["commitments.summary.text"])];
}
