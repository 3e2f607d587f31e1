using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <summary>What a text that was written changes beside itself.</summary>
public sealed partial record Dossier
{
    private Dossier Write(ReviewEvent.TextWritten e, DateTimeOffset at) => e.What switch
    {
        WritingKind.Answer => Touch(e.Key),
        WritingKind.SheetAnswer => Unsign([SignedAct.Sheet(SheetRules.StateOf(e.Key))]),
        WritingKind.LastReview => this with { Last = Guid.Parse(e.Key) },
        WritingKind.AnswerTranslation => Touch(StandingTranslations.ItemOf(e.Key)),
        // Sent back: what was signed was not enough, so it is signed anew even where nobody changes a word.
        WritingKind.ReturnList => Unsign() with { Region = Region?.SentBack(at) },
        WritingKind.Question when e.Version == 1 => this with { OpenQuestions = OpenQuestions.Add(e.Key) },
        WritingKind.Reply => this with { OpenQuestions = OpenQuestions.Remove(e.Key, StringComparer.Ordinal) },
        WritingKind.Objection when e.Version == 1 => this with
        {
            Team = Team.Object(Guid.Parse(e.Key), People.FirstOrDefault(p => p.Person == Guid.Parse(e.Key))?.State ?? "", at),
        },
        // Other minutes: whoever confirmed them as they were has not confirmed them as they are.
        WritingKind.Minutes => this with
        {
            Team = Team with { HasMinutes = true },
            Signatures = Unsign(OpeningRules.Parties(this).Select(SignedAct.Opening)).Signatures,
        },
        WritingKind.AgendaPoint or WritingKind.Slot or WritingKind.SlotAnswer or WritingKind.Meeting or WritingKind.VisitWish
            or WritingKind.Session or WritingKind.RecordComment or WritingKind.RecordCommentOutcome => this with { Dialogue = Dialogue.Write(e) },
        WritingKind.StageDocument or WritingKind.StageObjection => this with { Signatures = Signatures.RemoveAll(s => CommonText.Unsettles(e, s.Act)) },
        WritingKind.DialogueRecord => Unsign(DialogueRules.Parties.Select(SignedAct.Dialogue)) with { Dialogue = Dialogue.Write(e) },
        WritingKind.VisitProgramme => Unsign([SignedAct.VisitProgramme]) with { Dialogue = Dialogue.Write(e) },
        WritingKind.Contribution or WritingKind.ContributionReply or WritingKind.NotInvited => this with { Stakeholders = Stakeholders.Evolve(e) },
        // The private annex is no part of what is agreed.
        WritingKind.Section when e.Key != DraftReport.PrivateAnnex => Unconfirm(),
        // The State changed what it says, so it is to be decided again.
        WritingKind.DraftComment => this with { Unsettled = [.. Unsettled.Remove(e.Key, StringComparer.Ordinal), e.Key] },
        // What is annexed because the check is over, the lead may still take up.
        WritingKind.DraftCommentOutcome when Holding(RoleCode.Lead).Contains(e.By) =>
            (e.Keeps ? this : Unconfirm()) with { Unsettled = Unsettled.Remove(e.Key, StringComparer.Ordinal) },
        WritingKind.Recommendation or WritingKind.DraftCommentOutcome => Unconfirm(),
        WritingKind.Dissent => Unconfirm() with { Dissent = [.. Dissent.Remove(e.Key, StringComparer.Ordinal), e.Key] },
        WritingKind.Urgent when e.Version == 1 => this with
        {
            Urgent = Urgent.Add(new UrgentMark(e.Key, e.By, at, Acknowledged: false)),
        },
        WritingKind.UrgentAcknowledged => this with
        {
            Urgent = [.. Urgent.Select(u => u.Id == e.Key ? u with { Acknowledged = true } : u)],
        },
        WritingKind.PrivateQuestion when e.Version == 1 => this with
        {
            PrivateQuestions = PrivateQuestions.Add(new PrivateQuestionMark(
                e.Key, e.By, People.FirstOrDefault(p => p.Person == e.By && p.State is not null)?.State, at, Answered: false)),
        },
        WritingKind.PrivateAnswer => this with
        {
            PrivateQuestions = [.. PrivateQuestions.Select(q => q.Id == e.Key ? q with { Answered = true } : q)],
        },
        _ => this,
    };

    /// <summary>An item changed: whoever validated or signed it as it was has not validated or signed it as it is. What reviewing States
    /// asked about was handed in, and stays signed as it was; what the State writes in reply is a later version.</summary>
    private Dossier Touch(string item)
    {
        if (Asked is not null)
            return this;
        var owners = People.Where(p => p.Items.Contains(item, StringComparer.Ordinal)).Select(p => p.Person).Where(Validated.ContainsKey).ToArray();
        var unsigned = Unsign();
        return owners.Length == 0 ? unsigned : unsigned with { Validated = Validated.RemoveRange(owners) };
    }

    /// <summary>Another report: whoever confirmed it as it was has not confirmed it as it is.</summary>
    private Dossier Unconfirm() => this with { Signatures = Signatures.RemoveAll(s => SignedAct.IsAgreement(s.Act)) };

    /// <summary>Another text: whoever confirmed it as it was has not confirmed it as it is.</summary>
    private Dossier Unsign(IEnumerable<string> acts) =>
        this with { Signatures = Signatures.RemoveAll(s => acts.Contains(s.Act, StringComparer.Ordinal)) };

    private Dossier Unsign() => Signatures.Any(s => s.Act == SignedAct.SelfAssessment)
        ? this with { Signatures = Signatures.RemoveAll(s => s.Act == SignedAct.SelfAssessment) }
        : this;
}
