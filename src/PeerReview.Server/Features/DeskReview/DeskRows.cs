using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Deliberation;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>What one expert has written and not handed in: rows of the expert's own, which nobody else's page ever reads.</summary>
public static class DeskRows
{
    /// <summary>One result; the arguments are named <c>Review</c> and <c>Author</c>.</summary>
    public const string Statement = Sql.Own;

    /// <summary>Takes one row back; the arguments are named <c>Id</c> and <c>At</c>.</summary>
    public const string Remove = Sql.Remove;

    /// <summary>The arguments.</summary>
    public static object Args(ReviewId review, PersonId author) => new { Review = review.Value, Author = author.Value };

    /// <summary>Reads the result.</summary>
    public static async Task<ImmutableArray<DeskRow>> ReadAsync(Dapper.SqlMapper.GridReader grid) => [.. await grid.ReadAsync<DeskRow>()];

    private static class Sql
    {
        public const string Remove = "UPDATE desk_comment SET removed_at = @At WHERE id = @Id AND removed_at IS NULL";

        public const string Own =
            """
            SELECT id, item, kind, text, answer_version, version, written_at FROM desk_comment
            WHERE review_id = @Review AND author = @Author AND removed_at IS NULL ORDER BY item, written_at, id
            """;
    }
}

/// <summary>A comment or note as it is being written.</summary>
/// <param name="Kind">See <see cref="CommentKind"/>.</param>
/// <param name="WrittenAt">UTC.</param>
public sealed record DeskRow(
    Guid Id, string Item, string Kind, string Text, int AnswerVersion, int Version, DateTimeOffset WrittenAt);
