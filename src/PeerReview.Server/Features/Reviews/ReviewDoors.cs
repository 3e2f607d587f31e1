using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Reviews;

/// <summary>The pages of a review beside its documents that open to a reader now, by the name of their text.</summary>
internal static class ReviewDoors
{
    /// <summary>In the order shown.</summary>
    public static ImmutableArray<Door> Of(LoadedReview review, Actor actor, Calendars calendars) =>
    [
        .. OfRegion(review, actor), .. OfAll(review, actor, calendars), .. OfTheme(review, actor), .. OfPublic(review, actor),
        .. HandingOver(review, actor),
    ];

    /// <summary>Whether the reader finds the page of what stakeholders sent.</summary>
    public static bool OpensContributions(LoadedReview review, Actor actor) => StandingContributions.OpenTo(
        actor, review.Facts, review.Dossier, review.Dossier.Stakeholders.IsShown(review.State));

    /// <summary>The pages every review can have.</summary>
    private static IEnumerable<Door> OfAll(LoadedReview review, Actor actor, Calendars calendars)
    {
        var facts = review.Facts;
        if (Serves("self_assess") && (May(ReviewAct.SignAsFocalPoint) || May(ReviewAct.SignAsAuthority)))
            yield return Door("sign-off");
        if (Serves("complete") && May(ReviewAct.FindComplete) && Access.Visible(actor, DocumentKind.SelfAssessment, facts).CanRead)
            yield return Door("completeness");
        if (Serves(ReaderTranslations.Stage) && May(ReviewAct.Translate) && review.HasTeam && ReaderTranslations.TakePlace(review.State))
            yield return Door("translations");
        if (May(ReviewAct.RaiseUrgentPoint) || May(ReviewAct.AcknowledgeUrgentPoint))
            yield return Door("urgent");
        if (Access.VisiblePerson(actor, facts, Core.Access.Role.StateAuthority, default) > Extent.Nothing)
            yield return Door("people");
        if (review.HasTeam && Access.Visible(actor, DocumentKind.DrawRecord, facts).CanRead)
            yield return Door("reviewers");
        if (review.HasTeam && !review.Dossier.Team.States.IsEmpty && Access.Visible(actor, DocumentKind.ExpertNames, facts).CanRead)
            yield return Door("experts");
        if (review.HasTeam && review.Dossier.Holding(RoleCode.Expert).Any())
        {
            if (Serves("declare") && (Access.Visible(actor, DocumentKind.Declarations, facts).CanRead || May(ReviewAct.Declare)))
                yield return Door("declarations");
            if (Serves("opening") && Access.Visible(actor, DocumentKind.DialogueRecord, facts).CanRead)
                yield return Door("opening");
            if (Serves("desk_review") && facts.Submitted && (May(ReviewAct.WriteComment) || Access.Visible(actor, DocumentKind.ReviewerComments, facts).CanRead))
                yield return Door("desk");
            if (Serves("consolidate") && facts.ReviewersDone && Access.Visible(actor, review.Dossier.Consolidation(review.Dossier.Items), facts).CanRead)
                yield return Door("consolidation");
            if (DialogueRules.HasBegun(review.State, review.Dossier) && Access.Visible(actor, DocumentKind.DialogueRecord, facts).CanRead)
                yield return Door("dialogue");
            if (review.HasDraft && facts.OpensDraft(actor))
                yield return Door("draft");
            if (review.HasDraft && Access.Visible(actor, review.Dossier.Report(facts, review.Dossier.Items), facts).CanRead)
                yield return Door("report");
            if (Serves("rec_response") && facts.Agreed && Access.Visible(actor, review.Dossier.Response(), facts).CanRead)
                yield return Door("responses");
            if (Serves("desk_review") && OpensClarifyFirst(review, actor))
                yield return Door("clarify-first");
        }

        if (OpensContributions(review, actor))
            yield return Door("contributions");
        if (!MovesOffered.To(actor, review, calendars).IsEmpty)
            yield return Door("moves");
        if (May(ReviewAct.ReadLedger))
            yield return Door("ledger");

        bool May(ReviewAct act) => Access.May(actor, act, facts) is null;

        // A programme's own process may have no such stage, or do it in another way.
        bool Serves(string stage) => KnownStages.Serve(review.Process, stage);

        Door Door(string page) => new(page, $"{StagePages.Of(review.Id.Value)}/{page}");
    }

    /// <summary>The pages of a regional review beside those every review has.</summary>
    private static IEnumerable<Door> OfRegion(LoadedReview review, Actor actor)
    {
        if (review.Dossier.Region is null || !Access.Visible(actor, DocumentKind.LaunchNotice, review.Facts).CanRead)
            yield break;
        yield return new Door("participants", $"{StagePages.Of(review.Id.Value)}/participants");
        if (review.Dossier.Region.States.Any(state => Access.Visible(actor, review.Dossier.SheetOf(state), review.Facts).CanRead))
            yield return new Door(actor is { Person: { } person, Eyes: null } && review.ParticipantOf(person) is not null ? "sheet" : "sheets", $"{StagePages.Of(review.Id.Value)}/sheets");
    }

    /// <summary>What the State wrote outside the one theme of its review.</summary>
    private static IEnumerable<Door> OfTheme(LoadedReview review, Actor actor)
    {
        if (OutsideTheme.Opens(actor, review))
            yield return new Door("kept", OutsideTheme.PathOf(review.Id));
    }

    /// <summary>Where the State decides what the public learns of a review by a programme's own process.</summary>
    private static IEnumerable<Door> OfPublic(LoadedReview review, Actor actor)
    {
        if (PublicTexts.AreIn(review.Process) && Access.May(actor, ReviewAct.ShowTexts, review.Facts) is null)
            yield return new Door("public", $"{StagePages.Of(review.Id.Value)}/public");
    }

    /// <summary>For those who leave, and those who see to it that somebody follows.</summary>
    private static IEnumerable<Door> HandingOver(LoadedReview review, Actor actor)
    {
        ReviewAct[] acts = [ReviewAct.HandOverCase, ReviewAct.HandOverFocalPoint, ReviewAct.AppointFocalPoint];
        if (acts.Any(act => Access.May(actor, act, review.Facts) is null))
            yield return new Door("hand-over", $"{StagePages.Of(review.Id.Value)}/hand-over");
    }

    /// <summary>While one can ask, to all who could; afterwards to whoever asked or was asked.</summary>
    private static bool OpensClarifyFirst(LoadedReview review, Actor actor) => PrivateQuestionRules.Closed(review.State) is null
        ? Access.Visible(actor, ReviewDocuments.OwnPrivateQuestion(actor), review.Facts).CanRead
        : review.Dossier.PrivateQuestions.Any(q => Access.Visible(actor, review.Dossier.PrivateQuestion(q.Id), review.Facts).CanRead);
}
