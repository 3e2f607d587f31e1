using System.Collections.Immutable;
using Dapper;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Reviews;

/// <summary>How the course of a review was changed and which clocks stand, as far as a reader may know.</summary>
/// <param name="Clocks">Those that stand now.</param>
/// <param name="Changes">Oldest first.</param>
public sealed record Course(ImmutableArray<StandingClock> Clocks, ImmutableArray<CourseChange> Changes)
{
    /// <summary>Nothing to tell.</summary>
    public static Course Empty { get; } = new([], []);

    // What the parties of a programme's own process say to each other in a stage is read by all who work on the review.
    private static readonly ImmutableArray<string> OfStages = [Reasons.Fail, "Skip", "Return"];

    internal static Course Of(LoadedReview review, Actor actor, ImmutableArray<Writing> reasons)
    {
        if (!StageSight.Of(review, actor).IsWhole)
            return Empty;
        var all = Access.ReadsReasons(actor, review.Facts);
        return new Course(
            [.. review.State.Status == Core.Process.ReviewStatus.Running ? review.State.Pauses.Select(pause => new StandingClock(pause, all)) : []],
            [
                .. from reason in reasons
                   let kind = reason.Key.Split(':')[0]
                   let ofStage = OfStages.Contains(kind, StringComparer.Ordinal)
                   // Ours tell of a failed agreement where it is dealt with.
                   where ofStage ? !review.Process.OfferedByDefault : kind == Reasons.Theme || Enum.TryParse<MoveKind>(kind, out _)
                   orderby reason.At
                   select new CourseChange(kind, reason.At, all || ofStage ? reason : null),
            ]);
    }
}

/// <summary>A clock that stands.</summary>
/// <param name="ShowsReason">Whether the reader learns what is awaited.</param>
public sealed record StandingClock(ClockPause Pause, bool ShowsReason);

/// <summary>One change of the course of a review.</summary>
/// <param name="Kind">As its reason is kept: the name of a move, <c>Skip</c> or <c>Return</c>.</param>
/// <param name="At">UTC.</param>
/// <param name="Reason">Null where the reader learns only that it happened.</param>
public sealed record CourseChange(string Kind, DateTimeOffset At, Writing? Reason);

/// <summary>Reads the reasons.</summary>
internal static class CourseSql
{
    /// <summary>One result. The argument is named <c>Review</c>.</summary>
    public const string Statement = Sql.Reasons;

    /// <summary>Reads it.</summary>
    public static async Task<ImmutableArray<Writing>> ReadAsync(SqlMapper.GridReader grid) =>
        [.. (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting())];

    private static class Sql
    {
        public const string Reasons =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'reason' AND NOT withdrawn AND key LIKE '%:%'
            ORDER BY at, key
            """;
    }
}
