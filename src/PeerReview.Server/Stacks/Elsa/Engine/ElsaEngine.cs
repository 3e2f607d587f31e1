using Elsa.Workflows;
using Elsa.Workflows.Serialization.Serializers;
using Elsa.Workflows.State;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Server.Stacks.Elsa.Export;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>Elsa Workflows behind the engine port: each process is a flowchart, each open part of a stage a bookmark.</summary>
internal sealed class ElsaEngine(ILoggerFactory logs) : IProcessEngine, IAsyncDisposable
{
    private readonly ElsaHost _host = new(logs);
    private readonly SemaphoreSlim _making = new(1);
    private StateTexts? _texts;

    public string Name => ElsaStack.StackName;

    public async ValueTask<EngineResult> StartAsync(EngineCall call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return await BeginAsync(call.Definition, Run(call, call.Signal));
    }

    public async ValueTask<EngineResult> AdvanceAsync(string engineState, EngineCall call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var texts = await TextsAsync();
        var workflow = texts.Read(engineState);
        RequireFit(workflow, call.State);

        var run = Run(call, call.Signal);
        switch (call.Signal)
        {
            case Signal.Launched:
                return new EngineResult([], engineState);
            case Signal.VariantChanged:
                // Stages appear and disappear anywhere: the workflow takes its places anew.
                run.ChangeVariant();
                return run.HasMoved || run.Places().Any(place => !call.State.Open.Any(stage => stage.Id == place))
                    ? await BeginAsync(call.Definition, run)
                    : new EngineResult([], engineState);
        }

        foreach (var bookmark in Concerned(call))
            workflow = RequireSound(await _host.RunAsync(call.Definition, workflow, bookmark, run));
        // A stage that waited to know whether it takes place: what led to it has been followed long ago.
        if (run.HasTurns)
            return await BeginAsync(call.Definition, run);
        return run.HasMoved ? Result(texts, workflow, run) : new EngineResult([], engineState);
    }

    public async ValueTask<EngineResult> RebuildAsync(
        ProcessDefinition definition, IReadOnlyList<ProcessEvent> events, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var state = ProcessState.Initial(definition).Evolve(events);
        // Nothing is asked of today: whatever is to be entered was entered when it happened.
        var moves = new StageMoves(definition, state, new ProcessFacts(), now: default);
        return await BeginAsync(definition, new StageRun(state, moves, signal: null));
    }

    public ValueTask DisposeAsync()
    {
        _making.Dispose();
        return _host.DisposeAsync();
    }

    private static StageRun Run(EngineCall call, Signal signal) =>
        new(call.State, new StageMoves(call.Definition, call.State, call.Facts, call.Now), signal);

    private async Task<EngineResult> BeginAsync(ProcessDefinition definition, StageRun run)
    {
        var workflow = RequireSound(await _host.RunAsync(definition, state: null, bookmark: null, run));
        return Result(await TextsAsync(), workflow, run);
    }

    private static EngineResult Result(StateTexts texts, WorkflowState workflow, StageRun run)
    {
        Stored.Trim(workflow);
        return new EngineResult(run.ToMoves(), texts.Write(workflow));
    }

    /// <summary>The bookmarks the signal goes to; none when it was answered before.</summary>
    private static IEnumerable<string> Concerned(EngineCall call)
    {
        var state = call.State;
        return call.Signal switch
        {
            Signal.Completed s => Part(s.Stage, s.Branch),
            Signal.Waived s => Part(s.Stage, s.Branch),
            Signal.Failed s => AnyPart(s.Stage),
            Signal.Skipped s => AnyPart(s.Stage),
            Signal.Returned s => AnyPart(s.Stage),
            Signal.Replaced s => state.Open.SelectMany(stage => Part(stage.Id, s.From)),
            _ => [],
        };

        IEnumerable<string> Part(string stage, string? branch) =>
            state[stage].Status == StageStatus.Open && state[stage].Part(branch) is { Status: PartStatus.Open }
                ? [ReviewStage.Bookmark(stage, branch)]
                : [];

        IEnumerable<string> AnyPart(string stage) => state[stage].Status == StageStatus.Open
            ? state[stage].Parts.Where(part => part.Status == PartStatus.Open).Take(1).Select(part => ReviewStage.Bookmark(stage, part.Branch))
            : [];
    }

    /// <summary>The workflow waits exactly where the review does.</summary>
    private static void RequireFit(WorkflowState workflow, ProcessState state)
    {
        var definition = state.Definition;
        if (workflow.DefinitionVersionId != WorkflowNames.VersionId(definition.Id, definition.Version) || workflow.CorrelationId != definition.Hash)
            throw new EngineStateException($"The workflow is of {workflow.DefinitionVersionId}, the review of {definition.Id} version {definition.Version}.");
        if (state.Status == ReviewStatus.Closed)
            return;
        var waits = workflow.Bookmarks.Select(bookmark => bookmark.Id).Order(StringComparer.Ordinal);
        var open = from stage in state.Open
                   from part in state[stage].Parts
                   where part.Status == PartStatus.Open
                   select ReviewStage.Bookmark(stage.Id, part.Branch);
        if (!waits.SequenceEqual(open.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new EngineStateException($"The workflow waits at {string.Join(", ", waits)}, the review at {string.Join(", ", open)}.");
    }

    /// <summary>Elsa catches what its activities throw and notes it in the state.</summary>
    private static WorkflowState RequireSound(WorkflowState workflow) => workflow.Incidents.FirstOrDefault() is { } incident
        ? throw new EngineFaultException($"{incident.ActivityId}: {incident.Message}")
        : workflow;

    private async ValueTask<StateTexts> TextsAsync()
    {
        if (_texts is { } made)
            return made;
        await _making.WaitAsync();
        try
        {
            return _texts ??= new StateTexts((JsonWorkflowStateSerializer)(await _host.ServicesAsync()).GetRequiredService<IWorkflowStateSerializer>());
        }
        finally
        {
            _making.Release();
        }
    }
}
