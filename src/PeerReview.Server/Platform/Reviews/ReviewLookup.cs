using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Finds a review for somebody who may know of it; everybody else is told that it is not there.</summary>
public sealed class ReviewLookup(Database database, ReviewReader reader)
{
    /// <summary>The review alone, in one round trip.</summary>
    public async Task<LoadedReview?> FindAsync(Actor actor, ReviewId review, CancellationToken cancel) =>
        (await FindAsync(actor, review, "", new { Review = review.Value }, _ => Task.FromResult(0), cancel))?.Review;

    /// <summary>The review with what else a page shows, in one round trip.</summary>
    /// <param name="sql">One or more statements; they may use <c>@Review</c>.</param>
    /// <param name="args">Must have <c>Review</c>.</param>
    /// <param name="read">Reads the results of <paramref name="sql"/>, after those of the review.</param>
    public async Task<Found<T>?> FindAsync<T>(
        Actor actor, ReviewId review, string sql, object args, Func<SqlMapper.GridReader, Task<T>> read,
        CancellationToken cancel)
    {
        if (actor.Grants.IsEmpty)
            return null;
        return await database.ReadAsync(
            actor.Scope(),
            ReviewReader.Statements + sql,
            args,
            async grid =>
            {
                var found = await reader.ReadAsync(grid);
                return found is null || !Access.Knows(actor, found.Facts) ? null : new Found<T>(found, await read(grid));
            },
            cancel);
    }
}

/// <summary>A review with what else was asked for.</summary>
public sealed record Found<T>(LoadedReview Review, T More);
