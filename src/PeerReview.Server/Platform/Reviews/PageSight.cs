using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using Document = PeerReview.Core.Access.Document;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Whether the page of a stage opens to somebody, so that nobody is sent to one that does not. The page itself decides; a test holds
/// this to it.</summary>
public static class PageSight
{
    /// <summary>Whether the page <see cref="StagePages"/> names for a stage opens now.</summary>
    public static bool Opens(LoadedReview review, Stage stage, Actor actor)
    {
        if (KnownStages.AreGeneric(review.Process, stage))
            return StageSight.Of(review, actor).Shows(stage);
        var (facts, dossier) = (review.Facts, review.Dossier);
        return stage.Id switch
        {
            "acknowledge" or "appoint" => Access.VisiblePerson(actor, facts, Role.StateAuthority, default) > Extent.Nothing,
            "draw" or "redraw_window" => review.HasTeam && Reads(DocumentKind.DrawRecord),
            "nominate" => review.HasTeam && Reads(DocumentKind.ExpertNames),
            "declare" or "objection" => review.HasTeam
                && (Reads(DocumentKind.Declarations) || (actor.Person is { } person && Reads(dossier.Declaration(person.Value)))),
            "opening" => review.HasTeam && Reads(DocumentKind.DialogueRecord),
            DialogueRules.Stage => DialogueRules.HasBegun(review.State, dossier) && Reads(DocumentKind.DialogueRecord),
            CommentRules.Stage => review.HasTeam && OpensDesk(review, actor),
            "consolidate" => review.HasTeam && facts.ReviewersDone && Reads(dossier.Consolidation(dossier.Items)),
            "draft" => review.HasDraft && facts.OpensDraft(actor),
            "clarify" or ClarifyingRound.Replying => dossier.Items.Select(item => (string?)item).Prepend(null).Any(item =>
                Access.Visible(actor, dossier.Clarification(item), facts).Extent > Extent.Nothing),
            StakeholderWindow.Call or StakeholderWindow.Reply =>
                StandingContributions.OpenTo(actor, facts, dossier, dossier.Stakeholders.IsShown(review.State)),
            "self_assess" => OpensAssessment(review, actor),
            EndorsementRules.Stage => dossier.Region is not null && Reads(DocumentKind.LaunchNotice),
            "complete" => OpensAssessment(review, actor) && MayBefore(ReviewAct.FindComplete),
            ReaderTranslations.Stage => review.HasTeam && ReaderTranslations.TakePlace(review.State) && MayBefore(ReviewAct.Translate),
            "pub_decide" or "publish" => Reads(new Document(DocumentKind.PublicationDecision) { Draft = !facts.Submitted }),
            "check_6m" or "mid_term" or "close" or "action_plan" => facts.OpensCommitments(actor),
            "fact_check" or AgreementRules.Stage or AgreementRules.Reconciling => review.HasDraft && Reads(dossier.Report(facts, dossier.Items)),
            "rec_response" => review.HasTeam && facts.Agreed && Reads(dossier.Response()),
            _ => false,
        };

        bool Reads(Document document) => Access.Visible(actor, document, facts).CanRead;

        // A page stays where what it is for is done already.
        bool MayBefore(ReviewAct act) => Access.May(actor, act, facts) is null or { Kind: RefusalKind.Conflict };
    }

    private static bool OpensAssessment(LoadedReview review, Actor actor) => review.Dossier.Items.Any(item =>
        Access.Visible(actor, review.Dossier.Answer(item), review.Facts).Extent > Extent.Nothing);

    private static bool OpensDesk(LoadedReview review, Actor actor) => OpensAssessment(review, actor)
        && (Access.May(actor, ReviewAct.WriteComment, review.Facts) is null
            || (actor.Person is { } person && Access.Visible(actor, new Document(DocumentKind.ReviewerComments) { Owners = [person] }, review.Facts).CanRead));
}
