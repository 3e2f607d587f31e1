using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Ledger;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Moves;

/// <summary>Thirty days after a State withdrew its review, the notes and comments of the reviewers are erased. A job may point at one review;
/// what is due stands in the rows.</summary>
public sealed class EraseNotes(Database database, ReviewCommands commands) : IKeyedDueWork
{
    /// <inheritdoc/>
    public string Name => "notes-of-withdrawn-reviews";

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel) =>
        database.Worker.SingleOrDefaultAsync<DateTimeOffset?>(Scope.None, Sql.Next, new { After = after }, cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DueAsync(CancellationToken cancel) =>
        [.. (await FindAsync(null, cancel)).Select(one => one.Id.ToString())];

    /// <inheritdoc/>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var done = 0;
        foreach (var one in await FindAsync(null, cancel))
            done += await EraseAsync(one, cancel);
        return done;
    }

    /// <inheritdoc/>
    public async Task<int> DrainAsync(string key, CancellationToken cancel) =>
        Guid.TryParse(key, out var review) && await FindAsync(review, cancel) is [var one] ? await EraseAsync(one, cancel) : 0;

    private Task<IReadOnlyList<Due>> FindAsync(Guid? review, CancellationToken cancel) =>
        database.Worker.QueryAsync<Due>(Scope.None, Sql.Due, new { Review = review }, cancel);

    private async Task<int> EraseAsync(Due one, CancellationToken cancel)
    {
        var actor = new Actor(default(PersonId), [new Grant(Role.Public, new ProgrammeId(one.ProgrammeId))]);
        var verdict = await commands.RunAsync(
            new ReviewId(one.Id), actor, key: null,
            (work, _) => Task.FromResult<Verdict<ReviewChange>>(new ReviewChange()
                .Record(new ReviewEvent.NotesErased())
                .Also(Sql.Erase, new
                {
                    Review = one.Id,
                    Comments = CanonicalText(Contents.Write(new CommentSheet([]))),
                    Consolidation = CanonicalText(Contents.Write(ConsolidationSheet.Empty)),
                    // What was handed over to the State is the State's; it stays sealed for it.
                    HandedOver = work.Review.Facts.Consolidated,
                })),
            cancel);
        return verdict is Verdict<Receipt>.Accepted ? 1 : 0;
    }

    private static string CanonicalText(System.Text.Json.JsonElement content) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Of(content));

    private sealed record Due(Guid Id, Guid ProgrammeId);

    // No statements by themselves.
    private static class Parts
    {
        public const string Kept =
            """
            r.status = 'withdrawn' AND NOT EXISTS (SELECT FROM event e WHERE e.review_id = r.id AND e.kind = 'notes_erased')
            AND (EXISTS (SELECT FROM desk_comment d WHERE d.review_id = r.id)
                 OR EXISTS (SELECT FROM writing w WHERE w.review_id = r.id AND w.kind IN ('comments', 'consolidation', 'comment_remark')))
            """;
    }

    private static class Sql
    {
        public const string Next =
            "SELECT min(r.ended_at + interval '30 days') FROM review r WHERE r.ended_at + interval '30 days' > @After AND " + Parts.Kept;

        public const string Due =
            "SELECT r.id, r.programme_id FROM review r WHERE r.ended_at <= app.clock() - interval '30 days' AND (r.id = @Review OR @Review::uuid IS NULL) AND "
            + Parts.Kept + " ORDER BY r.ended_at, r.id LIMIT 1000";

        public const string Erase = "SELECT app.erase_notes(@Review, @Comments, @Consolidation, @HandedOver)";
    }
}
