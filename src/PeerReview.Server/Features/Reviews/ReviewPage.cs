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
            visit.Caller.Actor, new ReviewId(id), PieceSql.Statement + ";" + CourseSql.Statements + ";" + LaunchReason.Statement, new { Review = id },
            async grid => (
                Pieces: await PieceSql.ReadAsync(grid),
                Course: await CourseSql.ReadAsync(grid),
                Reason: (await grid.ReadAsync<WritingRow>()).FirstOrDefault()), cancel);
        if (found is null)
            return null;
        var model = views.Of(new Found<ImmutableArray<PieceMark>>(found.Review, found.More.Pieces), visit) with
        {
            Course = Course.Of(found.Review, visit.Caller.Actor, found.More.Course),
            Reason = LaunchReason.For(visit.Caller.Actor, found.Review, found.More.Reason),
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
            ReviewDoors.Of(review, visit.Caller.Actor, calendars),
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

    private IEnumerable<StageLine> Lines(LoadedReview review, Forecast forecast, Visit visit)
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
                Mends = wait is not null && visit.Caller.Actor.Eyes is null ? Mends(wait) : null,
                Stands = wait is { Paused: true },
                Due = wait is not null ? (wait.Day, wait.Zone) : Expected(review, status, forecast[stage.Id]),
                Note = Runs(review) && IfNeeded(status, forecast[stage.Id]) ? visit.Texts["stages.if_needed"] : null,
                Ended = status is ProcessStageStatus.Done or ProcessStageStatus.Waived && state.ClosedAt is { } at
                    ? DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone), at)
                    : null,
                // Other eyes have nothing to act on.
                Link = KnownStages.AreGeneric(review.Process, stage) ? StagePages.Of(review, stage.Id)
                    : wait is not null && visit.Caller.Actor.Eyes is null && StagePages.Has(review.Process, stage.Id) && Opens(stage.Id, wait, review, visit.Caller.Actor)
                    ? Page(stage.Id, wait)
                    : null,
            };
        }

        // In the place of somebody a stage lacks, whoever names them is asked for that and not for the stage.
        (string, string)? Mends(Wait wait) => MyRole(wait) is { } role && StageGaps.Of(review.Process, wait.Stage, role) is { } gap
            && visit.Texts.Find($"home.step.gap.{gap.SnakeCode()}") is not null
                ? (visit.Texts.Of($"home.step.gap.{gap.SnakeCode()}", ("state", wait.Branch is { Length: 3 } state ? states.Of(state, visit.Texts.Language) : "")),
                    StagePages.Of(review.Process, review.Id.Value, wait.Stage, role))
                : null;

        // Where a stage asks different things of different roles, the page of the reader's own.
        string Page(string stage, Wait wait) => MyRole(wait) is { } role
                ? StagePages.Of(review.Process, review.Id.Value, stage, role)
                : StagePages.Of(review, stage);

        bool IsMine(Wait wait) => MyRole(wait) is not null;

        string? MyRole(Wait wait) => visit.Caller.Person is { } person
            ? wait.Roles.FirstOrDefault(role => wait.Waiting(review, role).Contains(person.Id))
            : null;
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
            StakeholderWindow.Call or StakeholderWindow.Reply => ReviewDoors.OpensContributions(review, actor),
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
        (_, ProcessStageStatus.Waived) when KnownStages.IsTimeToAsk(review.Process, stage.Id) => StageStatus.Done,
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

    /// <summary>Everybody with a role, as far as the reader may know them.</summary>
    private static ImmutableArray<Holder> People(LoadedReview review, Actor actor) =>
    [
        .. review.People.Where(p => review.Holding(p.Role).Contains(p.Person) && Roles.TryParse(p.Role, out var role)
                && Access.VisiblePerson(actor, review.Facts, role, p.Person) > Extent.Nothing)
            // Whoever holds a role in the programme and again in this review is one person.
            .DistinctBy(p => (p.Person, p.Role)),
    ];
}
