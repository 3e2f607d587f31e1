using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Clarification;

/// <summary>Answers a reply that was written on an older version: what both started from, what was saved meanwhile, what was
/// sent. Only who may reply comes so far.</summary>
public sealed class StaleReply(ReviewLookup reviews)
{
    /// <summary>The problem document, 409.</summary>
    public async Task<IResult> OfAsync(
        Refusal stale, ReviewId review, string question, ReplyRequest mine, Actor actor, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Versions, new { Review = review.Value, Question = question },
            async grid => (await grid.ReadAsync<WritingRow>()).ToList(), cancel);
        if (found is null)
            return ReviewRefusals.NotFound.ToProblem();
        return new Problem(stale, stale.Status())
        {
            Extra = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["base"] = Body(found.More.Find(row => row.Version == (mine.Version ?? 0))),
                ["theirs"] = Body(found.More.FirstOrDefault()),
                ["mine"] = mine,
            },
        };
    }

    private static ReplyBody? Body(WritingRow? row)
    {
        if (row is null)
            return null;
        var reply = Contents.ReadReply(row.ToWriting());
        return new ReplyBody(row.Key, row.Version, reply.Text, reply.Declines, row.At);
    }

    private static class Sql
    {
        public const string Versions =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing
            WHERE review_id = @Review AND kind = 'reply' AND key = @Question
            ORDER BY version DESC
            """;
    }
}

/// <summary>One version of a reply.</summary>
/// <param name="RepliedAt">UTC.</param>
public sealed record ReplyBody(string Key, int Version, string Text, bool Declines, DateTimeOffset RepliedAt);
