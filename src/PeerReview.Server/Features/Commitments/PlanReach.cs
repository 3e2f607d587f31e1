using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <summary>Which entries of an action plan fewer read, once it is handed in, than the reviewing States and the coordinator.</summary>
/// <param name="NotReviewers">Entries neither the experts nor the coordinator read.</param>
/// <param name="NotCoordinator">Entries the experts read, and the coordinator does not.</param>
public sealed record PlanReach(ImmutableArray<string> NotReviewers, ImmutableArray<string> NotCoordinator)
{
    /// <summary>The label that says who reads an entry: its own, and no further than what it carries out.</summary>
    internal static SharingLabel LabelOf(Writing entry, FoundTexts found)
    {
        var own = SharingLabels.Of(entry.Label);
        return Contents.ReadCommitment(entry).Recommendation is { } grownFrom
            ? SharingLabels.Inherit([own, PlanPublicity.Bound(found.Review.Dossier, grownFrom, new Material(found.Texts, []))])
            : own;
    }

    /// <summary>Asked of the same rules that open an entry, for the review as it stands once the plan is handed in.</summary>
    internal static PlanReach Of(LoadedReview review, IEnumerable<(string Id, SharingLabel Label)> entries)
    {
        var facts = review.Facts with { Planned = true };
        var read = entries.Select(e => (e.Id, Readers: Audience.Of(ReviewDocuments.Commitments(facts), facts, e.Label))).ToArray();
        return new(
            [.. read.Where(e => !e.Readers.Contains(Role.ReviewerExpert)).Select(e => e.Id)],
            [.. read.Where(e => e.Readers.Contains(Role.ReviewerExpert) && !e.Readers.Contains(Role.Coordinator)).Select(e => e.Id)]);
    }
}

/// <summary>How much of an action plan and of what it answers labels keep from a reader.</summary>
/// <param name="Recommendations">How many recommendations that stand are not shown.</param>
/// <param name="Entries">How many entries are not shown, by their own label or with the recommendation they carry out.</param>
public sealed record HiddenOfPlan(int Recommendations, int Entries)
{
    public bool Any => Recommendations + Entries > 0;

    /// <summary>For somebody who may know of the plan; of recommendations nothing is told where they may not know of any.</summary>
    internal static HiddenOfPlan Of(FoundTexts found, Actor actor, IReadOnlyCollection<Writing> recommendations)
    {
        var facts = found.Review.Facts;
        var closed = Access.Visible(actor, ReviewDocuments.Recommendation(facts), facts).CanRead
            ? found.Closed.Count(text => text.Kind == WritingKind.Recommendation)
            : 0;
        var notDrawn = found.Of(WritingKind.Commitment)
            .Select(text => Contents.ReadCommitment(text).Recommendation)
            .Count(grownFrom => grownFrom is not null && recommendations.All(r => r.Key != grownFrom));
        return new(closed, notDrawn + found.Closed.Count(text => text.Kind == WritingKind.Commitment));
    }
}
