using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Platform.Reminders;

/// <summary>A reminder that is due or soon will be, with what is true at this moment about what it reminds of.</summary>
/// <param name="DueAt">From when it could have gone, UTC, business time.</param>
/// <param name="Closed">Whether the person's account is closed.</param>
/// <param name="TimeZone">The person's own zone, IANA.</param>
/// <param name="Status">Of the review.</param>
/// <param name="StandingDay">The day the deadline stands on now; null when the stage is no longer open.</param>
/// <param name="StandingDueAt">The first instant that is too late, UTC; null likewise.</param>
/// <param name="StandingRoles">Codes of the roles waited for now, with spaces between them; null likewise.</param>
/// <param name="BranchState">ISO 3166-1 alpha-3 code of the reviewing State whose part it is, or whose expert's; null elsewhere.</param>
/// <param name="OwnRoles">Codes of the roles the person has in the review, with spaces between them; null for none.</param>
/// <param name="Suspends">The last day before the review is suspended, where it tells of that; null elsewhere.</param>
internal sealed record DueReminder(
    string Key,
    Guid PersonId,
    Guid ReviewId,
    Guid ProgrammeId,
    string Stage,
    string Branch,
    string Letter,
    DateOnly DeadlineDay,
    string Zone,
    DateTimeOffset DueAt,
    bool AtOnce,
    bool Closed,
    string TimeZone,
    string Status,
    string SubjectState,
    string SubjectKind,
    string Variant,
    DateTimeOffset LaunchedAt,
    string ProcessId,
    int ProcessVersion,
    string? Theme,
    DateOnly? StandingDay,
    DateTimeOffset? StandingDueAt,
    string? StandingRoles,
    string? BranchState,
    string? OwnRoles,
    DateOnly? Suspends)
{
    /// <summary>The review it is about.</summary>
    public LetterReview Review => new(ProcessId, ProcessVersion, Variant, SubjectKind, LaunchedAt) { Theme = Theme };

    /// <summary>The stage it is about.</summary>
    public LetterStage LetterStage => new(ProcessId, ProcessVersion, Stage);

    /// <summary>The deadline it is about.</summary>
    public LetterDeadline Deadline => new(DeadlineDay, Zone) { At = Waits.EndsByTheHour(Stage) ? StandingDueAt : null };

    /// <summary>Whom the deadline waits for at this moment.</summary>
    public LetterLate Late => new([.. Codes(StandingRoles)], BranchState)
    {
        // Of a side with a State the reader knows which it is.
        Own = Branch.Length == 0 ? [.. Codes(StandingRoles).Intersect(Codes(OwnRoles), StringComparer.Ordinal)] : [],
    };

    /// <summary>Where its address leads: to the review, whose page knows what is open to whom; to where a late expert is replaced; of what
    /// is beside the process to its own page, since only its circle is told.</summary>
    public string Path => Letter is LetterNames.LateExpert or LetterNames.LateExpertReserve or LetterNames.LateExpertHead or LetterNames.LateDraft ? StagePages.Of(ReviewId) + "/experts"
        // It offers a lighter review among others: what that would change is shown there.
        : Letter == LetterNames.Escalation(3) ? StagePages.Of(ReviewId) + "/variant"
        : Letter is LetterNames.LateAnswer or LetterNames.LateAgreement ? StagePages.Of(ReviewId) + "/report"
        : Letter == LetterNames.ObjectionUndecided ? StagePages.Of(ReviewId) + "/declarations"
        : Letter == LetterNames.LateNomination ? StagePages.Of(ReviewId) + "/reviewers"
        : Waits.IsBeside(Stage) ? StagePages.Of(ReviewId, Stage)
        : StagePages.Of(ReviewId);

    /// <summary>Whether it tells that a time is over, so that it goes although nothing waits any more.</summary>
    public bool TellsOfTheEnd => Letter == LetterNames.ClarifyFirstLapsed;

    private static string[] Codes(string? roles) => (roles ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
