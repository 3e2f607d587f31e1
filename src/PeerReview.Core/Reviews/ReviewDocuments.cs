using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <summary>The parts of a review as the rules of access see them: which item belongs to whom.</summary>
public static class ReviewDocuments
{
    /// <summary>The answer to an item. Outside the theme of the review it stays a draft, which nobody but the State reads.</summary>
    public static Document Answer(this Dossier dossier, string item) =>
        Of(DocumentKind.SelfAssessment, dossier, item) with { Draft = dossier.FallsOutside(item) };

    /// <summary>A file under an item; like the answer.</summary>
    public static Document Evidence(this Dossier dossier, string item) =>
        Of(DocumentKind.Evidence, dossier, item) with { Draft = dossier.FallsOutside(item) };

    /// <summary>A question with its reply: the coordinator's in a light review, the reviewing States' in the others.</summary>
    /// <param name="item">The item it is about, or null: then it is no contributor's.</param>
    public static Document Clarification(this Dossier dossier, string? item) =>
        Of(dossier.Team.States.IsEmpty ? DocumentKind.Clarifications : DocumentKind.StateReplies, dossier, item);

    /// <summary>What the State replies to a question: where other States review it, its own draft until the replies are handed in.</summary>
    /// <param name="item">As of <see cref="Clarification"/>.</param>
    public static Document Reply(this Dossier dossier, string? item, Process.ProcessState state) =>
        dossier.Clarification(item) with
        {
            // Also while the review is put off or suspended: nobody has handed anything in.
            Draft = !dossier.Team.States.IsEmpty && state.Definition.FindStage(ClarifyingRound.Replying) is { } stage && state.Exists(stage)
                && state[stage].Status < Process.StageStatus.Done,
        };

    /// <summary>What a participating State says to the common part, and who speaks for it.</summary>
    public static Document Endorsement(string state) => new(DocumentKind.Endorsement) { Sheet = new StateCode(state) };

    /// <summary>The sheet of a participating State: its own draft until it is signed.</summary>
    public static Document SheetOf(this Dossier dossier, string state) => new(DocumentKind.SelfAssessment)
    {
        Sheet = new StateCode(state),
        Draft = !SheetRules.IsHandedIn(dossier, state),
    };

    /// <summary>Where comments lead: read by whoever reads those comments.</summary>
    /// <param name="items">The items they are about: contributors read of their own.</param>
    public static Document Consolidation(this Dossier dossier, IReadOnlyCollection<string> items) => new(DocumentKind.ReviewerComments)
    {
        Contributors = [.. items.SelectMany(item => dossier.ContributorsOf(item)).Distinct()],
        Recused = dossier.RecusedFrom(items),
    };

    /// <summary>A part of the report: a draft until it is agreed.</summary>
    /// <param name="items">The items it is about: contributors read of their own.</param>
    public static Document Report(this Dossier dossier, ReviewFacts review, IReadOnlyCollection<string> items) =>
        new(review.Agreed ? DocumentKind.AgreedReport : DocumentKind.DraftReport)
        {
            Contributors = [.. items.SelectMany(item => dossier.ContributorsOf(item)).Distinct()],
            Recused = dossier.RecusedFrom(items),
        };

    /// <summary>Whether somebody works on the draft, or reads along, before the State does: those who write it and the coordinators.</summary>
    public static bool OpensDraft(this ReviewFacts review, Actor actor, SharingLabel? label = null) => Access.Access.Visible(
        actor, DocumentKind.DraftReport, review with { Drafted = false, Agreed = false }, label).CanRead;

    /// <summary>A recommendation: part of the draft until the report is agreed.</summary>
    public static Document Recommendation(ReviewFacts review) =>
        review.Agreed ? DocumentKind.Recommendations : DocumentKind.DraftReport;

    /// <summary>A comment of the State on the draft: once the report is agreed, what is annexed is part of it.</summary>
    public static Document DraftComment(ReviewFacts review, bool annexed) =>
        review.Agreed && annexed ? DocumentKind.AgreedReport : DocumentKind.StateComments;

    /// <summary>The State's response to a recommendation: its own until all are signed.</summary>
    public static Document Response(this Dossier dossier) =>
        dossier.SignedHash(SignedAct.Responses, RoleCode.Authority) is null
            ? new Document(DocumentKind.StateComments) { Draft = true }
            : DocumentKind.Recommendations;

    /// <summary>A comment of an expert on an item.</summary>
    /// <param name="said">The contributions whose senders it names: contributors of the State do not read of what was not passed on to them.</param>
    public static Document Comment(this Dossier dossier, string item, PersonId author, IEnumerable<string> said)
    {
        var comment = Of(DocumentKind.ReviewerComments, dossier, item) with { Owners = [author] };
        return said.All(key => dossier.Stakeholders.Find(key) is { Forwarded: true }) ? comment : comment with { Contributors = [] };
    }

