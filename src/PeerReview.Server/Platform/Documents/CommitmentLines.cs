using PeerReview.Core.FollowUp;
using PeerReview.Server.Components;

namespace PeerReview.Server.Platform.Documents;

/// <summary>What a State undertakes, as names and values. Whatever is empty is left out: a published short form has fewer
/// lines.</summary>
internal static class CommitmentLines
{
    /// <param name="language">The language it is written in.</param>
    public static IEnumerable<ReportFact> Of(Commitment commitment, string? language, ReportSheet sheet) =>
        Written(commitment, language, sheet).Concat(Coded(commitment, sheet)).Where(fact => fact.Value.Text.Length > 0);

    private static IEnumerable<ReportFact> Written(Commitment c, string? language, ReportSheet sheet)
    {
        var texts = sheet.Texts;
        yield return new ReportFact(texts["commitment.owner"], new Words(c.Owner, language));
        yield return new ReportFact(texts["commitment.due"], new Words(c.Due is { } due ? texts.Day(due) : ""));
        yield return new ReportFact(texts["commitment.indicator"], new Words(c.Indicator, language));
        yield return new ReportFact(texts["commitment.help"], new Words(c.Help, language));
    }

    private static IEnumerable<ReportFact> Coded(Commitment c, ReportSheet sheet)
    {
        var (texts, framework) = (sheet.Texts, sheet.Framework);
        yield return new ReportFact(texts["plan.recommendation"], new Words(c.Recommendation ?? ""));
        yield return new ReportFact(texts["commitment.items"], new Words(texts.List(c.Items)));
        yield return new ReportFact(texts["commitment.action_type"], new Words(framework.ActionTypes.Name(c.ActionType)));
        yield return new ReportFact(texts["commitment.level"], new Words(framework.Levels.Name(c.Level)));
        yield return new ReportFact(texts["commitment.lenses"], new Words(framework.Lenses.Names(c.Lenses, texts)));
        yield return new ReportFact(texts["commitment.outcomes"], new Words(framework.Outcomes.Names(c.Outcomes, texts)));
        yield return new ReportFact(
            texts["commitment.threat_kind"], new Words(c.ThreatKind is { } threat ? framework.ThreatKinds.Name(threat) : ""));
    }
}
