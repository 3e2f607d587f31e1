using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Report;

/// <summary>Recommendations, <c>R-01</c> and so on.</summary>
public sealed class RecommendationText(WordingGuard wording) : TextKind<Recommendation>(WritingKind.Recommendation, "R")
{
    public override string Home => "report";

    public override Refusal? Closed(Actor actor, LoadedReview review) =>
        Access.May(actor, ReviewAct.WriteReport, review.Facts) ?? DraftReport.Closed(review.State);

    public override bool Opens(Actor actor, LoadedReview review, Writing? text = null) => Access.Visible(
        actor, ReviewDocuments.Recommendation(review.Facts), review.Facts, text is null ? null : SharingLabels.Of(text.Label)).CanRead;

    // Whoever reads the draft before the State does.
    public override bool OpensHistory(Actor actor, LoadedReview review) =>
        Access.Visible(actor, DocumentKind.DraftReport, review.Facts with { Drafted = false, Agreed = false }).CanRead;

    public override string LanguageOf(LoadedReview review) => ReportChanges.LanguageOf(review);

    public override bool NeedsMaterial(Recommendation content) => true;

    public override SharingLabel? LabelOf(Recommendation content, LoadedReview review, Material material) =>
        DraftReport.LabelOf(content.Measure.Items, material);

    public override Recommendation Clean(Recommendation content)
    {
        var measure = content.Measure ?? new Commitment("");
        var clean = content with
        {
            Measure = measure with
            {
                Recommendation = null,
                Title = measure.Title.Tidy(),
                Text = measure.Text.Tidy(),
                Items = Once(measure.Items),
                Lenses = Once(measure.Lenses),
                Outcomes = Once(measure.Outcomes),
                ThreatKind = measure.ThreatKind is "" ? null : measure.ThreatKind,
                Owner = measure.Owner.Tidy(),
                Indicator = measure.Indicator.Tidy(),
                Help = measure.HelpNeeded is false ? "" : measure.Help.Tidy(),
            },
            Comments = content.Comments.IsDefault ? [] : [.. content.Comments.Distinct()],
        };
        return clean;
    }

    public override ImmutableArray<Refusal> Check(Recommendation content, LoadedReview review, Material material) =>
        [
            .. RecommendationRules.Check(content, review.Framework, review.Today, ConsolidationRules.Comments(material)),
            // Once the State reads them, nothing is saved that could blame somebody.
            .. review.Facts.Drafted && Flags(content, review) is [var sentence, ..]
                ? [new Refusal("report.wording", RefusalKind.Conflict, "title").With("sentence", sentence)]
                : Array.Empty<Refusal>(),
        ];

    public override Refusal? MayAdd(int standing) => RecommendationRules.MayAdd(standing);

    public override Recommendation Read(Writing writing) => Contents.ReadRecommendation(writing);

    public override JsonElement Write(Recommendation content, LoadedReview review) =>
        Contents.Write(content with { Flagged = !Flags(content, review).IsEmpty });

    private ImmutableArray<string> Flags(Recommendation content, LoadedReview review) =>
        wording.Flags(content.Words(), review.Dossier.Subject);
}
