using System.Globalization;
using Microsoft.Extensions.Primitives;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Report.Drafting;

/// <inheritdoc/>
public sealed class RecommendationForm(DraftReader drafts) : TextForm<Recommendation>
{
    /// <summary>The label is that of its sources, the language that of the report.</summary>
    protected override bool IsLabelled => false;

    public override string Withdrawal(Texts texts) => texts["draft.recommendation.withdraw"];

    /// <summary>From a proposal of an expert: its words, its item, and that it grew from it.</summary>
    public override async Task<Form> BeginAsync(Actor actor, ReviewId review, string from, CancellationToken cancel)
    {
        var draft = Guid.TryParse(from, out var id) ? await drafts.FindAsync(actor, review, null, cancel) : null;
        if (draft?.Seeds.FirstOrDefault(seed => seed.Id == id) is not { } comment)
            return Form.Empty;
        var line = comment.Text.Split('\n')[0].Trim();
        var title = line.Length <= CommitmentRules.MaxTitle ? line : "";
        var begun = new Recommendation(
            new Commitment(title) { Text = comment.Text == title ? "" : comment.Text, Items = [comment.Item] }, [comment.Id]);
        return Form.Filled(Fields(begun).Append(KeyValuePair.Create("from", new StringValues(from)))
            .ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray(), StringComparer.Ordinal));
    }

    protected override Recommendation Content(Form form) => new(
        MeasureForm.Read(form), [.. form.All("comments").Select(id => Guid.TryParse(id, CultureInfo.InvariantCulture, out var comment) ? comment : Guid.Empty)]);

    protected override IDictionary<string, StringValues> Fields(Recommendation content)
    {
        var fields = MeasureForm.Fields(content.Measure);
        fields["comments"] = content.Comments.Select(id => id.ToString()).ToArray();
        return fields;
    }

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) => MeasureForm.ToMerge(framework, texts);
}
