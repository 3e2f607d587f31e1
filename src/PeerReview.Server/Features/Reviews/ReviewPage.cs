using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using ProcessStageStatus = PeerReview.Core.Process.StageStatus;
using StageStatus = PeerReview.Server.Components.StageStatus;

namespace PeerReview.Server.Features.Reviews;

/// <summary>One review for all its people: stages, whose turn, dates, documents, who sees what.</summary>
public sealed class ReviewPage(ReviewLookup reviews, ReviewView views)
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
        var review = await reviews.FindAsync(visit.Caller.Actor, new ReviewId(id), cancel);
        return review is null ? null : views.Of(review, visit);
    }
}

/// <summary>Makes what is shown of a review, for one reader.</summary>
public sealed class ReviewView(Calendars calendars, StateNames states)
{
    /// <summary>What the page draws.</summary>
    public ReviewModel Of(LoadedReview review, Visit visit)
    {
        var forecast = ForecastOf(review);
        return new ReviewModel(
            review,
            states.Of(review.Subject.Iso3, visit.Texts.Language),
            [.. Lines(review, forecast, visit)],
            forecast.Publication,
            review.State.Status == Core.Process.ReviewStatus.Running ? SoonestDelay(review, forecast) : null,
            [.. Doors(review, visit.Caller.Actor)],
            People(review, visit.Caller.Actor),
            Access.Visible(visit.Caller.Actor, DocumentKind.LaunchNotice, review.Facts).CanRead);
    }

    /// <summary>The forecast from today by the calendar of the subject.</summary>
    public Forecast ForecastOf(LoadedReview review) => Forecast.Of(
        review.Process,
        review.State,
        FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars),
        DueDay.In(calendars.Of(review.Subject).Zone, review.Now),
        assumed: []);

    private static IEnumerable<StageLine> Lines(LoadedReview review, Forecast forecast, Visit visit)
    {
        var roles = visit.Caller.Person is { } person ? review.RolesOf(person.Id) : [];
        foreach (var stage in review.Process.Stages.Where(review.State.Exists))
        {
            var state = review.State[stage];
            var wait = Waits.Of(review).FirstOrDefault(w => w.Stage == stage.Id);
            yield return new StageLine(stage.Title, Status(state.Status))
            {
                Turn = wait is null ? null : visit.Texts.List(wait.Roles.Select(role => visit.Texts["role." + role])),
                Mine = wait is not null && wait.Roles.Any(role => roles.Any(held => review.Process.ActsAs(held, role))),
                Due = wait is not null ? (wait.Day, wait.Zone) : Expected(state.Status, forecast[stage.Id]),
                Ended = state is { Status: ProcessStageStatus.Done or ProcessStageStatus.Waived, ClosedAt: { } at }
                    ? DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone), at)
                    : null,
                Link = wait is null ? null : DoorOf(review, stage.Id),
            };
        }
    }

    private static (DateOnly, string)? Expected(ProcessStageStatus status, StageForecast? forecast) =>
        status == ProcessStageStatus.Waiting && forecast is { Takes: true } ? (forecast.Ends, forecast.Zone) : null;

    private static StageStatus Status(ProcessStageStatus status) => status switch
    {
        ProcessStageStatus.Waiting => StageStatus.Waiting,
        ProcessStageStatus.Open => StageStatus.Open,
        ProcessStageStatus.Done => StageStatus.Done,
        ProcessStageStatus.Skipped or ProcessStageStatus.Waived => StageStatus.Skipped,
        ProcessStageStatus.Failed => StageStatus.Failed,
    };

    /// <summary>What a week of delay of the stage that is due next would do to publication.</summary>
    private static Delay? SoonestDelay(LoadedReview review, Forecast forecast) =>
        Waits.Of(review).Where(w => forecast[w.Stage] is not null).OrderBy(w => w.DueAt).FirstOrDefault() is { } next
        && !review.State[forecast.Target].Status.IsClosed()
            ? forecast.IfLate(next.Stage, 7)
            : null;

    private static string? DoorOf(LoadedReview review, string stage) => stage switch
    {
        "acknowledge" or "appoint" => $"/reviews/{review.Id}/people",
        "self_assess" => $"/reviews/{review.Id}/assessment",
        "complete" => $"/reviews/{review.Id}/completeness",
        "clarify" => $"/reviews/{review.Id}/questions",
        "pub_decide" or "publish" => $"/reviews/{review.Id}/publication",
        "check_6m" or "close" => $"/reviews/{review.Id}/follow-up",
        _ => null,
    };

    /// <summary>The pages of a review that open to this reader now, by the name of their text.</summary>
    private static IEnumerable<Door> Doors(LoadedReview review, Actor actor)
    {
        var facts = review.Facts;
        if (Sees(DocumentKind.SelfAssessment))
            yield return Door("assessment");
        if (May(ReviewAct.SignAsFocalPoint) || May(ReviewAct.SignAsAuthority))
            yield return Door("sign-off");
        if (May(ReviewAct.FindComplete))
            yield return Door("completeness");
        if (Sees(DocumentKind.Clarifications))
            yield return Door("questions");
        if (Sees(DocumentKind.Commitments))
            yield return Door("commitments");
        if (May(ReviewAct.RaiseUrgentPoint) || May(ReviewAct.AcknowledgeUrgentPoint))
            yield return Door("urgent");
        if (Sees(DocumentKind.PublicationDecision))
            yield return Door("publication");
        if (Sees(DocumentKind.ActionPlan) && review.Dossier.Slug is not null)
            yield return Door("follow-up");
        if (Access.VisiblePerson(actor, facts, Core.Access.Role.StateAuthority, default) > Extent.Nothing)
            yield return Door("people");
        if (May(ReviewAct.Extend) || May(ReviewAct.Suspend) || May(ReviewAct.Resume) || May(ReviewAct.Withdraw))
            yield return Door("moves");
        if (May(ReviewAct.ReadLedger))
            yield return Door("ledger");

        bool May(ReviewAct act) => Access.May(actor, act, facts) is null;

        bool Sees(DocumentKind kind) => Access.Visible(actor, kind, facts).Extent == Extent.Everything
            || Access.Visible(actor, kind, facts).May(Rights.Write);

        Door Door(string page) => new(page, $"/reviews/{review.Id}/{page}");
    }

    /// <summary>Everybody with a role, as far as the reader may know them.</summary>
    private static ImmutableArray<Holder> People(LoadedReview review, Actor actor) =>
    [
        .. review.People.Where(p => review.Holding(p.Role).Contains(p.Person) && Roles.TryParse(p.Role, out var role)
            && Access.VisiblePerson(actor, review.Facts, role, p.Person) > Extent.Nothing),
    ];
}

/// <summary>A page of a review that a reader can go to.</summary>
/// <param name="Name">Its text is <c>reviews.doors.&lt;name&gt;</c>.</param>
public sealed record Door(string Name, string Path);

/// <summary>What the page of a review draws.</summary>
/// <param name="IfLate">What a week of delay now would do; null when nothing is open.</param>
/// <param name="Notice">Whether the reader may read the launch notice, and with it what it promises.</param>
public sealed record ReviewModel(
    LoadedReview Review,
    string State,
    ImmutableArray<StageLine> Stages,
    DateOnly Publication,
    Delay? IfLate,
    ImmutableArray<Door> Doors,
    ImmutableArray<Holder> People,
    bool Notice);
