using System.Collections.Concurrent;
using Elsa.Expressions.Contracts;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Extensions;
using Elsa.Workflows.Management.Providers;
using Elsa.Workflows.Management.Services;
using Elsa.Workflows.Middleware.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;
using Elsa.Workflows.Serialization.Serializers;
using Elsa.Workflows.State;
using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>Elsa Workflows in a container of its own: it runs workflows in memory and keeps nothing but the compiled
/// graphs.</summary>
internal sealed class ElsaHost : IAsyncDisposable
{
    private static readonly Type[] Activities =
        [typeof(Workflow), typeof(Flowchart), typeof(End), typeof(NotFoundActivity), typeof(ReviewEntry), typeof(ReviewStage)];

    private readonly ServiceProvider _services;
    private readonly Lazy<Task> _ready;
    private readonly ConcurrentDictionary<string, Task<WorkflowGraph>> _graphs = new(StringComparer.Ordinal);

    public ElsaHost(ILoggerFactory logs)
    {
        var services = new ServiceCollection();
        services.CreateModule()
            .UseWorkflows(workflows => workflows.WithActivityExecutionPipeline(
                pipeline => pipeline.UseExceptionHandling().UseDefaultActivityInvoker()))
            .UseFlowchart(flowchart => flowchart.UseTokenBasedExecution())
            .Apply();
        services
            .AddSingleton(logs)
            .AddSingleton<IExpressionDescriptorRegistry, ExpressionDescriptorRegistry>()
            .AddSingleton<IExpressionDescriptorProvider, DefaultExpressionDescriptorProvider>()
            .AddSerializationOptionsConfigurator<SerializationOptionsConfigurator>();
        _services = services.BuildServiceProvider();
        _ready = new Lazy<Task>(() => _services.GetRequiredService<IActivityRegistry>().RegisterAsync(Activities));
    }

    /// <summary>The container, with the activities registered.</summary>
    public async ValueTask<IServiceProvider> ServicesAsync()
    {
        await _ready.Value;
        return _services;
    }

    /// <summary>Runs the workflow of a process until it waits or ends.</summary>
    /// <param name="state">Where it stood, or null to begin.</param>
    /// <param name="bookmark">The bookmark to go on from.</param>
    public async Task<WorkflowState> RunAsync(ProcessDefinition definition, WorkflowState? state, string? bookmark, StageRun run)
    {
        await _ready.Value;
        await using var scope = _services.CreateAsyncScope();
        var graph = await GraphAsync(definition);
        var runner = scope.ServiceProvider.GetRequiredService<IWorkflowRunner>();
        var options = new RunWorkflowOptions { BookmarkId = bookmark, Input = run.ToInput(), CorrelationId = definition.Hash };
        // Not to be broken off: it takes milliseconds, and half a run would look like a whole one.
        var result = state is null
            ? await runner.RunAsync(graph, options, CancellationToken.None)
            : await runner.RunAsync(graph, state, options, CancellationToken.None);
        return result.WorkflowState;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task<WorkflowGraph> GraphAsync(ProcessDefinition definition) => _graphs.GetOrAdd(definition.Hash, async _ =>
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IWorkflowGraphBuilder>().BuildAsync(FlowchartCompiler.ToWorkflow(definition));
    });
}
