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
        if (await VersionsAsync(review, question, mine.Version ?? 0, actor, cancel) is not { } versions)
            return ReviewRefusals.NotFound.ToProblem();
        return new Problem(stale, stale.Status())
        {
            Extra = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["base"] = Body(versions.Origin),
                ["theirs"] = Body(versions.Theirs),
                ["mine"] = mine,
            },
        };
    }

    /// <summary>What both started from and what was saved meanwhile, each null where there is none; null when the review is not
    /// open to the person.</summary>
    public async Task<(Writing? Origin, Writing? Theirs)?> VersionsAsync(
        ReviewId review, string question, int origin, Actor actor, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Versions, new { Review = review.Value, Question = question },
            async grid => (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToList(), cancel);
        return found is null ? null : (found.More.Find(row => row.Version == origin), found.More.FirstOrDefault());
    }

    private static ReplyBody? Body(Writing? version)
    {
        if (version is null)
            return null;
        var reply = Contents.ReadReply(version);
        return new ReplyBody(version.Key, version.Version, reply.Text, reply.Declines, version.At, reply.AddressedIn);
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
/// <param name="AddressedIn">The version of the answer that takes the question up, where one does.</param>
public sealed record ReplyBody(string Key, int Version, string Text, bool Declines, DateTimeOffset RepliedAt, int? AddressedIn);
