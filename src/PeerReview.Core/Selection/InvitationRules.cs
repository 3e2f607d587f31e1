using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Selection;

/// <summary>Whom a reviewing State may invite to review, and when.</summary>
public static class InvitationRules
{
    /// <summary>Experts and reserves a State may have, open invitations among them.</summary>
    public const int MostPerState = 6;

    /// <summary>Longest reason and suggestion, in characters.</summary>
    public const int MaxText = 1000;

    /// <summary>Why nobody can be invited for a State now; null when somebody can.</summary>
    /// <param name="reserve">To step in when an expert is late or leaves.</param>
    /// <returns><c>selection.not-reviewing</c>, <c>selection.leaving-already</c>, <c>team.too-many</c> {count}, or why the stage is
    /// closed.</returns>
    public static Refusal? MayInvite(ReviewTeam team, ProcessState state, string reviewer, bool reserve)
    {
        if (team.Find(reviewer) is null)
            return new Refusal("selection.not-reviewing", RefusalKind.Conflict);
        if (team.CauseOf(reviewer) is not null)
            return new Refusal("selection.leaving-already", RefusalKind.Conflict);
        if (MayAccept(team, state, reviewer, reserve) is { } closed)
            return closed;
        var standing = team.Invitations.Count(i => i.State == reviewer && i.Outcome is null or InvitationOutcome.Accepted && !team.IsTakenOut(i.Person));
        return standing < MostPerState
            ? null
            : new Refusal("team.too-many", RefusalKind.Conflict).With("count", MostPerState);
    }

    /// <summary>Why nobody can join for a State now; null when somebody can. Whoever an objection took out is replaced at any time,
    /// and a reserve is found as long as experts comment; else the nomination is over once it is.</summary>
    public static Refusal? MayAccept(ReviewTeam team, ProcessState state, string reviewer, bool reserve)
    {
        if (!KnownStages.Serve(state.Definition, "nominate"))
            return InOwnProcess(state);
        var comments = state.Definition.FindStage(CommentRules.Stage);
        // While experts comment a place is filled by the coordinator, with the open work that belongs to it.
        // So is, at any time, the place of somebody who left then: a reserve steps in with everything that belongs to it.
        var gap = team.GapOf(reviewer);
        var open = (gap is { Left: null } && (comments is null || state[comments].Status == StageStatus.Waiting))
            || (reserve && comments is not null && (gap is { Left: not null } || !state[comments].Status.IsClosed()));
        // Before the States are named there is nobody to invite for.
        return open && state.Status == ReviewStatus.Running && team.Find(reviewer) is not null ? null : StageDoor.Closed(state, "nominate");
    }

    /// <summary>In a process that finds its experts in another way: as long as something is left for them to do.</summary>
    private static Refusal? InOwnProcess(ProcessState state) => state.Status == ReviewStatus.Running
        && state.Definition.Stages.Any(stage => state.Exists(stage) && stage.Acts.Contains(RoleCode.Expert, StringComparer.Ordinal) && !state[stage].Status.IsClosed())
            ? null
            : new Refusal("team.no-experts-needed", RefusalKind.Conflict);

    /// <summary>Why this person cannot be invited; null when they can.</summary>
    /// <param name="state">The State that would invite. Whom another has invited is not told.</param>
    /// <returns>null, <c>team.invited-already</c> or <c>team.not-free</c>.</returns>
    public static Refusal? MayInvite(ReviewTeam team, PersonId person, string state) =>
        team.Invitations.FirstOrDefault(i => i.Person == person.Value && i.Outcome is null or InvitationOutcome.Accepted) is { } standing
            ? new Refusal(standing.State == state ? "team.invited-already" : "team.not-free", RefusalKind.Conflict, "email")
            : null;
}
