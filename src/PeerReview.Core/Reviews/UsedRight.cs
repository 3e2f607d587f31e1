using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>A right of a programme's own process that somebody used, where the process says what has to hold before the review goes on. What
/// follows is settled by the office, with an answer: until then the right does not lapse, and what was written stays as it is. Part of the
/// <see cref="Dossier"/>.</summary>
/// <param name="Branch">The part of the stage; null where it has none.</param>
/// <param name="Role">The role whose part it was.</param>
/// <param name="At">UTC.</param>
public sealed record UsedRight(string Stage, string? Branch, string Role, Guid By, DateTimeOffset At);

/// <summary>Rights that were used and are not settled.</summary>
public static class UsedRights
{
    /// <summary>The right used in one part of a stage; null where none is, or what follows is settled.</summary>
    /// <param name="branch">The part; null for that beside the branches.</param>
    public static UsedRight? In(ProcessState state, Dossier dossier, Stage stage, string? branch) =>
        state[stage] is { Status: StageStatus.Open } at && at.Part(branch) is { Status: PartStatus.Open } part
            // A stage that was sent back begins anew.
            ? dossier.RightsUsed?.LastOrDefault(used => used.Stage == stage.Id && used.Branch == branch && used.At >= part.OpenedAt)
            : null;

    /// <summary>All of a stage.</summary>
    public static IEnumerable<UsedRight> In(ProcessState state, Dossier dossier, Stage stage) =>
        state[stage].Parts.Select(part => In(state, dossier, stage, part.Branch)).OfType<UsedRight>();
}
