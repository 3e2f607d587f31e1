using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Features.Operations;

/// <summary>How the installation is doing, and the two things an operator may do about it: try given-up rows again, check
/// the database. As a page and as <c>/api/v1/operations</c>. Nobody else learns that it is there.</summary>
public static class OperationsPage
{
    public static void Map(WebRoutes routes)
    {
        var pages = routes.Pages.MapGroup("").AddEndpointFilter(OperatorOnly.HideAsync);
        pages.MapGet("/operations", ShowAsync);
        ComponentsPage.Map(pages.MapGroup("/operations"));
        pages.MapPost("/operations/check", CheckAsync);
        pages.MapPost("/operations/outbox/{row:long}/retry", RetryAsync);

        var api = routes.Api.MapGroup("").AddEndpointFilter(OperatorOnly.HideAsync);
        api.MapGet("/operations", async (OperationsDesk desk, CancellationToken cancel) => TypedResults.Ok(await desk.ReadAsync(cancel)))
            .WithName("Operations");
        api.MapPost("/operations/check", async (CheckDesk desk, CancellationToken cancel) => TypedResults.Ok(await desk.RunAsync(cancel)))
            .WithName("CheckDatabase");
        api.MapPost("/operations/outbox/{row:long}/retry", RetryOverApiAsync)
            .WithName("RetryOutboxRow").Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Where a stack adds pages of its own: operators and auditors get there, for others nothing is there.</summary>
    public static IEndpointRouteBuilder OfStack(WebRoutes routes) =>
        routes.Pages.MapGroup("").AddEndpointFilter(OperatorOnly.HideFromOthersAsync);

    private static async Task<IResult> ShowAsync(OperationsDesk desk, CancellationToken cancel) =>
        Answer.Page<OperationsView>(new { Model = await desk.ReadAsync(cancel) });

    private static async Task<IResult> CheckAsync(CheckDesk desk, CancellationToken cancel)
    {
        await desk.RunAsync(cancel);
        return Answer.Done("/operations#check");
    }

    private static async Task<IResult> RetryAsync(long row, OutboxDesk outbox, CancellationToken cancel) =>
        await outbox.RetryAsync(row, cancel) ? Answer.Done("/operations#outbox", "row-retried") : Answer.NotFound();

    private static async Task<IResult> RetryOverApiAsync(long row, OutboxDesk outbox, CancellationToken cancel) =>
        await outbox.RetryAsync(row, cancel) ? TypedResults.NoContent() : TypedResults.NotFound();
}

/// <summary>Reads everything the operations page shows.</summary>
public sealed class OperationsDesk(
    Database database, Readiness readiness, OutboxDesk outbox, RecurringWorkMetrics work, CheckDesk check, IStack stack,
    EngineIncidents incidents, TimeProvider time)
{
    /// <summary>As it stands now.</summary>
    public async Task<OperationsStanding> ReadAsync(CancellationToken cancel) => new(
        await Installation.ReadAsync(database, stack, time, cancel),
        await readiness.AskAsync(cancel),
        await Pulse.ReadAsync(database, cancel),
        await outbox.TroublesAsync(cancel),
        work.Standing,
        await incidents.NewestAsync(cancel),
        check.Last,
        stack.Pages);
}

/// <summary>How the installation is doing.</summary>
/// <param name="Checks">As <c>/health/ready</c> has them.</param>
/// <param name="Troubles">Outbox rows that need a look.</param>
/// <param name="Work">Recurring work this node has run.</param>
/// <param name="EngineIncidents">What went wrong between an engine and the events of a review; the newest first.</param>
/// <param name="LastCheck">Of this node, or null.</param>
/// <param name="Pages">What the stack shows about itself.</param>
public sealed record OperationsStanding(
    Installation Installation,
    IReadOnlyList<ReadinessCheck> Checks,
    Pulse Pulse,
    IReadOnlyList<OutboxTrouble> Troubles,
    IReadOnlyList<WorkStanding> Work,
    IReadOnlyList<EngineIncident> EngineIncidents,
    LastCheck? LastCheck,
    IReadOnlyList<StackPage> Pages);
