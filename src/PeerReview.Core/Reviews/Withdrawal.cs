using PeerReview.Core.Calendar;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What becomes of a review after its State withdrew it.</summary>
public static class Withdrawal
{
    /// <summary>Days after which the notes and comments of the reviewers are erased.</summary>
    public const int NotesKeptDays = 30;

    /// <summary>The day on which they are erased, there; null where the review was not withdrawn.</summary>
    public static DateOnly? NotesErasedOn(ProcessState state, TimeZoneInfo zone) =>
        state.Status == ReviewStatus.Withdrawn && state.StatusSince is { } at ? DueDay.In(zone, at.AddDays(NotesKeptDays)) : null;
}
