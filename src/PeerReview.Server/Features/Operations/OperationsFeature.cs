using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations;

/// <summary>How operators see the program: health, metrics.</summary>
public static class OperationsFeature
{
    /// <summary>What the routes need beside the platform.</summary>
    public static void AddOperations(this IServiceCollection services) => services.AddSingleton(provider => new Readiness(
        provider.GetRequiredService<Database>(),
        new Migrator(ProgramFiles.Migrations),
        provider.GetRequiredService<TimeProvider>()));

    /// <summary>The routes.</summary>
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        Health.Map(routes);
        Metrics.Map(routes);
    }
}
