using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Finds what somebody started from and what was saved meanwhile, where two people wrote one text at once.</summary>
public sealed class TextVersions(ReviewLookup reviews)
{
    /// <summary>Null when the review is not open to the person, or nothing was ever written. Whether the text is open, the caller knows:
    /// only who may write it comes so far.</summary>
    /// <param name="kind">See <see cref="WritingKind"/>.</param>
    /// <param name="origin">The version it was written on.</param>
    public async Task<SavedMeanwhile?> FindAsync(Actor actor, ReviewId review, string kind, string key, int origin, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Versions, new { Review = review.Value, Kind = kind, Key = key },
            async grid => (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToList(), cancel);
        return found is { More: [var newest, ..] versions }
            ? new SavedMeanwhile(versions.Find(row => row.Version == origin), newest, found.Review.Find(newest.Author)?.Name ?? "")
            : null;
    }

    private static class Sql
    {
        public const string Versions =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing
            WHERE review_id = @Review AND kind = @Kind AND key = @Key
            ORDER BY version DESC
            """;
    }
}

/// <summary>What somebody else saved while a text was written.</summary>
/// <param name="Origin">What both started from; null where there was nothing.</param>
/// <param name="Theirs">What stands now.</param>
/// <param name="Author">The name of whoever saved it.</param>
public sealed record SavedMeanwhile(Writing? Origin, Writing Theirs, string Author);
