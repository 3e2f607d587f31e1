using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Remarks;

/// <summary>The author of a remark takes it back. Its versions stay in the record, and nobody reads them any more.</summary>
public sealed class TakeRemarkBack(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapDelete(
        RemarksPage.Path + "/{remark:guid}",
        async (Guid review, Guid comment, Guid remark, Visit visit, TakeRemarkBack back, HttpContext http, CancellationToken cancel) =>
            (await back.RunAsync(new ReviewId(review), comment, remark, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(TakeRemarkBack)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid comment, Guid remark, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, comment, remark, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Guid comment, Guid remark, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (CommentRemarks.MayNot(work.Actor, review.Facts, dossier) is { } no)
            return no;
        var stands = CommentRemarks.For(work.Actor, review.Facts, dossier, await work.MaterialAsync(cancel))
            .FirstOrDefault(one => one.Id == remark && one.Comment == comment);
        if (stands is null)
            return new Refusal("remark.unknown", RefusalKind.NotFound);
        if (CommentRemarks.MayNot(work.Actor, review.Facts, dossier, stands.Item) is { } kept)
            return kept;
        return stands.Author == work.Person
            ? new ReviewChange().Withdraw(WritingKind.CommentRemark, CommentRemarks.KeyOf(stands.Item, comment, remark), work).Made($"{remark}")
            : new Refusal("remark.not-yours", RefusalKind.NotAllowed);
    }
}
