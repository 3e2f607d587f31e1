using Hangfire;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Stacks.Elsa.Engine;
using Scriban;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Elsa Workflows takes each review through, Hangfire runs what recurs, Scriban writes the letters.</summary>
internal sealed class ElsaStack : IStack
{
    /// <summary>As <c>--stack</c> and databases name it.</summary>
    public const string StackName = "elsa";

    public string Name => StackName;

    public IReadOnlyList<StackPart> Parts { get; } =
        [StackPart.Of<global::Elsa.Workflows.IActivity>("Elsa.Workflows"), StackPart.Of<JobStorage>("Hangfire"), StackPart.Of<Template>("Scriban")];

    public IReadOnlyList<StackPage> Pages { get; } = [new("Hangfire", HangfireDashboard.Address)];

    public void Add(IServiceCollection services, AppOptions options) => services
        .AddSingleton<ElsaEngine>()
        .AddSingleton<IProcessEngine>(provider => new ComparedEngine(provider.GetRequiredService<ElsaEngine>()))
        .AddSingleton<ILetterRenderer, ScribanLetters>()
        .AddSingleton(_ => new HangfireStore(options.Connections, HangfireRhythm.Default))
        .AddSingleton<IRecurringWork>(provider => new HangfireRecurringWork(
            provider.GetRequiredService<HangfireStore>(),
            HangfireRhythm.Default,
            provider.GetRequiredService<RecurringWorkMetrics>(),
            provider.GetRequiredService<ILoggerFactory>()));

    public void Map(IEndpointRouteBuilder routes) => HangfireDashboard.Map(routes);
}
