using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Who acts, with what right.</summary>
/// <param name="Person">The person; <see cref="PersonId"/> of zeros for the program itself.</param>
/// <param name="Roles">Role ids the person holds in this review.</param>
/// <param name="Branch">The key on whose behalf: a reviewing or participating State, or an expert; null for the review as
/// a whole.</param>
public sealed record Acting(PersonId Person, ImmutableArray<string> Roles, string? Branch = null)
{
    /// <summary>The role under which the program itself acts: silence that counts, suspension at the end of the ladder.</summary>
    public const string SystemRole = "SYSTEM";

    /// <summary>The program itself.</summary>
    public static Acting System { get; } = new(default, [SystemRole]);
}

/// <summary>Something a person wants done to the process of one review. A closed set.</summary>
public abstract record ProcessCommand
{
    private ProcessCommand(Acting by) => By = by;

    /// <summary>Who wants it.</summary>
    public Acting By { get; }

    /// <summary>Starts the review: completes the first stage.</summary>
    /// <param name="LeaveOut">Optional stages left out from the start.</param>
    public sealed record Launch(Acting By, string Variant, string Subject, ImmutableArray<string> LeaveOut) : ProcessCommand(By);

    /// <summary>Does one's part of an open stage.</summary>
    public sealed record Complete(Acting By, string Stage) : ProcessCommand(By);

    /// <summary>States that the stage cannot succeed; its <c>on_fail</c> stage takes over.</summary>
    public sealed record Fail(Acting By, string Stage) : ProcessCommand(By);

    /// <summary>Sends the earlier stage <paramref name="To"/> back from the open stage <paramref name="Stage"/>.</summary>
    public sealed record Return(Acting By, string Stage, string To) : ProcessCommand(By);

    /// <summary>Gives up the right a waivable stage protects.</summary>
    public sealed record Waive(Acting By, string Stage) : ProcessCommand(By);

    /// <summary>Leaves out an optional stage that is not closed.</summary>
    public sealed record Skip(Acting By, string Stage) : ProcessCommand(By);

    /// <summary>Moves the deadline of an open stage (or of one branch) by so many days.</summary>
    public sealed record Extend(Acting By, string Stage, int Days, string? Branch = null) : ProcessCommand(By);

    /// <summary>Stops the clock of one party (or of one branch of it).</summary>
    public sealed record Pause(Acting By, string Party, string Reason, string? Branch = null) : ProcessCommand(By);

    /// <summary>Starts a paused clock again; the deadlines it stopped move by the days it stood.</summary>
    public sealed record ResumeClock(Acting By, string Party, string? Branch = null) : ProcessCommand(By);

    /// <summary>Makes the review lighter or deeper, keeping all work.</summary>
    public sealed record ChangeVariant(Acting By, string Variant) : ProcessCommand(By);

    /// <summary>Puts the review off until a day.</summary>
    public sealed record Defer(Acting By, DateOnly Until) : ProcessCommand(By);

    /// <summary>Stops everything, keeping everything.</summary>
    public sealed record Suspend(Acting By) : ProcessCommand(By);

    /// <summary>Goes on after a deferral or suspension.</summary>
    public sealed record Resume(Acting By) : ProcessCommand(By);

    /// <summary>Ends the review without a report.</summary>
    public sealed record Withdraw(Acting By) : ProcessCommand(By);

    /// <summary>Puts another State or expert in the place of one, in every open stage.</summary>
    /// <param name="Over">The set the keys belong to.</param>
    public sealed record Replace(Acting By, string Over, string From, string To) : ProcessCommand(By);

    /// <summary>Counts silence after a deadline, where the stage says what silence means.</summary>
    public sealed record Lapse(Acting By, string Stage, string? Branch = null) : ProcessCommand(By);
}
