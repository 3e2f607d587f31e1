using System.Collections.Immutable;
using System.Text;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Ledger;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Ledger;

/// <summary>The record of a review, each body for those who may see it: as a page and as a file that anyone can verify.</summary>
public sealed class ReadLedger(Database database, ReviewReader reader, StateNames names)
{
    private const int PageSize = 100;

    public static IServiceCollection Add(IServiceCollection services) => services.AddSingleton<ReadLedger>();

    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/ledger", (
            Guid review, int? after, Visit visit, ReadLedger ledger, CancellationToken cancel) =>
            ledger.DrawAsync(visit, review, after ?? 0, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/ledger", (
            Guid review, Visit visit, ReadLedger ledger, CancellationToken cancel) =>
            ledger.ExportAsync(visit.Caller.Actor, review, cancel)).WithName(nameof(ReadLedger)).WithTags("reviews");
        routes.Pages.MapGet("/reviews/{review:guid}/ledger.jsonl", (
            Guid review, Visit visit, ReadLedger ledger, CancellationToken cancel) =>
            ledger.ExportAsync(visit.Caller.Actor, review, cancel));
    }

    private async Task<IResult> ExportAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        var verdict = await FindAsync(actor, id, cancel);
        return verdict.OrProblem(found => TypedResults.File(
            Encoding.UTF8.GetBytes(LedgerFile.Write(HeadOf(found.Review), found.Rows)),
            "application/jsonl",
            $"record-{id}.jsonl"));
    }

    private async Task<IResult> DrawAsync(Visit visit, Guid id, int after, CancellationToken cancel)
    {
        var verdict = await FindAsync(visit.Caller.Actor, id, cancel);
        if (verdict is not Verdict<Ledger>.Accepted { Value: var found })
            return Answer.NotFound();
        var review = found.Review;
        return Answer.Page<LedgerView>(new
        {
            Model = new LedgerModel(
                review.Id,
                names.Of(review.Subject.Iso3, visit.Texts.Language),
                HeadOf(review),
                LedgerVerification.Verify(review.Id, found.Rows, HeadOf(review)),
                [.. found.Rows.Where(row => row.Envelope.Sequence > after).Take(PageSize)],
                after)
            {
                Opens = Access.Knows(visit.Caller.Actor, review.Facts),
            },
        });
    }

    /// <summary>The rows as the actor may see them, in one round trip.</summary>
    private async Task<Verdict<Ledger>> FindAsync(Actor actor, Guid id, CancellationToken cancel) => actor.Grants.IsEmpty
        ? ReviewRefusals.NotFound
        : await database.ReadAsync<Verdict<Ledger>>(
            actor.Scope(),
            ReviewReader.Statements + Sql.Events,
            new { Review = id },
            async grid =>
            {
                var review = await reader.ReadAsync(grid);
                // An auditor sees no review and verifies its record all the same; for who may not read it, it is not there.
                if (review is null || Access.May(actor, ReviewAct.ReadLedger, review.Facts) is not null)
                    return ReviewRefusals.NotFound;
                var sight = new LedgerSight(actor, review.Facts, review.Dossier) { State = review.State };
                return new Ledger(review, [.. (await grid.ReadAsync<EventRow>())
                    .Where(row => row.Sequence <= review.Sequence)
                    .Select(row => row.ToLedger(review.Id, sight))]);
            },
            cancel);

    private static LedgerHead HeadOf(LoadedReview review) => new(review.Id, review.Sequence, review.Head);

    private sealed record Ledger(LoadedReview Review, ImmutableArray<LedgerRow> Rows);

    private sealed record EventRow(int Sequence, DateTimeOffset At, string Kind, string Body, byte[] Salt, byte[] Chain)
    {
        public LedgerRow ToLedger(ReviewId review, LedgerSight sight)
        {
            var body = Encoding.UTF8.GetBytes(Body);
            return new LedgerRow(
                new LedgerEnvelope(review, Sequence, At, Kind),
                sight.MayRead(ReviewJson.Knows(Kind) ? ReviewJson.Read(Kind, Body) : null)
                    ? new LedgerBody.Open(Salt, body)
                    : new LedgerBody.Withheld(LedgerChain.Commit(Salt, body)),
                new Digest(Chain));
        }
    }

    private static class Sql
    {
        public const string Events =
            "SELECT sequence, at, kind, body, salt, chain FROM event WHERE review_id = @Review ORDER BY sequence";
    }
}

/// <summary>What the page of the record draws.</summary>
/// <param name="After">The sequence before the first row shown.</param>
public sealed record LedgerModel(
    ReviewId Review, string StateName, LedgerHead Head, LedgerCheck Check, ImmutableArray<LedgerRow> Rows, int After)
{
    /// <summary>Whether the page of the review opens to the reader; to an auditor only where it does to everybody.</summary>
    public bool Opens { get; init; }
}
