using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <summary>What a State writes beside its answers, in its own name.</summary>
public abstract class OwnText<T>(string kind, string? prefix) : TextKind<T>(kind, prefix)
    where T : class
{
    public override string Home => "commitments";

    /// <summary>Whether it belongs to the action plan of a review with reviewing States; the others are the light review's own.</summary>
    protected virtual bool InPlan => false;

    public override Refusal? Closed(Actor actor, LoadedReview review) => review.HasTeam && !InPlan
        ? ReviewRefusals.NotFound
        : Access.May(actor, ReviewAct.WriteCommitment, review.Facts) ?? CommitmentDoor.Closed(review.State);

    public override bool Opens(Actor actor, LoadedReview review, Writing? text = null) => (InPlan || !review.HasTeam) && review.Facts.OpensCommitments(actor, text);

    // Whoever sees them while they are the State's own.
    public override bool OpensHistory(Actor actor, LoadedReview review) =>
        (review.Facts with { Submitted = false, Planned = false }).OpensCommitments(actor);
}

/// <summary>Commitments, <c>C-01</c> and so on.</summary>
public sealed class CommitmentText() : OwnText<Commitment>(WritingKind.Commitment, "C")
{
    protected override bool InPlan => true;

    public override Commitment Clean(Commitment content) => content with
    {
        Title = content.Title.Tidy(),
        Text = content.Text.Tidy(),
        Items = Once(content.Items),
        Lenses = Once(content.Lenses),
        Outcomes = Once(content.Outcomes),
        ThreatKind = content.ThreatKind is "" ? null : content.ThreatKind,
        Recommendation = content.Recommendation is "" ? null : content.Recommendation,
        Owner = content.Owner.Tidy(),
        Indicator = content.Indicator.Tidy(),
        // Help that is not needed is not described.
        Help = content.HelpNeeded is false ? "" : content.Help.Tidy(),
    };

    public override ImmutableArray<Refusal> Check(Commitment content, LoadedReview review, Material material) =>
        [
            .. CommitmentRules.Check(content, review.Framework, review.Today),
            .. content.Recommendation is { } recommendation && material.Find(WritingKind.Recommendation, recommendation) is null
                ? [new Refusal("follow-up.recommendation-unknown", RefusalKind.Invalid, "recommendation")]
                : Array.Empty<Refusal>(),
        ];

    // While the State may still open the recommendation, its draft keeps the label it gave.
    public override SharingLabel Bound(Commitment content, LoadedReview review, Material material) =>
        content.Recommendation is { } recommendation && review.Dossier.Choices is not null ? PlanPublicity.Bound(review.Dossier, recommendation, material) : SharingLabel.Clear;

    public override bool NeedsMaterial(Commitment content) => content.Recommendation is not null;

    public override Refusal? MayAdd(int standing) => FollowUpRules.MayAdd(standing);

    public override Commitment Read(Writing writing) => Contents.ReadCommitment(writing);

    public override JsonElement Write(Commitment content, LoadedReview review) => Contents.Write(content);
}

/// <summary>Good practices, <c>G-01</c> and so on.</summary>
public sealed class PracticeText() : OwnText<GoodPractice>(WritingKind.GoodPractice, "G")
{
    public override GoodPractice Clean(GoodPractice content) => content with
    {
        Text = content.Text.Tidy(),
        Lenses = Once(content.Lenses),
        Outcomes = Once(content.Outcomes),
    };

    public override ImmutableArray<Refusal> Check(GoodPractice content, LoadedReview review, Material material) =>
        GoodPracticeRules.Check(content, review.Framework);

    public override Refusal? MayAdd(int standing) => FollowUpRules.MayAddGoodPractice(standing);

    public override GoodPractice Read(Writing writing) => Contents.ReadGoodPractice(writing);

    public override JsonElement Write(GoodPractice content, LoadedReview review) => Contents.Write(content);
}

/// <summary>The State's own summary of its report. Saved empty it is none.</summary>
public sealed class SummaryText() : OwnText<Summary>(PublishedDocuments.Summary, prefix: null)
{
    public override Summary Clean(Summary content) => new(content.Text.Tidy());

    public override ImmutableArray<Refusal> Check(Summary content, LoadedReview review, Material material) => SummaryRules.Check(content.Text);

    public override Refusal? MayAdd(int standing) => null;

    public override Summary Read(Writing writing) => new(Contents.ReadNote(writing).Text);

    public override JsonElement Write(Summary content, LoadedReview review) => Contents.Write(new NoteContent(content.Text, []));
}

/// <summary>The State's own summary of its report.</summary>
public sealed record Summary(string Text);
