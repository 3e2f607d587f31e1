using Microsoft.Extensions.DependencyInjection.Extensions;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Features.Operations;

/// <summary>How operators see the program: health, metrics, the operations page.</summary>
public static class OperationsFeature
{
    /// <summary>What the routes need beside the platform.</summary>
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Readiness(
            provider.GetRequiredService<Database>(),
            new Migrator(ProgramFiles.Migrations),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<OutboxDesk>();
        services.TryAddSingleton<RecurringWorkMetrics>();
        services.AddSingleton<CheckDesk>();
        services.AddSingleton<OperationsDesk>();
    }

    /// <summary>The routes for machines: they stand beside the web side and work without it.</summary>
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        Health.Map(routes);
        Metrics.Map(routes);
    }
}
