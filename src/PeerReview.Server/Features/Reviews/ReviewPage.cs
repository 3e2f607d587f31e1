using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using ProcessStageStatus = PeerReview.Core.Process.StageStatus;
using StageStatus = PeerReview.Server.Components.StageStatus;

namespace PeerReview.Server.Features.Reviews;

/// <summary>One review for all its people: stages, whose turn, dates, documents, who sees what.</summary>
public sealed class ReviewPage(ReviewLookup reviews, LastReviews lasts, ReviewView views)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/reviews/{review:guid}",
        async (Guid review, Visit visit, ReviewPage page, CancellationToken cancel) =>
        {
            var found = await page.FindAsync(review, visit, cancel);
            return found is null ? Answer.NotFound() : Answer.Page<ReviewOverview>(new { Model = found });
        });

    private async Task<ReviewModel?> FindAsync(Guid id, Visit visit, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, new ReviewId(id), PieceSql.Statement + ";" + CourseSql.Statements, new { Review = id },
            async grid => (Pieces: await PieceSql.ReadAsync(grid), Course: await CourseSql.ReadAsync(grid)), cancel);
        if (found is null)
            return null;
        var model = views.Of(new Found<ImmutableArray<PieceMark>>(found.Review, found.More.Pieces), visit) with
        {
            Course = Course.Of(found.Review, visit.Caller.Actor, found.More.Course),
        };
        return await lasts.FindAsync(visit.Caller.Actor, found.Review, cancel) is null
            ? model
            : model with { Doors = model.Doors.Insert(0, new Door("last", $"{StagePages.Of(id)}/last")) };
    }
}

