using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Answers over the API.</summary>
public static class AnswersApi
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapGet("/reviews/{review:guid}/answers", ListAsync)
            .WithName("ListAnswers").WithTags("reviews").Produces<AnswerList>();
        routes.Api.MapGet("/reviews/{review:guid}/answers/{item}", ReadAsync)
            .WithName("ReadAnswer").WithTags("reviews").Produces<AnswerBody>();
        routes.Api.MapPut("/reviews/{review:guid}/answers/{item}", SaveAsync)
            .WithName("SaveAnswer").WithTags("reviews").Produces<AnswerSaved>();
        routes.Api.MapGet("/reviews/{review:guid}/answers/{item}/history", HistoryAsync)
            .WithName("AnswerHistory").WithTags("reviews").Produces<VersionList>();
    }

    private static async Task<IResult> ListAsync(
        Guid review, Visit visit, AssessmentLookup assessments, HttpContext http, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        if (found is null)
            return ReviewRefusals.NotFound.ToProblem();
        return ETags.Content(http, new AnswerList([.. found.Sheet.Items.Select(i => AnswerBody.Of(i, found.Review))], null));
    }

    private static async Task<IResult> ReadAsync(
        Guid review, string item, int? version, Visit visit, ItemReader items, HttpContext http, CancellationToken cancel)
    {
        var found = await items.FindAsync(visit.Caller.Actor, new ReviewId(review), item, version, cancel);
        if (found is null)
            return NotFound;
        if (version is { } older)
        {
            return found.Version(older) is { Answer: not null } then
                ? TypedResults.Ok(AnswerBody.Of(found.Item, found.Review).As(then))
                : NotFound;
        }

        ETags.Set(http, found.Item.Version);
        return TypedResults.Ok(AnswerBody.Of(found.Item, found.Review));
    }

    private static async Task<IResult> SaveAsync(
        Guid review, string item, AnswerRequest request, Visit visit, SaveAnswer save, ItemReader items, HttpContext http,
        CancellationToken cancel)
    {
        var id = new ReviewId(review);
        var verdict = await save.RunAsync(id, item, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: { Code: "writing.stale" } stale })
        {
            var found = await items.FindAsync(visit.Caller.Actor, id, item, request.Version ?? 0, cancel);
            return found is null ? NotFound : Stale(stale, found, request);
        }

        return verdict.OrProblem(receipt =>
        {
            var saved = receipt.Version ?? request.Version ?? 0;
            ETags.Set(http, saved);
            return TypedResults.Ok(new AnswerSaved(item, saved, receipt.Sequence, receipt.At));
        });
    }

    private static async Task<IResult> HistoryAsync(
        Guid review, string item, Visit visit, ItemReader items, CancellationToken cancel)
    {
        var found = await items.FindAsync(visit.Caller.Actor, new ReviewId(review), item, null, cancel);
        return found is null
            ? NotFound
            : TypedResults.Ok(new VersionList(
                [.. found.History.Select(v => new VersionLine(v.Version, v.At, v.Author, v.Label.Code(), v.Language))], null));
    }

    private static Problem NotFound => ReviewRefusals.NotFound.ToProblem();

    /// <summary>The refusal with the version both started from, the one that was saved meanwhile, and the one sent.</summary>
    private static Problem Stale(Refusal stale, ItemFound found, AnswerRequest mine) => new(stale, stale.Status())
    {
        Extra = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["base"] = found.Version(mine.Version ?? 0) is { Answer: not null } then
                ? AnswerBody.Of(found.Item, found.Review).As(then)
                : null,
            ["theirs"] = AnswerBody.Of(found.Item, found.Review),
            ["mine"] = mine,
        },
    };
}
