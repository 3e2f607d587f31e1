using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Responses;

/// <summary>Somebody of the State prepares the response to a recommendation; the authority signs all of them.</summary>
public sealed class SaveResponse(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/responses/{recommendation}",
        async (Guid review, string recommendation, ResponseRequest request, Visit visit, SaveResponse save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), recommendation, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(SaveResponse)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string recommendation, ResponseRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Response, recommendation),
            (work, token) => DecideAsync(work, recommendation, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string recommendation, ResponseRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.Respond, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, RecommendationResponses.Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        if (material.Find(WritingKind.Recommendation, recommendation) is not { } about)
            return new Refusal("response.unknown", RefusalKind.NotFound);
        var content = new ResponseContent(request.Answer, request.Reason.Tidy());
        if (RecommendationResponses.Check(content).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var standing = work.Current?.Version ?? 0;
        if (work.Current is { } current && Contents.ReadResponse(current) == content)
            return new ReviewChange().Made(recommendation);
        if (standing != (request.Version ?? 0))
            return ReviewRefusals.Stale(standing);
        if (wording.Flagged(content.Reason, request.NamesNobody, review, "reason") is { } flagged)
            return flagged;
        // It speaks of the recommendation, and travels no further.
        var change = new ReviewChange()
            .Write(WritingKind.Response, recommendation, standing, Contents.Write(content), about.Label, review.Dossier.WorkingLanguage)
            .Made(recommendation);
        // The last one that was lacking: now there is something to sign.
        return RecommendationResponses.Missing(material) is [var last] && last == recommendation
            ? change.SendAfter(after => Signing(after, work.Person))
            : change;
    }

    private static IEnumerable<Letter> Signing(LoadedReview after, PersonId author) =>
        from wait in Waits.Of(after)
        where wait.Stage == RecommendationResponses.Stage
        from person in wait.Waiting(after, RoleCode.Authority)
        where person != author
        select ReviewLetters.About(after, LetterNames.ResponsesPrepared, person, wait);
}

/// <summary>A response as it comes in.</summary>
/// <param name="Answer"><c>accepted</c>, <c>in_part</c>, <c>already_done</c> or <c>noted</c>.</param>
/// <param name="Reason">Needed unless the recommendation is accepted whole.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record ResponseRequest(string Answer = "", string Reason = "", int? Version = null, bool NamesNobody = false) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}

/// <summary>The authority signs all responses (guard G-RECRESP): from then on the others read them.</summary>
public sealed class SignResponses(StageBody bodies) : IStageCompletion
{
    public string Stage => RecommendationResponses.Stage;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<ResponsesSignature>(body), cancel);

    /// <summary>The same with a request from a page.</summary>
    public static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, ResponsesSignature request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.DecidePublication, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, RecommendationResponses.Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        if (RecommendationResponses.Missing(material) is { IsEmpty: false } missing)
            return new Refusal("response.missing", RefusalKind.Conflict).With("count", missing.Length);
        var hash = RecommendationResponses.HashOf(material);
        if (request.ContentHash != hash)
            return new Refusal("response.changed", RefusalKind.Conflict);
        var signature = request.Signature ?? SignatureRequest.None;
        if (SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        return new ReviewChange()
            .Sign(SignedAct.Responses, RoleCode.Authority, hash, signature, work, review.Dossier.WorkingLanguage)
            .Then(new ProcessCommand.Complete(work.Acting, RecommendationResponses.Stage))
            .SendAfter(after => ReviewLetters.ToAll(
                after, LetterNames.ResponsesSigned,
                RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.ReviewerFocalPoint, RoleCode.Lead, RoleCode.Expert, RoleCode.Coordinator, RoleCode.HeadCoordinator)
                .Select(letter => letter with { Path = StagePages.Of(after.Id.Value, RecommendationResponses.Stage) }));
    }
}

/// <summary>A signature under all responses.</summary>
public sealed record ResponsesSignature
{
    /// <summary>Of the responses that were read.</summary>
    public string ContentHash { get; init; } = "";

    public SignatureRequest? Signature { get; init; }
}
