using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Declarations;

/// <summary>An expert steps back from items they should not judge, at any time before handing in. Somebody else has to be left for
/// each.</summary>
public sealed class RecuseFromItems(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/recusals",
            async (Guid review, RecusalRequest request, Visit visit, RecuseFromItems recuse, HttpContext http, CancellationToken cancel) =>
                (await recuse.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(RecuseFromItems)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/declarations/recusal",
            (Guid review, Visit visit, Form form, RecuseFromItems recuse, DeclarationsPage page, CancellationToken cancel) =>
                recuse.PostAsync(review, visit, form, page, cancel));
    }

    /// <summary>Why the expert cannot step back from any item now; null when they can.</summary>
    internal static Refusal? Closed(LoadedReview review, PersonId expert)
    {
        if (!review.Dossier.Holding(RoleCode.Expert).Contains(expert.Value))
            return new Refusal("declaration.not-an-expert", RefusalKind.NotAllowed);
        if (review.Process.FindStage("desk_review") is not { } stage)
            return ReviewRefusals.NotFound;
        var desk = review.State[stage];
        return desk.Status.IsClosed() || desk.Part(expert.ToString()) is { Status: not PartStatus.Open }
            ? new Refusal("comment.handed-in", RefusalKind.Conflict)
            : null;
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, RecusalRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, RecusalRequest request)
    {
        var (dossier, person) = (work.Review.Dossier, work.Person);
        if (Access.May(work.Actor, ReviewAct.Declare, work.Review.Facts) is { } no)
            return no;
        if (Closed(work.Review, person) is { } closed)
            return closed;
        var items = request.Items ?? [];
        if (RecusalRules.Check(dossier, person.Value, items) is { } problem)
            return problem;
        var added = dossier.Items.Where(item => items.Contains(item, StringComparer.Ordinal) && !RecusalRules.IsRecused(dossier, person.Value, item));
        return new ReviewChange().Record(new ReviewEvent.ItemsRecused(person.Value, [.. added], person.Value)).Made(person.ToString());
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, DeclarationsPage page, CancellationToken cancel)
    {
        var request = new RecusalRequest([.. form.All("items")]);
        var verdict = await RunAsync(new ReviewId(review), request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/declarations", "recused");
    }
}

/// <summary>What an expert steps back from.</summary>
/// <param name="Items">Ids of items in scope.</param>
public sealed record RecusalRequest(IReadOnlyList<string>? Items = null);
