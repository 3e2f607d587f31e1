using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Who launches a review by a process: who acts in its first stage, the State or the office.</summary>
public static class LaunchRights
{
    /// <summary>Whether the office launches, for any State that has a mission in the programme.</summary>
    public static bool IsByOffice(ProcessDefinition process) => !process.First.Acts.Contains(RoleCode.Authority, StringComparer.Ordinal);

    /// <summary>Why somebody cannot launch a review by this process; null when they can.</summary>
    /// <param name="subject">Null for any State of theirs.</param>
    public static Refusal? Closed(Actor actor, ProcessDefinition process, ProgrammeId programme, StateCode? subject)
    {
        var state = Access.May(actor, ProgrammeAct.Launch, programme, subject);
        if (!IsByOffice(process) && state is null)
            return null;
        // A head of the office acts where the process says so, like everybody else.
        if (process.First.Acts.Any(role => Roles.TryParse(role, out var known) && known is Core.Access.Role.Coordinator or Core.Access.Role.HeadCoordinator && actor.Serves(programme, known)))
            return null;
        return IsByOffice(process)
            ? Access.May(actor, ProgrammeAct.LaunchForState, programme) ?? new Refusal("access.not-allowed", RefusalKind.NotAllowed)
            : state;
    }
}