    /// <summary>A remark under such a comment.</summary>
    /// <param name="owners">Who wrote the remark, and who wrote the comment.</param>
    public static Document Remark(this Dossier dossier, string item, params ReadOnlySpan<PersonId> owners) =>
        Of(DocumentKind.CommentRemarks, dossier, item) with { Owners = [.. owners], Contributors = [] };

    /// <summary>What an expert declared of ties to the subject, and objections to the person: the expert's own.</summary>
    public static Document Declaration(this Dossier dossier, Guid expert) =>
        new(DocumentKind.Declarations) { Owners = [new PersonId(expert)] };

    /// <summary>The invitations of one reviewing State: they are its focal points' own.</summary>
    public static Document Invitation(this Dossier dossier, string? state) => new(DocumentKind.Invitations)
    {
        Owners = state is null ? [] : [.. dossier.Holding(RoleCode.ReviewerFocalPoint, state).Select(person => new PersonId(person))],
    };

    /// <summary>A private question of an expert to the State, and the answer to it: the expert's own, and of whoever speaks for the
    /// expert's State. One nobody knows of is nobody's.</summary>
    public static Document PrivateQuestion(this Dossier dossier, string id) => new(DocumentKind.PrivateQuestion)
    {
        Owners = dossier.PrivateQuestions.FirstOrDefault(q => q.Id == id) is { } mark ? PrivateQuestionRules.Asking(dossier, mark) : [],
    };

    /// <summary>A private question somebody could ask, or could be told of as the one who speaks for an expert's State.</summary>
    public static Document OwnPrivateQuestion(Actor actor) =>
        new(DocumentKind.PrivateQuestion) { Owners = actor.Person is { } person ? [person] : [] };

    /// <summary>A contribution that was handed in. One nobody knows of is a draft of nobody.</summary>
    /// <param name="item">The item it is about; null where it is about the whole, or where nothing of its content is told.</param>
    public static Document Contribution(this Dossier dossier, string key, ReviewFacts review, string? item = null) =>
        dossier.Stakeholders.Find(key) is { } mark
            ? new Document(DocumentKind.StakeholderInput)
            {
                Owners = [new PersonId(mark.By)],
                Admitted = mark.IsAccepted,
                ReplyWindowOver = mark.Replied || review.ReplyWindowOver,
                Forwarded = mark.Forwarded,
                Recused = dossier.RecusedFrom(item is null ? [] : [item]),
            }
            : new Document(DocumentKind.StakeholderInput) { Draft = true };

    /// <summary>A contribution somebody is about to write, or has not handed in: a stakeholder's own. What the office may read of
    /// contributions at all, it may read of this.</summary>
    public static Document OwnContribution(Actor actor) =>
        new(DocumentKind.StakeholderInput) { Owners = actor.Person is { } person ? [person] : [] };

    /// <summary>How a contribution was screened: a matter between its sender and the office.</summary>
    public static Document Screening(this Dossier dossier, string key) => new(DocumentKind.StakeholderInput)
    {
        Owners = dossier.Stakeholders.Find(key) is { } mark ? [new PersonId(mark.By)] : [],
    };

    /// <summary>The State's reply to a contribution; its sender does not read it.</summary>
    /// <param name="item">The item the contribution is about, or null.</param>
    public static Document ContributionReply(this Dossier dossier, string? item) => Of(DocumentKind.StateReplies, dossier, item);

    /// <summary>The State's commitments, good practices and summary: its own drafts until the self-assessment is handed in. Where other
    /// States review it, its action plan: its own draft until that is handed in.</summary>
    public static Document Commitments(ReviewFacts review) => review.HasTeam
        ? new Document(DocumentKind.ActionPlan) { Draft = !review.Planned }
        : new Document(DocumentKind.Commitments) { Draft = !review.Submitted };

    /// <summary>Whether somebody may read of the State's commitments, or, given one, whether they may read that.</summary>
    public static bool OpensCommitments(this ReviewFacts review, Actor actor, Writing? text = null) => Access.Access.Visible(
        actor, Commitments(review), review, text is null ? null : SharingLabels.Of(text.Label)).CanRead;

    /// <summary>The contributors an item was given to, in order of appointment.</summary>
    public static ImmutableArray<PersonId> ContributorsOf(this Dossier dossier, string item) =>
    [
        .. dossier.People
            .Where(p => p.Role == RoleCode.Contributor && p.Items.Contains(item, StringComparer.Ordinal))
            .Select(p => new PersonId(p.Person)),
    ];

    /// <summary>The experts who have no part in any of these items; nobody where there is none.</summary>
    private static ImmutableArray<PersonId> RecusedFrom(this Dossier dossier, IReadOnlyCollection<string> items) => items.Count == 0 ? [] :
    [
        .. dossier.Team.Recusals.Select(r => r.Person).Distinct()
            .Where(person => items.All(item => RecusalRules.IsRecused(dossier, person, item)))
            .Select(person => new PersonId(person)),
    ];

    private static Document Of(DocumentKind kind, Dossier dossier, string? item) => item is null
        ? new Document(kind)
        : new Document(kind) { Contributors = dossier.ContributorsOf(item), Recused = dossier.RecusedFrom([item]) };
}