/// <summary>Makes what is shown of a review, for one reader.</summary>
public sealed class ReviewView(Calendars calendars, StateNames states)
{
    /// <summary>What the page draws.</summary>
    public ReviewModel Of(Found<ImmutableArray<PieceMark>> found, Visit visit)
    {
        var review = found.Review;
        var forecast = ForecastOf(review);
        return new ReviewModel(
            review,
            states.Of(review.Subject.Iso3, visit.Texts.Language),
            InOrderOfDays([.. Lines(review, forecast, visit)]),
            forecast.Publication,
            Runs(review) && StageSight.Of(review, visit.Caller.Actor).IsWhole ? SoonestDelay(review, forecast) : null,
            DocumentIndex.For(visit.Caller.Actor, review.Facts, review.Dossier, review.Framework, review.State, found.More),
            [.. OfRegion(review, visit.Caller.Actor), .. Doors(review, visit.Caller.Actor), .. OfTheme(review, visit.Caller.Actor), .. OfPublic(review, visit.Caller.Actor), .. HandingOver(review, visit.Caller.Actor)],
            People(review, visit.Caller.Actor),
            Access.Visible(visit.Caller.Actor, DocumentKind.LaunchNotice, review.Facts).CanRead,
            Access.May(visit.Caller.Actor, ReviewAct.SeeAs, review.Facts) is null)
        {
            NotesErasedOn = review.HasTeam ? Withdrawal.NotesErasedOn(review.State, TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone)) : null,
            Own = new OwnNames(review, visit.Texts, states),
            Awaited = !review.State[forecast.Target].Status.IsClosed(),
        };
    }

    /// <summary>The forecast from today by the calendar of the subject.</summary>
    public Forecast ForecastOf(LoadedReview review) => Forecast.Of(
        review.Process,
        review.State,
        FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars),
        DueDay.In(calendars.Of(review.Subject).Zone, review.Now),
        FactsForProcess.Assumed(review));

    /// <summary>What is still to come by its days, as at the launch: stages side by side need not end in the order of the process.</summary>
    private static ImmutableArray<StageLine> InOrderOfDays(ImmutableArray<StageLine> lines)
    {
        var coming = new Queue<StageLine>(lines.Where(IsComing).OrderBy(line => line.Due!.Value.Day));
        var left = lines.Select(line => IsComing(line) ? coming.Dequeue() : line).ToList();
        var ordered = ImmutableArray.CreateBuilder<StageLine>(left.Count);
        // A stage that is late may be due after one that follows it: nothing stands before what it follows.
        while (left.Count > 0)
        {
            var next = left.Find(line => !line.After.Any(before => left.Exists(other => other.Id == before))) ?? left[0];
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered.MoveToImmutable();

        static bool IsComing(StageLine line) => line is { Status: StageStatus.Waiting, Due: not null };
    }

    private static IEnumerable<StageLine> Lines(LoadedReview review, Forecast forecast, Visit visit)
    {
        var sight = StageSight.Of(review, visit.Caller.Actor);
        var waits = Waits.Of(review).Where(wait => sight.Shows(wait, visit.Caller.Actor)).ToList();
        foreach (var stage in review.Process.Ordered.Where(sight.Shows))
        {
            var state = review.State[stage];
            var status = sight.StatusOf(stage);
            // Of several parts of a stage, such as one for each expert, the reader's own.
            var wait = Waits.Foremost(waits.Where(w => w.Stage == stage.Id), IsMine);
            yield return new StageLine(stage.Id, review.Process.In(visit.Texts.Language).Stage(stage.Id).Title, Status(review, stage, status))
            {
                TakesPlace = Status(review, stage, status) != StageStatus.Skipped && !IfNeeded(status, forecast[stage.Id]),
                After = [.. Shown(review, sight, stage).Distinct(StringComparer.Ordinal)],
                Turn = wait is null ? null : visit.Texts.List(wait.Roles.Select(role => OwnNames.OfRole(visit.Texts, review.Process, role))),
                Mine = wait is not null && visit.Caller.Actor.Eyes is null && IsMine(wait),
                Stands = wait is { Paused: true },
                Due = wait is not null ? (wait.Day, wait.Zone) : Expected(review, status, forecast[stage.Id]),
                Note = Runs(review) && IfNeeded(status, forecast[stage.Id]) ? visit.Texts["stages.if_needed"] : null,
                Ended = status is ProcessStageStatus.Done or ProcessStageStatus.Waived && state.ClosedAt is { } at
                    ? DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone), at)
                    : null,
                // Other eyes have nothing to act on.
                Link = KnownStages.AreGeneric(review.Process, stage) ? wait is not null && IsMine(wait) ? Page(stage.Id, wait) : StagePages.Of(review, stage.Id)
                    : wait is not null && visit.Caller.Actor.Eyes is null && StagePages.Has(review.Process, stage.Id) && Opens(stage.Id, wait, review, visit.Caller.Actor)
                    ? Page(stage.Id, wait)
                    : null,
            };
        }

        // Where a stage asks different things of different roles, the page of the reader's own.
        string Page(string stage, Wait wait) => visit.Caller.Person is { } person
            && wait.Roles.FirstOrDefault(role => wait.Waiting(review, role).Contains(person.Id)) is { } role
                ? StagePages.Of(review.Process, review.Id.Value, stage, role)
                : StagePages.Of(review, stage);

        bool IsMine(Wait wait) =>
            visit.Caller.Person is { } person && wait.Roles.Any(role => wait.Waiting(review, role).Contains(person.Id));
    }

    /// <summary>Whether the page of a stage opens to the reader: they act there, or may read what is written there.</summary>
    private static bool Opens(string stage, Wait wait, LoadedReview review, Actor actor)
    {
        if (actor.Person is { } person && wait.Roles.Any(role => wait.Waiting(review, role).Contains(person)))
            return true;
        return stage switch
        {
            "acknowledge" or "appoint" => Access.VisiblePerson(actor, review.Facts, Core.Access.Role.StateAuthority, default) > Extent.Nothing,
            "draw" or "redraw_window" or "nominate" => Reads(DocumentKind.DrawRecord),
            "declare" or "objection" => Reads(DocumentKind.Declarations),
            "opening" or DialogueRules.Stage => Reads(DocumentKind.DialogueRecord),
            "desk_review" => Reads(DocumentKind.ReviewerComments),
            StakeholderWindow.Call or StakeholderWindow.Reply => OpensContributions(review, actor),
            "draft" => review.HasDraft && review.Facts.OpensDraft(actor),
            "fact_check" or "agree" or "reconcile" =>
                review.HasDraft && Reads(review.Dossier.Report(review.Facts, review.Dossier.Items)),
            "rec_response" => Reads(review.Dossier.Response()),
            "self_assess" => review.Dossier.Items.Any(item => Reads(review.Dossier.Answer(item))),
            EndorsementRules.Stage => Reads(DocumentKind.LaunchNotice),
            "complete" => Access.May(actor, ReviewAct.FindComplete, review.Facts) is null,
            ReaderTranslations.Stage => Access.May(actor, ReviewAct.Translate, review.Facts) is null,
            "clarify" => Reads(DocumentKind.Clarifications),
            "pub_decide" or "publish" => Reads(DocumentKind.PublicationDecision),
            "check_6m" or "close" => Reads(ReviewDocuments.Commitments(review.Facts)),
            _ => false,
        };

        bool Reads(Core.Access.Document document) => Access.Visible(actor, document, review.Facts).CanRead;
    }

    private static bool OpensContributions(LoadedReview review, Actor actor) => StandingContributions.OpenTo(
        actor, review.Facts, review.Dossier, StakeholderWindow.TakesPlace(review.State));

    private static bool IfNeeded(ProcessStageStatus status, StageForecast? forecast) =>
        status == ProcessStageStatus.Waiting && forecast is not { Takes: true };

    // A stage that does not exist in this variant, or of which the reader is not told, stands for those before it.
    private static IEnumerable<string> Shown(LoadedReview review, StageSight sight, Stage stage) =>
        stage.After.Select(review.Process.Stage).SelectMany(before => sight.Shows(before) ? [before.Id] : Shown(review, sight, before));

    private static bool Runs(LoadedReview review) => review.State.Status == Core.Process.ReviewStatus.Running;

    private static (DateOnly, string)? Expected(LoadedReview review, ProcessStageStatus status, StageForecast? forecast) =>
        Runs(review) && status == ProcessStageStatus.Waiting && forecast is { Takes: true } ? (forecast.Ends, forecast.Zone) : null;

    /// <summary>After a withdrawal nothing is open any more, and what waited does not take place.</summary>
    private static StageStatus Status(LoadedReview review, Stage stage, ProcessStageStatus status) => (review.State.Status, status) switch
    {
        // Whoever says that nothing more is asked for ends the time for asking, whatever was asked for before: the step took place.
        (_, ProcessStageStatus.Waived) when KnownStages.Serve(review.Process, "redraw_window") && stage.Id is "redraw_window" or "objection" => StageStatus.Done,
        (Core.Process.ReviewStatus.Withdrawn, ProcessStageStatus.Open) => StageStatus.Failed,
        (Core.Process.ReviewStatus.Withdrawn, ProcessStageStatus.Waiting) => StageStatus.Skipped,
        (_, ProcessStageStatus.Waiting) => StageStatus.Waiting,
        (_, ProcessStageStatus.Open) => StageStatus.Open,
        (_, ProcessStageStatus.Done) => StageStatus.Done,
        (_, ProcessStageStatus.Skipped or ProcessStageStatus.Waived) => StageStatus.Skipped,
        (_, ProcessStageStatus.Failed) => StageStatus.Failed,
    };

    /// <summary>What a week of delay of the stage that is due next would do to publication.</summary>
    private static Delay? SoonestDelay(LoadedReview review, Forecast forecast) =>
        Waits.Of(review).Where(w => forecast[w.Stage] is not null).OrderBy(w => w.DueAt).FirstOrDefault() is { } next
        && !review.State[forecast.Target].Status.IsClosed()
            ? forecast.IfLate(next.Stage, 7)
            : null;

    /// <summary>The pages of a review beside its documents that open to this reader now, by the name of their text.</summary>
    private IEnumerable<Door> Doors(LoadedReview review, Actor actor)
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

    /// <summary>Everybody with a role, as far as the reader may know them.</summary>
    private static ImmutableArray<Holder> People(LoadedReview review, Actor actor) =>
    [
        .. review.People.Where(p => review.Holding(p.Role).Contains(p.Person) && Roles.TryParse(p.Role, out var role)
                && Access.VisiblePerson(actor, review.Facts, role, p.Person) > Extent.Nothing)
            // Whoever holds a role in the programme and again in this review is one person.
            .DistinctBy(p => (p.Person, p.Role)),
    ];
}
