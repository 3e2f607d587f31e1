using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Responses;

/// <summary>The recommendations with the State's responses.</summary>
public sealed class ResponsesPage(ReviewLookup reviews)
{
    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/reviews/{review:guid}/responses",
        (Guid review, Visit visit, ResponsesPage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, new ReviewId(review), http, cancel))
        .WithName("ListResponses").WithTags("reviews").Produces<ResponsesBody>();

    private async Task<IResult> ReadAsync(Visit visit, ReviewId id, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        return ETags.Content(http, new ResponsesBody(
            [
                .. found.More.Of(WritingKind.Response).Where(text => Opens(visit, found.Review, text))
                    .Select(text => (text, Content: Contents.ReadResponse(text)))
                    .Select(r => new ResponseBody(r.text.Key, r.Content.Answer, r.Content.Reason, r.text.Version)),
            ],
            RecommendationResponses.HashOf(found.More)));
    }

    /// <summary>For those who read responses, once there is an agreed report.</summary>
    private async Task<Found<Material>?> FindAsync(Visit visit, ReviewId id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is { Review: { HasTeam: true, Facts.Agreed: true } review } && Opens(visit, review, null) ? found : null;
    }

    private static bool Opens(Visit visit, LoadedReview review, Writing? text) => Access.Visible(
        visit.Caller.Actor, review.Dossier.Response(), review.Facts, text is null ? null : SharingLabels.Of(text.Label)).CanRead;
}

/// <summary>Responses as the API shows them.</summary>
/// <param name="ContentHash">What is signed.</param>
public sealed record ResponsesBody(ImmutableArray<ResponseBody> Items, string ContentHash);

/// <summary>A response.</summary>
public sealed record ResponseBody(string Recommendation, string Answer, string Reason, int Version);
