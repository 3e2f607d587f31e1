using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <summary>Whose turn it really is within a stage that several roles may act in.</summary>
/// <remarks>The process says who may act; people want to know whom a stage waits for. This narrows, and never beyond
/// those who may act.</remarks>
public static class TurnRules
{
    /// <summary>The roles a stage waits for now.</summary>
    /// <param name="stage">Stage id.</param>
    /// <param name="acting">Roles of the stage that may act.</param>
    public static IReadOnlyList<string> Narrow(string stage, IReadOnlyList<string> acting, Dossier dossier) => stage switch
    {
        "clarify" => Keep(acting, dossier.OpenQuestions.IsEmpty ? RoleCode.Coordinator : RoleCode.FocalPoint),
        "draw" => Keep(acting, RoleCode.Coordinator),
        ClarifyingRound.Replying => Keep(acting, [.. Replying(dossier)]),
        "action_plan" or "mid_term" => Keep(acting, RoleCode.FocalPoint),
        "draft" => Keep(acting, RoleCode.Lead, RoleCode.Expert),
        "self_assess" => Keep(acting, [.. SelfAssessment(dossier)]),
        // Whoever accepted and has said nothing; the coordinator invites, screens and closes all along.
        StakeholderWindow.Call when !dossier.Stakeholders.Silent(dossier).Any() => Keep(acting, RoleCode.Coordinator),
        DialogueRules.Stage when !dossier.Dialogue.IsToConfirm => Keep(acting, [.. DialogueRules.Meeting(dossier)]),
        _ when JointText.Of(stage) is { } text => Keep(acting, [.. text.WaitsFor(dossier)]),
        _ => acting,
    };

    /// <summary>The people of a role whom a stage does not wait for any more: a contributor who validated or whom no open question is
    /// about, an expert who declared, a stakeholder who handed in, a party that confirmed.</summary>
    public static bool HasDone(string stage, string role, PersonId person, Dossier dossier) => (stage, role) switch
    {
        ("self_assess", RoleCode.Contributor) => dossier.Validated.ContainsKey(person.Value) || !dossier.Contributing.Contains(person.Value),
        (ClarifyingRound.Replying, RoleCode.Contributor) => !dossier.HasOpenQuestion(person.Value),
        (StakeholderWindow.Call, RoleCode.Stakeholder) => dossier.Stakeholders.HasHandedIn(person.Value),
        ("declare", RoleCode.Expert) => dossier.HasDeclared(person.Value),
        // The lead is asked as lead.
        ("draft", RoleCode.Expert) => dossier.Holding(RoleCode.Lead).Contains(person.Value),
        (DialogueRules.Stage, RoleCode.Expert) => DialogueRules.HasAnswered(dossier, role, person),
        _ => JointText.Of(stage)?.HasSigned(dossier, role, person) == true,
    };

    private static IEnumerable<string> SelfAssessment(Dossier dossier)
    {
        if (dossier.SignedHash(SignedAct.SelfAssessment, RoleCode.FocalPoint) is not null)
        {
            yield return RoleCode.Authority;
            yield break;
        }

        yield return RoleCode.FocalPoint;
        if (dossier.Contributing.Any(person => !dossier.Validated.ContainsKey(person)))
            yield return RoleCode.Contributor;
    }

    private static IEnumerable<string> Replying(Dossier dossier)
    {
        yield return RoleCode.FocalPoint;
        if (dossier.Holding(RoleCode.Contributor).Any(dossier.HasOpenQuestion))
            yield return RoleCode.Contributor;
    }

    private static IReadOnlyList<string> Keep(IReadOnlyList<string> acting, params string[] wanted)
    {
        var kept = acting.Where(wanted.Contains).ToArray();
        return kept.Length == 0 ? acting : kept;
    }
}
