using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Models;
using PeerReview.Core.Process;
using PeerReview.Server.Stacks.Elsa.Export;
using Endpoint = Elsa.Workflows.Activities.Flowchart.Models.Endpoint;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>Makes a process a workflow: a flowchart with one activity for each stage.</summary>
internal static class FlowchartCompiler
{
    /// <summary>The workflow of a definition. The same definition gives the same workflow, so that stored texts find their
    /// way back.</summary>
    public static Workflow ToWorkflow(ProcessDefinition definition) => new()
    {
        Id = definition.Id,
        Identity = new WorkflowIdentity(definition.Id, definition.Version, WorkflowNames.VersionId(definition.Id, definition.Version)),
        WorkflowMetadata = new WorkflowMetadata(definition.Title),
        Root = ToFlowchart(definition),
    };

    /// <summary>The flowchart alone.</summary>
    public static Flowchart ToFlowchart(ProcessDefinition definition)
    {
        var graph = ProcessGraph.Of(definition);
        var entry = new ReviewEntry { Id = ProcessGraph.Entry };
        List<IActivity> activities =
        [
            entry,
            .. graph.Stages.Select(stage => ToActivity(definition, stage)),
            new End { Id = ProcessGraph.End },
        ];
        var byId = activities.ToDictionary(activity => activity.Id, StringComparer.Ordinal);
        return new Flowchart
        {
            Id = WorkflowNames.Flowchart,
            Start = entry,
            Activities = activities,
            Connections = [.. graph.Connections.Select(one => new Connection(
                new Endpoint(byId[one.From], one.Outcome), new Endpoint(byId[one.To])))],
        };
    }

    private static ReviewStage ToActivity(ProcessDefinition definition, Stage stage)
    {
        var activity = new ReviewStage
        {
            Id = stage.Id,
            Name = stage.Title,
            What = stage.What,
            Acts = [.. stage.Acts],
            Mode = ProcessCodes.Of(stage.Mode),
            Days = StageDays.Of(definition, stage),
            Each = [.. stage.Each.Select(each => each.Over)],
            When = stage.When ?? "",
            Exit = [.. stage.Exit.Select(exit => exit.Guard)],
        };
        // Every connection that is followed leads to the stage, at once: it is its own join.
        activity.CustomProperties[WorkflowNames.MergeModeProperty] = WorkflowNames.MergeMode;
        return activity;
    }
}
