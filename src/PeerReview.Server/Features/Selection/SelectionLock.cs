using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Selection;

/// <summary>Reads the pool for a decision: under the lock of the programme's row, after that of the review. Whoever joins or leaves
/// the pool, or names States for another review, waits.</summary>
internal static class SelectionLock
{
    /// <summary>Takes the lock; the argument is named <c>Programme</c>, and there is one result to be read.</summary>
    public const string Statement = Sql.Lock;

    /// <summary>The pool, and what bars States from reviewing this subject.</summary>
    /// <exception cref="InvalidOperationException">The process has no reviewing States.</exception>
    public static async Task<(Pool Pool, SelectionGround Ground)> ReadAsync(ReviewWork work, CancellationToken cancel)
    {
        var review = work.Review;
        var pool = await work.ReadAsync(
            Sql.Lock + PoolReader.Statements,
            new { Programme = review.Programme.Value },
            async grid =>
            {
                await grid.ReadAsync<Guid>();
                return await PoolReader.ReadAsync(grid);
            },
            cancel);
        var rules = review.Process.Draw ?? throw new InvalidOperationException($"The process {review.Process.Id} has no draw.");
        return (pool, pool.GroundFor(review, rules));
    }

    private static class Sql
    {
        public const string Lock = "SELECT id FROM programme WHERE id = @Programme FOR NO KEY UPDATE;\n";
    }
}
