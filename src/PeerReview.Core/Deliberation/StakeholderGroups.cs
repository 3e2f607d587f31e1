using System.Collections.Immutable;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>How one group of stakeholders was heard.</summary>
/// <param name="Family">See <see cref="StakeholderFamily"/>.</param>
/// <param name="Standing">See <see cref="GroupStanding"/>.</param>
/// <param name="Reason">Why nobody of it was invited; null where somebody was, or nobody has said.</param>
public sealed record StakeholderGroup(string Family, string Standing, Writing? Reason);

/// <summary>How a group can stand.</summary>
public static class GroupStanding
{
    /// <summary>At least one contribution was accepted.</summary>
    public const string Heard = "heard";

    /// <summary>Somebody was invited, and no contribution of the group reached the review.</summary>
    public const string Silent = "silent";

    public const string NotInvited = "not_invited";
}

/// <summary>Before the draft leaves the team, the record shows of industry, academia and civil society how each was heard.</summary>
/// <remarks>The process has no guard of its own for it. It goes with those of the draft: what is written in it rests on who was
/// heard.</remarks>
public static class StakeholderGroups
{
    /// <summary>Characters of a reason at most.</summary>
    public const int MaxReason = 1_000;

    /// <summary>Whether it is asked: where the window for stakeholders took place in a review with a draft.</summary>
    public static bool AreAsked(ProcessState state) =>
        StakeholderWindow.TakesPlace(state) && state.Definition.FindStage(DraftReport.Stage) is { } draft && state.Exists(draft);

    /// <summary>The groups in their order.</summary>
    public static ImmutableArray<StakeholderGroup> Of(Dossier dossier, Material material) =>
    [
        .. from family in StakeholderFamily.All
           let standing = StandingOf(family, dossier.Stakeholders)
           select new StakeholderGroup(
               family, standing, standing == GroupStanding.NotInvited ? material.Find(WritingKind.NotInvited, family) : null),
    ];

    /// <summary>Groups of which nobody was invited and nobody has said why.</summary>
    public static ImmutableArray<string> Missing(ProcessState state, Dossier dossier) => AreAsked(state)
        ?
        [
            .. StakeholderFamily.All.Where(family => StandingOf(family, dossier.Stakeholders) == GroupStanding.NotInvited
                && !dossier.Stakeholders.Explained.Contains(family, StringComparer.Ordinal)),
        ]
        : [];

    /// <summary>Why no reason can be written now; null when one can.</summary>
    /// <returns>null, <c>stakeholder.groups-not-asked</c>, <c>stakeholder.groups-over</c>, or why the window has not begun.</returns>
    public static Refusal? Closed(ProcessState state)
    {
        if (!AreAsked(state))
            return new Refusal("stakeholder.groups-not-asked", RefusalKind.Conflict);
        if (state[DraftReport.Stage].Status.IsClosed())
            return new Refusal("stakeholder.groups-over", RefusalKind.Conflict);
        return state[StakeholderWindow.Call].Status == StageStatus.Waiting ? StageDoor.Closed(state, StakeholderWindow.Call) : null;
    }

    private static string StandingOf(string family, StakeholderWindow window)
    {
        var invited = window.Invitations.Where(i => i.Family == family && i.Outcome != InvitationOutcome.Withdrawn).ToList();
        return invited.Count == 0 ? GroupStanding.NotInvited
            : window.Contributions.Any(c => c.IsAccepted && invited.Exists(i => i.Person == c.By)) ? GroupStanding.Heard
            : GroupStanding.Silent;
    }
}
