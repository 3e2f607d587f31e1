using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>A stakeholder writes a contribution, or changes one that is not handed in. Nothing of it enters the record of the review
/// before that.</summary>
public sealed class SaveContribution(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/contributions",
            async (Guid review, ContributionRequest request, Visit visit, SaveContribution save, HttpContext http, CancellationToken cancel) =>
                (await save.RunAsync(new ReviewId(review), null, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/contributions", receipt)))
            .WithName(nameof(SaveContribution)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapPut(
            "/reviews/{review:guid}/contributions/{contribution:guid}",
            async (Guid review, Guid contribution, ContributionRequest request, Visit visit, SaveContribution save, HttpContext http, CancellationToken cancel) =>
                (await save.RunAsync(new ReviewId(review), contribution, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName("ChangeContribution").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the contribution.</summary>
    /// <param name="contribution">The contribution to be changed; null for a new one.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid? contribution, ContributionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, contribution, request, token), cancel);

    /// <summary>Why the person can write nothing now; null when they can.</summary>
    internal static Refusal? Closed(Actor actor, LoadedReview review) =>
        Access.May(actor, ReviewAct.Contribute, review.Facts) ?? StageDoor.Closed(review.State, StakeholderWindow.Call);

    /// <summary>The person's draft with this id, or why there is none.</summary>
    internal static async Task<Verdict<DraftRow>> DraftAsync(ReviewWork work, Guid id, CancellationToken cancel)
    {
        var rows = await work.ReadAsync(DraftRows.Statement, DraftRows.Args(work.Review.Id, work.Person), DraftRows.ReadAsync, cancel);
        if (rows.FirstOrDefault(row => row.Id == id) is { } draft)
            return draft;
        return work.Review.Dossier.Stakeholders.Find(id.ToString())?.By == work.Person.Value
            ? new Refusal("contribution.handed-in", RefusalKind.Conflict)
            : new Refusal("contribution.unknown", RefusalKind.NotFound);
    }

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, Guid? id, ContributionRequest request, CancellationToken cancel)
    {
        if (Closed(work.Actor, work.Review) is { } closed)
            return closed;
        var (item, text) = (request.Item is { Length: > 0 } one ? one : null, request.Text.Tidy());
        DraftRow? stands = null;
        if (id is { } known)
        {
            var found = await DraftAsync(work, known, cancel);
            if (found is not Verdict<DraftRow>.Accepted { Value: var draft })
                return ((Verdict<DraftRow>.Refused)found).Reason;
            stands = draft;
        }

        if (ContributionRules.Check(item, text, work.Review.Dossier).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (stands is not null)
            return Change(work, stands, request with { Item = item, Text = text });
        var drafts = await work.ReadAsync(DraftRows.Statement, DraftRows.Args(work.Review.Id, work.Person), DraftRows.ReadAsync, cancel);
        return drafts.Length + work.Review.Dossier.Stakeholders.Contributions.Count(c => c.By == work.Person.Value) >= ContributionRules.MostPerSender
            ? new Refusal("contribution.too-many", RefusalKind.Conflict, "text").With("max", ContributionRules.MostPerSender)
            : Add(work, item, text, request.MayPublish);
    }

    private static Verdict<ReviewChange> Change(ReviewWork work, DraftRow stands, ContributionRequest request)
    {
        // Sent twice, or saved without a change.
        if (stands.Item == request.Item && stands.Text == request.Text && stands.MayPublish == request.MayPublish)
            return new ReviewChange().Made(stands.Id.ToString());
        if (request.Version != stands.Version)
            return ReviewRefusals.Stale(stands.Version);
        return new ReviewChange()
            .Also(Sql.Change, new { stands.Id, request.Item, request.Text, request.MayPublish, stands.Version, At = work.Now }, rows: 1)
            .Made(stands.Id.ToString());
    }

    private static ReviewChange Add(ReviewWork work, string? item, string text, bool mayPublish)
    {
        var id = Guid.CreateVersion7(work.Now);
        return new ReviewChange()
            .Also(
                Sql.Add,
                new
                {
                    Id = id,
                    Programme = work.Review.Programme.Value,
                    Review = work.Review.Id.Value,
                    Author = work.Person.Value,
                    Item = item,
                    Text = text,
                    MayPublish = mayPublish,
                    At = work.Now,
                },
                rows: 1)
            .Made(id.ToString());
    }

    private static class Sql
    {
        public const string Add =
            """
            INSERT INTO contribution_draft (id, programme_id, review_id, author, item, text, may_publish, version, written_at)
            VALUES (@Id, @Programme, @Review, @Author, @Item::text, @Text, @MayPublish, 1, @At)
            """;

        public const string Change =
            """
            UPDATE contribution_draft SET item = @Item::text, text = @Text, may_publish = @MayPublish, version = version + 1, written_at = @At
            WHERE id = @Id AND version = @Version AND closed_at IS NULL
            """;
    }
}

/// <summary>A contribution as it comes in.</summary>
/// <param name="Item">The item it is about; null or empty for the strategy as a whole.</param>
/// <param name="MayPublish">The sender agrees that it is made public one day.</param>
/// <param name="Version">The version it was written on; <c>If-Match</c> says the same.</param>
public sealed record ContributionRequest(string? Item = null, string Text = "", bool MayPublish = false, int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
