using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>The State comments on a section or recommendation of the draft, or changes what it said.</summary>
public sealed class CommentOnDraft(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/report/comments",
            async (Guid review, DraftCommentRequest request, Visit visit, CommentOnDraft comment, HttpContext http, CancellationToken cancel) =>
                (await comment.RunAsync(new ReviewId(review), null, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/report", receipt)))
            .WithName(nameof(CommentOnDraft)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapPut(
            "/reviews/{review:guid}/report/comments/{comment}",
            async (Guid review, string comment, DraftCommentRequest request, Visit visit, CommentOnDraft draft, HttpContext http, CancellationToken cancel) =>
                (await draft.RunAsync(new ReviewId(review), comment, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName("ChangeDraftComment").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the comment.</summary>
    /// <param name="comment">The comment to be changed; null for a new one.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string? comment, DraftCommentRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, comment, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string? id, DraftCommentRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.CommentOnDraft, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, FactCheck.Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var comments = material.Of(WritingKind.DraftComment).ToList();
        var stands = comments.Find(c => c.Key == id);
        if (id is not null && stands is null)
            return new Refusal("fact-check.unknown", RefusalKind.NotFound);
        var content = new DraftComment(request.About, request.Text.Tidy());
        if (FactCheck.Check(content, Places(material)).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (stands is null && comments.Count >= FactCheck.Most)
            return new Refusal("fact-check.too-many", RefusalKind.Conflict).With("max", FactCheck.Most);
        if (stands is not null && Contents.ReadDraftComment(stands) == content)
            return new ReviewChange().Made(stands.Key);
        if ((stands?.Version ?? 0) != (request.Version ?? 0))
            return ReviewRefusals.Stale(stands?.Version ?? 0);
        // What is not taken up stands in the annex, in these words.
        if (wording.Flagged(content.Text, request.NamesNobody, review, "text") is { } flagged)
            return flagged;
        var key = stands?.Key ?? string.Create(CultureInfo.InvariantCulture, $"F-{comments.Count + 1:00}");
        return new ReviewChange()
            .Write(WritingKind.DraftComment, key, stands?.Version ?? 0, Contents.Write(content), LabelOf(content, material), review.Dossier.WorkingLanguage)
            .Made(key);
    }

    /// <summary>That of the text it is about.</summary>
    private static string LabelOf(DraftComment comment, Material material) =>
        (material.Find(WritingKind.Section, comment.About) ?? material.Find(WritingKind.Recommendation, comment.About))?.Label ?? "AMBER";

    /// <summary>What can be commented on: what is written, the private annex included.</summary>
    internal static IReadOnlyCollection<string> Places(Material material) =>
        [.. material.Of(WritingKind.Section).Concat(material.Of(WritingKind.Recommendation)).Select(w => w.Key)];
}

/// <summary>A comment on the draft as it comes in.</summary>
/// <param name="About">A section, or the id of a recommendation.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record DraftCommentRequest(string About = "", string Text = "", int? Version = null, bool NamesNobody = false) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}

/// <summary>The State has checked the facts. What the lead has not taken up stands in the annex, unchanged (guard G-ANNEX).</summary>
public sealed class FinishFactCheck : IStageCompletion
{
    public string Stage => FactCheck.Stage;

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.CommentOnDraft, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        // The State does not wait for the lead to look at its comments, and none is lost.
        return FactCheck.Open(await work.MaterialAsync(cancel)).Aggregate(
            new ReviewChange(),
            (change, comment) => change.Write(
                WritingKind.DraftCommentOutcome, comment, 0, Contents.Write(new NoteContent("", [FactCheck.IsAnnexed])), "AMBER",
                review.Dossier.WorkingLanguage))
            .Then(new ProcessCommand.Complete(work.Acting, Stage));
    }
}
