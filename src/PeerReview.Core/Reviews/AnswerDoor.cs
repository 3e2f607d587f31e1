using PeerReview.Core.Access;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>When a State may write its answers: while the self-assessment is open and, where reviewing States ask about an item, that
/// answer again while it replies.</summary>
public static class AnswerDoor
{
    /// <summary>Whether an answer that was handed in is open for a later version.</summary>
    public static bool IsReopened(string item, ProcessState state, Dossier dossier) =>
        dossier.Asked is { } asked && asked.Items.Any(one => one.Item == item) && StageDoor.Closed(state, ClarifyingRound.Replying) is null;

    /// <summary>Why somebody cannot write an answer, or add a file to it, now; null when they can.</summary>
    /// <param name="act"><see cref="ReviewAct.SaveAnswer"/> or <see cref="ReviewAct.AttachEvidence"/>.</param>
    /// <returns>null; why the actor may not do it, such as <c>access.not-your-item</c>, <c>assessment.submitted</c> or, for a contributor
    /// while the State replies, <c>assessment.reply-instead</c>; or why the self-assessment is not open.</returns>
    public static Refusal? Closed(Actor actor, ReviewAct act, string item, ReviewFacts facts, ProcessState state, Dossier dossier)
    {
        var document = act == ReviewAct.AttachEvidence ? dossier.Evidence(item) : dossier.Answer(item);
        var reopened = IsReopened(item, state, dossier);
        return Access.Access.May(actor, act, facts, document with { Reopened = reopened })
            ?? (reopened ? null : StageDoor.Closed(state, AssessmentToSign.Stage));
    }
}
