using PeerReview.Core.Process;

namespace PeerReview.Core.Selection;

/// <summary>When somebody is so late that the review can go on without them or with another (process B.2, L3).</summary>
internal static class LongLate
{
    /// <summary>Days after the deadline.</summary>
    public const int AfterDays = 30;

    /// <summary>Whether an open part is so late, and its clock does not stand.</summary>
    /// <param name="now">UTC.</param>
    public static bool Is(ProcessState state, Stage stage, PartState part, Deadline deadline, DateTimeOffset now) =>
        now >= Deadlines.LateFrom(deadline).AddDays(AfterDays) && !Turn.IsPaused(state.Definition, state, stage, part, new ProcessFacts());
}
