using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Selection;

/// <summary>When a review may go on without an expert who does not hand in: silence stops nobody for ever (process B.3).</summary>
public static class LeavingOut
{
    /// <summary>Days after the deadline of the expert's part from which the head coordinator may decide so.</summary>
    public const int AfterDays = LongLate.AfterDays;

    /// <summary>Why the review cannot go on without this person; null when it can.</summary>
    /// <param name="person">An expert, or whom an objection took out while nobody has stepped in.</param>
    /// <param name="now">UTC.</param>
    /// <returns><c>team.part-done</c>, <c>team.objection-open</c>, <c>team.not-late</c> {days}, <c>team.leads</c>,
    /// <c>team.last-expert</c>.</returns>
    public static Refusal? Problem(Dossier dossier, ProcessState state, Guid person, DateTimeOffset now)
    {
        if (state.Definition.FindStage(CommentRules.Stage) is not { } stage
            || state[stage].Part(new PersonId(person).ToString()) is not { Status: PartStatus.Open, Deadline: { } deadline } part)
        {
            return new Refusal("team.part-done", RefusalKind.Conflict, "person");
        }

        if (dossier.Team.Objections.Any(o => o.Person == person && o.IsOpen))
            return new Refusal("team.objection-open", RefusalKind.Conflict, "person");
        if (!LongLate.Is(state, stage, part, deadline, now))
            return new Refusal("team.not-late", RefusalKind.Conflict, "person").With("days", AfterDays);
        // Who leads merges the comments and writes the report: somebody else leads first.
        if (dossier.Holding(RoleCode.Lead).Contains(person))
            return new Refusal("team.leads", RefusalKind.Conflict, "person");
        return dossier.Holding(RoleCode.Expert).All(other => other == person)
            ? new Refusal("team.last-expert", RefusalKind.Conflict, "person")
            : null;
    }
}
