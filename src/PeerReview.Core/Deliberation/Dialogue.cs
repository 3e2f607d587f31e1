using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>How both sides meet.</summary>
public static class MeetingWay
{
    /// <summary>From afar; always possible.</summary>
    public const string Remote = "remote";

    /// <summary>At a visit to the State, if the State so wishes.</summary>
    public const string Visit = "visit";

    /// <summary>At a joint meeting elsewhere, if the State so wishes.</summary>
    public const string Joint = "joint";

    /// <summary>In the order shown.</summary>
    public static readonly ImmutableArray<string> All = [Remote, Visit, Joint];
}

/// <summary>The dialogue of both sides: who takes part, what is on its agenda, whom it waits for (process B.2, stage
/// <c>dialogue</c>).</summary>
public static class DialogueRules
{
    /// <summary>The stage it takes place in.</summary>
    public const string Stage = "dialogue";

    /// <summary>The party of the subject.</summary>
    public const string Subject = OpeningRules.Subject;

    /// <summary>The party of the coordinator's office.</summary>
    public const string Office = OpeningRules.Office;

    /// <summary>Who confirms the record for the reviewers.</summary>
    public const string Lead = AgreementRules.Lead;

    /// <summary>The only key of agenda, wish, programme, meeting and record.</summary>
    public const string Key = "dialogue";

    /// <summary>The sides between which a time is found: the subject, each reviewing State by its code, the office.</summary>
    public static ImmutableArray<string> Sides(Dossier dossier) =>
        [Subject, .. dossier.Team.States.Select(seat => seat.State), Office];

    /// <summary>The sides without which no session counts: those of States.</summary>
    public static ImmutableArray<string> Needed(Dossier dossier) => [.. Sides(dossier).Where(side => side != Office)];

    /// <summary>Who confirms the record.</summary>
    public static readonly ImmutableArray<string> Parties = [Subject, Lead];

    /// <summary>The role that confirms for a party.</summary>
    public static string RoleOf(string party) => party == Lead ? RoleCode.Lead : RoleCode.FocalPoint;

    /// <summary>Whether there is a dialogue to be seen: its stage has begun, or had before the review became a lighter one.</summary>
    public static bool HasBegun(ProcessState state, Dossier dossier) => dossier.Dialogue.IsPrepared
        || (state.Definition.FindStage(Stage) is { } stage && KnownStages.Serve(stage) && state.Exists(stage) && state[stage].Status != StageStatus.Waiting);

    /// <summary>The agenda in its order: what the State declined to answer, what the experts keep open, what either side added.</summary>
    public static ImmutableArray<AgendaPoint> Agenda(Material material)
    {
        var sheet = SheetOf(material);
        var questions =
            from question in material.Of(WritingKind.Question)
            let declined = IsDeclined(question.Key, material)
            where declined || sheet.KeptOpen.Contains(question.Key, StringComparer.Ordinal)
            let content = Contents.ReadQuestion(question)
            select new AgendaPoint(
                question.Key, content.Text, content.Item, declined ? AgendaCause.Declined : AgendaCause.KeptOpen, null, question.Language,
                SharingLabels.Of(question.Label));
        var added =
            from point in material.Of(WritingKind.AgendaPoint)
            let content = Contents.ReadAgendaPoint(point)
            select new AgendaPoint(
                point.Key, content.Text, null, AgendaCause.Added, content.Side, point.Language, SharingLabels.Of(point.Label));
        return
        [
            .. questions.Concat(added).Select((point, at) => (point, at))
                .OrderBy(p => sheet.Order.IndexOf(p.point.Key) is >= 0 and var place ? place : int.MaxValue).ThenBy(p => p.at)
                .Select(p => p.point),
        ];
    }

    /// <summary>The agenda as it was last put in order; empty before.</summary>
    public static AgendaContent SheetOf(Material material) =>
        material.Find(WritingKind.Agenda, Key) is { } written ? Contents.ReadAgenda(written) : new AgendaContent([], []);

    /// <summary>Whether the State declined to answer a question of the experts.</summary>
    public static bool IsDeclined(string question, Material material) =>
        material.Find(WritingKind.Reply, question) is { } reply && Contents.ReadReply(reply).Declines;

    /// <summary>What the record carries until the State relabels it: the strictest label of the questions talked about.</summary>
    public static SharingLabel LabelOf(Material material) =>
        SharingLabels.Inherit(Agenda(material).Select(point => point.Label).Where(label => label != SharingLabel.Red));

    /// <summary>The way of meeting the State wishes; from afar unless it said otherwise.</summary>
    public static string WishOf(Material material) =>
        material.Find(WritingKind.VisitWish, Key) is { } wish ? Contents.ReadVisitWish(wish).Way : MeetingWay.Remote;

