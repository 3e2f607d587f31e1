using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Selection;

/// <summary>A reviewing State from which no nomination comes: another can take its place (process B.2, L3 "replace").</summary>
public static class SilentReviewer
{
    /// <summary>The stage in which reviewing States nominate their experts.</summary>
    public const string Stage = "nominate";

    /// <summary>Days after the deadline of its nomination from which another State can take the place.</summary>
    public const int AfterDays = LongLate.AfterDays;

    /// <summary>Why another State can take the place of one; null when none can.</summary>
    /// <param name="reviewer">ISO 3166-1 alpha-3 code.</param>
    /// <param name="now">UTC.</param>
    /// <returns>A <see cref="ReplacementCause"/>.</returns>
    public static string? CauseOf(Dossier dossier, ProcessState state, string reviewer, DateTimeOffset now) =>
        dossier.Team.CauseOf(reviewer)
        ?? (state.Definition.FindStage(Stage) is { } stage
            && state[stage].Part(reviewer) is { Status: PartStatus.Open, Deadline: { } deadline } part
            && LongLate.Is(state, stage, part, deadline, now)
                ? ReplacementCause.Silent
                : null);
}
