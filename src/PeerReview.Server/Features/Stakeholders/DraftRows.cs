using System.Collections.Immutable;
using PeerReview.Core;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>What one stakeholder has written and not handed in: rows of the sender's own, which nobody else's page ever reads.</summary>
internal static class DraftRows
{
    /// <summary>One result; the arguments are named <c>Review</c> and <c>Author</c>.</summary>
    public const string Statement = Sql.Own;

    /// <summary>Closes one row, handed in or taken back; the arguments are named <c>Id</c>, <c>Version</c> and <c>At</c>.</summary>
    public const string Close = Sql.Close;

    /// <summary>The arguments.</summary>
    public static object Args(ReviewId review, PersonId author) => new { Review = review.Value, Author = author.Value };

    /// <summary>Reads the result.</summary>
    public static async Task<ImmutableArray<DraftRow>> ReadAsync(Dapper.SqlMapper.GridReader grid) => [.. await grid.ReadAsync<DraftRow>()];

    private static class Sql
    {
        public const string Own =
            """
            SELECT id, item, text, may_publish, version, written_at FROM contribution_draft
            WHERE review_id = @Review AND author = @Author AND closed_at IS NULL ORDER BY written_at, id
            """;

        public const string Close =
            "UPDATE contribution_draft SET closed_at = @At WHERE id = @Id AND version = @Version AND closed_at IS NULL";
    }
}

/// <summary>A contribution as it is being written.</summary>
/// <param name="Item">The item it is about, or null.</param>
/// <param name="WrittenAt">UTC.</param>
public sealed record DraftRow(Guid Id, string? Item, string Text, bool MayPublish, int Version, DateTimeOffset WrittenAt);
