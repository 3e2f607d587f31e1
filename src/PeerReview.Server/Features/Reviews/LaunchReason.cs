using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Reviews;

/// <summary>Why a State launched a review again so soon (guard G-COOL): a part of the launch notice, read as far as its label goes.</summary>
internal static class LaunchReason
{
    /// <summary>One row, or none; for <c>@Review</c>.</summary>
    public const string Statement = Sql.Reason;

    /// <summary>The reason, where this reader may read it.</summary>
    public static Writing? For(Actor actor, LoadedReview review, WritingRow? row) => row?.ToWriting() is { } reason
        && Access.Visible(actor, DocumentKind.LaunchNotice, review.Facts, SharingLabels.Of(reason.Label)).CanRead ? reason : null;

    private static class Sql
    {
        public const string Reason =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'reason' AND NOT withdrawn AND key = 'cooldown'
            """;
    }
}
