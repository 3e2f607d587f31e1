using System.Diagnostics;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Telemetry;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Decides under the lock: everything comes in, what is to happen goes out.</summary>
public delegate Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken cancel);

/// <summary>The one path by which anything happens to a review: lock, load, decide, append, commit.</summary>
/// <remarks>Two round trips for most commands: one reads under the lock, one writes and commits.</remarks>
public sealed class ReviewCommands(
    Database database, ReviewReader reader, ChangeWriter writer, OutboxSignal outbox, ServerMetrics metrics)
{
    /// <summary>Runs one command on one review.</summary>
    /// <param name="actor">Who asks; the review is looked for in the programmes of the actor's grants.</param>
    /// <param name="key">Makes the command safe to repeat, or null.</param>
    /// <param name="text">The text the command is about to write, or null.</param>
    /// <returns>A receipt after commit, or why nothing changed.</returns>
    public async Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Actor actor, CommandKey? key, WritingRef? text, DecideAsync decide, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var verdict = await Database.RetryAsync(() => OnceAsync(review, actor, key, text, decide, cancel), cancel);
        metrics.CommandEnded(
            "review", verdict is Verdict<Receipt>.Accepted ? "accepted" : "refused", Stopwatch.GetElapsedTime(started));
        if (verdict is Verdict<Receipt>.Accepted)
            outbox.Wake();
        return verdict;
    }

    /// <summary>Without a text to write and without a key.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Actor actor, CommandKey? key, DecideAsync decide, CancellationToken cancel) =>
        RunAsync(review, actor, key, text: null, decide, cancel);

    private async Task<Verdict<Receipt>> OnceAsync(
        ReviewId review, Actor actor, CommandKey? key, WritingRef? text, DecideAsync decide, CancellationToken cancel)
    {
        if (actor.Person is not { } person)
            return ReviewRefusals.NotFound;
        await using var unit = await database.BeginAsync(actor.Scope(), cancel);
        var args = new
        {
            Review = review.Value,
            Kind = text?.Kind,
            TextKey = text?.Key,
            Person = person.Value,
            CommandKey = key?.Key,
        };
        var (loaded, current, answered) = await unit.ReadAsync(
            Sql.Load,
            args,
            async grid =>
            {
                var loaded = await reader.ReadAsync(grid);
                var current = await grid.ReadSingleOrDefaultAsync<WritingRow>();
                return (loaded, current, await grid.ReadSingleOrDefaultAsync<AnsweredRow>());
            },
            cancel);
        if (answered is not null)
            return IdempotencyAnswers.Again<Receipt>(answered, key!);
        if (loaded is null)
            return ReviewRefusals.NotFound;

        var work = new ReviewWork(unit, loaded, actor, current?.ToWriting()) { IsWithdrawn = current is { Withdrawn: true } };
        return await writer.CommitAsync(unit, work, await decide(work, cancel), key, cancel);
    }

    private static class Sql
    {
        public const string Load = ReviewReader.LockingStatements +
            """
            SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at, h.withdrawn
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND h.kind = @Kind::text AND h.key = @TextKey::text;
            """ + IdempotencyAnswers.Find;
    }
}