    /// <summary>Whom the stage waits for while there is nothing to confirm: those who offer times and write; of a side that has not said which
    /// times suit, those who can say.</summary>
    public static IEnumerable<string> Meeting(Dossier dossier)
    {
        yield return RoleCode.Coordinator;
        yield return RoleCode.Lead;
        if (AwaitsAgreement(dossier))
            yield return RoleCode.FocalPoint;
        if (!dossier.Dialogue.AwaitsAnswers)
            yield break;
        foreach (var side in Needed(dossier).Where(side => !dossier.Dialogue.Answered.Contains(side, StringComparer.Ordinal)))
            yield return side == Subject ? RoleCode.FocalPoint : RoleCode.Expert;
    }

    /// <summary>Whether the programme of a visit waits for the State's agreement.</summary>
    public static bool AwaitsAgreement(Dossier dossier) =>
        dossier.Dialogue.HasProgramme && dossier.SignedHash(SignedAct.VisitProgramme, RoleCode.FocalPoint) is null;

    /// <summary>What a role has to do next, so that it can be told in words.</summary>
    /// <returns>See <see cref="DialogueStep"/>.</returns>
    public static string NextStep(Dossier dossier, string role)
    {
        var dialogue = dossier.Dialogue;
        return role switch
        {
            RoleCode.Expert => DialogueStep.Answer,
            RoleCode.FocalPoint when dialogue.IsToConfirm => DialogueStep.Confirm,
            RoleCode.FocalPoint => AwaitsAgreement(dossier) ? DialogueStep.Programme : DialogueStep.Answer,
            _ when dialogue.IsToConfirm && dialogue.OpenComments > 0 => DialogueStep.Settle,
            _ when !dialogue.HasMet => BeforeTheSession(dialogue),
            _ => dialogue.HasRecord ? DialogueStep.Confirm : DialogueStep.Record,
        };
    }

    private static string BeforeTheSession(DialogueMark dialogue) =>
        dialogue.IsWishNew ? DialogueStep.Wish
        : dialogue.AwaitsAnswers ? DialogueStep.Fix
        : dialogue.Held > 0 || dialogue.HasRecord ? DialogueStep.Missing
        : dialogue.Fixed is null ? DialogueStep.Offer
        : DialogueStep.Hold;

    /// <summary>Whether somebody of a role is not waited for, though others of it are: their State has said which times suit.</summary>
    public static bool HasAnswered(Dossier dossier, string role, PersonId person) => role == RoleCode.Expert
        && !dossier.Dialogue.IsToConfirm
        && dossier.People.FirstOrDefault(p => p.Person == person.Value && p.Role == role)?.State is { } state
        && dossier.Dialogue.Answered.Contains(state, StringComparer.Ordinal);
}

/// <summary>One point of the agenda.</summary>
/// <param name="Key">The id of the question, or of the point.</param>
/// <param name="Item">The item a question is about, or null.</param>
/// <param name="Cause">See <see cref="AgendaCause"/>.</param>
/// <param name="Side">Who added it: <c>STATE</c>, <c>COORD</c>, the code of a reviewing State; null for a question.</param>
public sealed record AgendaPoint(string Key, string Text, string? Item, string Cause, string? Side, string Language, SharingLabel Label);

/// <summary>Why something is on the agenda.</summary>
public static class AgendaCause
{
    /// <summary>The State declined to answer the question.</summary>
    public const string Declined = "declined";

    /// <summary>The State replied, and the experts would talk about it nevertheless.</summary>
    public const string KeptOpen = "kept_open";

    /// <summary>One side wishes to talk about it.</summary>
    public const string Added = "added";
}

/// <summary>What a dialogue needs next of somebody, as it is told on the first page.</summary>
public static class DialogueStep
{
    /// <summary>Say which times suit.</summary>
    public const string Answer = "answer";

    /// <summary>Agree to the programme of a visit.</summary>
    public const string Programme = "programme";

    /// <summary>Read how the State wishes to meet, and arrange it.</summary>
    public const string Wish = "wish";

    /// <summary>Offer times.</summary>
    public const string Offer = "offer";

    /// <summary>Fix a time.</summary>
    public const string Fix = "fix";

    /// <summary>Have all States meet and record it: a session or the record stands, and no session with all of them.</summary>
    public const string Missing = "missing";

    /// <summary>Hold the session and record it.</summary>
    public const string Hold = "hold";

    /// <summary>Write the record.</summary>
    public const string Record = "record";

    /// <summary>Say what became of the State's comments.</summary>
    public const string Settle = "settle";

    /// <summary>Confirm the record.</summary>
    public const string Confirm = "confirm";
}
