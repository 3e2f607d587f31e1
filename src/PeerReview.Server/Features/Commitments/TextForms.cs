using Microsoft.Extensions.Primitives;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <inheritdoc/>
public sealed class CommitmentForm(WrittenTexts written, ReviewLookup reviews, LastReviews lasts) : TextForm<Commitment>
{
    /// <summary>From a recommendation: accepted as it is, it is what the State undertakes. Or from what was left open in the last review.</summary>
    public override async Task<Form> BeginAsync(Actor actor, ReviewId review, string from, CancellationToken cancel)
    {
        var begun = from.StartsWith(LastReview.Prefix, StringComparison.Ordinal)
            ? await reviews.FindAsync(actor, review, cancel) is { } now ? (await lasts.FindAsync(actor, now, cancel))?.Open.FindOpen(from)?.Again : null
            : await RecommendedAsync(actor, review, from, cancel);
        return begun is null ? Form.Empty : Form.Filled(Fields(begun).Append(KeyValuePair.Create("from", new StringValues(from)))
            .ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray(), StringComparer.Ordinal));
    }

    private async Task<Commitment?> RecommendedAsync(Actor actor, ReviewId review, string id, CancellationToken cancel)
    {
        var found = await written.FindAsync(actor, review, [WritingKind.Recommendation], Opens, cancel);
        return found?.Of(WritingKind.Recommendation).FirstOrDefault(text => text.Key == id) is { } recommendation
            ? Contents.ReadRecommendation(recommendation).Measure with { Recommendation = id, RightsConsidered = false, Urgency = "normal" }
            : null;
    }

    /// <summary>The recommendations the State undertakes something by. One it has not answered yet cannot be planned for.</summary>
    public override async Task<IReadOnlyList<ChoiceOption>> GrownFromAsync(Actor actor, ReviewId review, Texts texts, CancellationToken cancel)
    {
        if (await written.FindAsync(actor, review, [WritingKind.Recommendation, WritingKind.Response], OpensEither, cancel) is not { } found)
            return [];
        var responses = found.Of(WritingKind.Response).ToDictionary(text => text.Key, StringComparer.Ordinal);
        var answers = responses.ToDictionary(text => text.Key, text => Contents.ReadResponse(text.Value).Answer, StringComparer.Ordinal);
        var dossier = found.Review.Dossier;
        return
        [
            .. from text in found.Of(WritingKind.Recommendation)
               where answers.TryGetValue(text.Key, out var answer) && ResponseAnswer.Undertakes(answer)
               select new ChoiceOption(text.Key, texts.Of(
                   "plan.recommendation_is", ("id", text.Key), ("title", Contents.ReadRecommendation(text).Measure.Title),
                   ("answer", texts["report.response_is." + answers[text.Key]])))
               {
                   // Whatever label the entry has, the public reads no more of it than of this.
                   Hint = PlanPublicity.IsPublic(dossier)
                       && PlanPublicity.Closes(dossier, text.Key, SharingLabels.Inherit([SharingLabels.Of(text.Label), SharingLabels.Of(responses[text.Key].Label)]))
                           ? texts["plan.recommendation_closed"]
                           : null,
               },
        ];
    }

    protected override Commitment Content(Form form) =>
        MeasureForm.Read(form) with { Recommendation = form.Text("recommendation") is { Length: > 0 } recommendation ? recommendation : null };

    protected override IDictionary<string, StringValues> Fields(Commitment content)
    {
        var fields = MeasureForm.Fields(content);
        fields["recommendation"] = content.Recommendation ?? "";
        return fields;
    }

    private static bool OpensEither(Actor actor, LoadedReview review, Writing? text) => text?.Kind == WritingKind.Response
        ? Access.Visible(actor, review.Dossier.Response(), review.Facts, SharingLabels.Of(text.Label)).CanRead
        : Opens(actor, review, text);

    private static bool Opens(Actor actor, LoadedReview review, Writing? text) => Access.Visible(
        actor, ReviewDocuments.Recommendation(review.Facts), review.Facts, text is null ? null : SharingLabels.Of(text.Label)).CanRead;

    protected override IEnumerable<FieldToMerge> Own(Framework framework, Texts texts) =>
        [new("recommendation", texts["plan.recommendation"]), .. MeasureForm.ToMerge(framework, texts)];
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
