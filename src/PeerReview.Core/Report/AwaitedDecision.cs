using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Report;

/// <summary>A State's decision about publication that did not come by its day.</summary>
public static class AwaitedDecision
{
    /// <summary>Whether the day has passed without a signature. It stays so while the review is suspended or a clock stands: neither tells
    /// the public anything.</summary>
    /// <param name="now">UTC.</param>
    public static bool IsOverdue(ProcessState state, DateTimeOffset now) =>
        KnownStages.Serve(state.Definition, SignedAct.Publication)
        && state[state.Definition.Stage(SignedAct.Publication)].Part(null) is { Status: PartStatus.Open, Deadline: { } deadline }
        && Deadlines.LateFrom(deadline) <= now;
}
