using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>Lead or coordinator looked at flagged wording: it names nobody as author of an incident. Holds for the version looked at.</summary>
public sealed class ClearWording(ReviewCommands commands)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReason = 500;

    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/report/wording/{key}",
        async (Guid review, string key, WordingRequest request, Visit visit, ClearWording clear, HttpContext http, CancellationToken cancel) =>
            (await clear.RunAsync(new ReviewId(review), key, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ClearWording)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    /// <param name="text">A section, or the id of a recommendation.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string text, WordingRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, text, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string key, WordingRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ClearWording, review.Facts) is { } no)
            return no;
        if (DraftReport.Closed(review.State) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        if ((material.Find(WritingKind.Section, key) ?? material.Find(WritingKind.Recommendation, key)) is not { } text
            || !DraftReport.Flagged(material).Contains(key, StringComparer.Ordinal))
        {
            return new Refusal("report.not-flagged", RefusalKind.NotFound);
        }

        if (request.Version != text.Version)
            return ReviewRefusals.Stale(text.Version);
        var reason = request.Reason.Tidy();
        if (reason.Length is 0 or > MaxReason || !Core.Text.IsReadable(reason))
            return new Refusal("report.wording-reason", RefusalKind.Invalid, "reason").With("max", MaxReason);
        return new ReviewChange().Clear(text.Kind, key, text.Version, reason, material, review.Dossier).Made(key);
    }
}

/// <summary>That somebody looked at flagged wording.</summary>
/// <param name="Version">The version looked at.</param>
/// <param name="Reason">Why it blames nobody.</param>
public sealed record WordingRequest(int Version = 0, string Reason = "");
