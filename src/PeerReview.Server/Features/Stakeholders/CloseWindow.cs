using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The coordinator closes the window once every contribution is screened (guard G-STKSCREEN). Whoever was promised time until
/// a day has it.</summary>
public sealed class CloseWindow : IStageCompletion
{
    public string Stage => StakeholderWindow.Call;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) => Task.FromResult(Decide(work));

    internal static Verdict<ReviewChange> Decide(ReviewWork work)
    {
        var (review, window) = (work.Review, work.Review.Dossier.Stakeholders);
        if (Access.May(work.Actor, ReviewAct.ScreenContribution, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, StakeholderWindow.Call) is { } closed)
            return closed;
        if (window.Unscreened > 0)
            return new Refusal("contribution.unscreened", RefusalKind.Conflict).With("count", window.Unscreened);
        if (window.AwaitsAnybody && WindowDay.Of(review) is { } wait && review.Now < wait.DueAt)
            return new Refusal("contribution.window-runs", RefusalKind.Conflict).With("day", wait.Day.ToString("O", CultureInfo.InvariantCulture));
        return new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, StakeholderWindow.Call));
    }
}

/// <summary>The focal point has replied to every contribution, or said that no reply is wished (guard G-STKREPLY).</summary>
public sealed class FinishReplying : IStageCompletion
{
    public string Stage => StakeholderWindow.Reply;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) => Task.FromResult(Decide(work));

    internal static Verdict<ReviewChange> Decide(ReviewWork work)
    {
        if (Access.May(work.Actor, ReviewAct.ReplyToContribution, work.Review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(work.Review.State, StakeholderWindow.Reply) is { } closed)
            return closed;
        return work.Review.Dossier.Stakeholders.Unreplied is > 0 and var open
            ? new Refusal("contribution.unreplied", RefusalKind.Conflict).With("count", open)
            : new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, StakeholderWindow.Reply));
    }
}

/// <summary>The window is left out, where the variant allows it: as long as nobody accepted to contribute.</summary>
public sealed class LeaveOutWindow(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/contributions/leave-out",
        async (Guid review, Visit visit, LeaveOutWindow leave, HttpContext http, CancellationToken cancel) =>
            (await leave.RunAsync(new ReviewId(review), visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(LeaveOutWindow)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work)), cancel);

    /// <summary>Whether it can be left out now.</summary>
    internal static bool IsPossible(LoadedReview review) =>
        review.Process.FindStage(StakeholderWindow.Call) is { } stage && stage.OptionalIn.Contains(review.State.Variant, StringComparer.Ordinal)
        && !review.State[stage].Status.IsClosed() && !review.Dossier.Holding(RoleCode.Stakeholder).Any();

    private static Verdict<ReviewChange> Decide(ReviewWork work)
    {
        if (Access.May(work.Actor, ReviewAct.Skip, work.Review.Facts) is { } no)
            return no;
        return work.Review.Dossier.Holding(RoleCode.Stakeholder).Any()
            ? new Refusal("contribution.somebody-accepted", RefusalKind.Conflict)
            : new ReviewChange().Then(new ProcessCommand.Skip(work.Acting, StakeholderWindow.Call));
    }
}

/// <summary>Until when the window is open.</summary>
internal static class WindowDay
{
    /// <summary>The wait of the open window; null while it is not open or the review does not run.</summary>
    public static Wait? Of(LoadedReview review) => Waits.Of(review).FirstOrDefault(wait => wait.Stage == StakeholderWindow.Call);

    /// <summary>Whether the window has begun: the process lets nobody close it before.</summary>
    public static bool HasBegun(LoadedReview review) =>
        Of(review) is { } wait && DueDay.In(TimeZoneInfo.FindSystemTimeZoneById(wait.Zone), review.Now) >= wait.Starts;
}
