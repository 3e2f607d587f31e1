using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Server.Stacks;

namespace PeerReview.Server.Tests.Reviews;

/// <summary>A stack whose engine fails when it is told to.</summary>
internal sealed class TroubledStack : IStack
{
    private readonly IStack _sound = BuiltStacks.Find("embedded")!;

    /// <summary>Thrown by every call to the engine that moves something, while it is set.</summary>
    public EngineException? Trouble { get; set; }

    public string Name => _sound.Name;

    public IReadOnlyList<StackPart> Parts => _sound.Parts;

    public void Add(IServiceCollection services, PeerReview.Server.AppOptions options)
    {
        _sound.Add(services, options);
        var sound = services.Last(service => service.ServiceType == typeof(IProcessEngine));
        services.Remove(sound);
        services.AddSingleton<IProcessEngine>(provider =>
            new Engine(this, (IProcessEngine)ActivatorUtilities.CreateInstance(provider, sound.ImplementationType!)));
    }

    private sealed class Engine(TroubledStack stack, IProcessEngine sound) : IProcessEngine
    {
        public string Name => sound.Name;

        public ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel) =>
            stack.Trouble is { } trouble ? throw trouble : sound.StartAsync(call, cancel);

        public ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel) =>
            stack.Trouble is { } trouble ? throw trouble : sound.AdvanceAsync(engineState, call, cancel);

        public ValueTask<EngineResult> RebuildAsync(
            ProcessDefinition definition, IReadOnlyList<ProcessEvent> events, CancellationToken cancel) =>
            sound.RebuildAsync(definition, events, cancel);
    }
}
