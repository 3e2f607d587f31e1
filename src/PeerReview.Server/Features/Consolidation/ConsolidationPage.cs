using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>The comments of all experts and where they lead.</summary>
public sealed class ConsolidationPage(ReviewLookup reviews)
{
    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/reviews/{review:guid}/consolidation",
        (Guid review, Visit visit, ConsolidationPage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, new ReviewId(review), http, cancel))
        .WithName("ReadConsolidation").WithTags("reviews").Produces<ConsolidationBody>();

    private async Task<IResult> ReadAsync(Visit visit, ReviewId id, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        var sheet = ConsolidationRules.SheetOf(found.More);
        ETags.Set(http, found.More.Find(WritingKind.Consolidation, ConsolidationRules.Key)?.Version ?? 0);
        return TypedResults.Ok(new ConsolidationBody(
            sheet.Questions,
            [.. Comments(visit, found).Select(c => new PlacedComment(c.Id, c.Item, c.Kind, c.Text, sheet.Of(c.Id)?.To, sheet.Of(c.Id)?.Reason))],
            sheet.Contradictions,
            found.More.Find(WritingKind.Consolidation, ConsolidationRules.Key)?.Version ?? 0));
    }

    /// <summary>For those who read all comments; nobody before every expert has handed in.</summary>
    private async Task<Found<Material>?> FindAsync(Visit visit, ReviewId id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is { Review.Facts.ReviewersDone: true }
            && Access.Visible(visit.Caller.Actor, ReviewDocuments.Consolidation, found.Review.Facts).CanRead ? found : null;
    }

    // A comment on an answer with a strict label is read by fewer.
    private static ImmutableArray<StandingComment> Comments(Visit visit, Found<Material> found) =>
    [
        .. ConsolidationRules.Comments(found.More).Where(c => Access.Visible(
            visit.Caller.Actor, ReviewDocuments.Consolidation, found.Review.Facts, SharingLabels.Of(c.Label)).CanRead),
    ];
}

/// <summary>The consolidation as the API shows it.</summary>
public sealed record ConsolidationBody(
    ImmutableArray<MergedQuestion> Questions, ImmutableArray<PlacedComment> Comments, ImmutableArray<Contradiction> Contradictions, int Version);

/// <summary>A comment and where it leads.</summary>
/// <param name="To">The id of a question, <c>report</c> or <c>aside</c>; null while it leads nowhere.</param>
public sealed record PlacedComment(Guid Id, string Item, string Kind, string Text, string? To, string? Reason);
