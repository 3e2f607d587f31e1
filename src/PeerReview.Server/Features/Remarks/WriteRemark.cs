using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Remarks;

/// <summary>A member of the team remarks on a comment, or changes an own remark.</summary>
public sealed class WriteRemark(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            RemarksPage.Path,
            async (Guid review, Guid comment, RemarkRequest request, Visit visit, WriteRemark write, HttpContext http, CancellationToken cancel) =>
                (await write.RunAsync(new ReviewId(review), comment, null, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/comments/{comment}/remarks", receipt)))
            .WithName(nameof(WriteRemark)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapPut(
            RemarksPage.Path + "/{remark:guid}",
            async (Guid review, Guid comment, Guid remark, RemarkRequest request, Visit visit, WriteRemark write, HttpContext http, CancellationToken cancel) =>
                (await write.RunAsync(new ReviewId(review), comment, remark, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName("ChangeRemark").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the remark.</summary>
    /// <param name="remark">The remark to be changed; null for a new one.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid comment, Guid? remark, RemarkRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, comment, remark, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, Guid comment, Guid? remark, RemarkRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (CommentRemarks.MayNot(work.Actor, review.Facts, dossier) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        // Whoever may not read a comment is not told whether it is there.
        if (CommentRemarks.Find(work.Actor, review.Facts, dossier, material, comment) is not { } under)
            return new Refusal("remark.unknown-comment", RefusalKind.NotFound);
        if (CommentRemarks.MayNot(work.Actor, review.Facts, dossier, under.Content.Item) is { } kept)
            return kept;
        var standing = CommentRemarks.For(work.Actor, review.Facts, dossier, material).Where(one => one.Comment == comment).ToList();
        var stands = standing.Find(one => one.Id == remark);
        if (remark is not null && stands is null)
            return new Refusal("remark.unknown", RefusalKind.NotFound);
        if (stands is not null && stands.Author != work.Person)
            return new Refusal("remark.not-yours", RefusalKind.NotAllowed);
        var text = request.Text.Tidy();
        if (CommentRemarks.Check(text) is { } problem)
            return problem;
        if (stands is null && standing.Count >= CommentRemarks.Most)
            return new Refusal("remark.too-many", RefusalKind.Conflict, "text").With("max", CommentRemarks.Most);
        if (stands is not null && stands.Text == text)
            return new ReviewChange().Made($"{stands.Id}");
        if (stands is not null && stands.Version != (request.Version ?? 0))
            return ReviewRefusals.Stale(stands.Version);
        var id = stands?.Id ?? Guid.CreateVersion7(work.Now);
        return new ReviewChange()
            .Write(
                WritingKind.CommentRemark, CommentRemarks.KeyOf(under.Content.Item, comment, id), stands?.Version ?? 0,
                Contents.Write(new NoteContent(text, [])), CommentRemarks.LabelOf(text, under, material).Code(),
                dossier.Team.Language ?? dossier.WorkingLanguage)
            .Made($"{id}");
    }
}

/// <summary>A remark as it comes in.</summary>
/// <param name="Version">The version it was written on, where it is changed; <c>If-Match</c> says the same.</param>
public sealed record RemarkRequest(string Text = "", int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
