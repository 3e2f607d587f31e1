using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>An expert takes a comment back that is not handed in.</summary>
public sealed class RemoveComment(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapDelete(
        "/reviews/{review:guid}/comments/{comment:guid}",
        async (Guid review, Guid comment, Visit visit, RemoveComment remove, HttpContext http, CancellationToken cancel) =>
            (await remove.RunAsync(new ReviewId(review), comment, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(RemoveComment)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid comment, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, comment, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Guid comment, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.WriteComment, review.Facts) is { } no)
            return no;
        if (SaveComment.Closed(review, work.Person) is { } closed)
            return closed;
        var rows = await work.ReadAsync(DeskRows.Statement, DeskRows.Args(review.Id, work.Person), DeskRows.ReadAsync, cancel);
        return rows.All(row => row.Id != comment)
            ? new Refusal("comment.unknown", RefusalKind.NotFound)
            : new ReviewChange().Also(DeskRows.Remove, new { Id = comment, At = work.Now }, rows: 1);
    }
}
