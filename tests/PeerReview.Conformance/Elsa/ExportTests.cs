using System.Text.Json.Nodes;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Management.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Server.Stacks;
using PeerReview.Server.Stacks.Elsa.Engine;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>An exported process is the flowchart the engine runs: Elsa's own serializer reads it back to the same.</summary>
public sealed class ExportTests
{
    [Theory, MemberData(nameof(ProcessEngineConformance.Processes), MemberType = typeof(ProcessEngineConformance))]
    public async Task Elsa_reads_an_export_back_to_the_flowchart_the_engine_runs(string process)
    {
        var definition = ProcessEngineConformance.Definition(process);
        await using var host = new ElsaHost(NullLoggerFactory.Instance);
        var services = await host.ServicesAsync();
        var activities = services.GetRequiredService<IActivitySerializer>();

        var file = JsonNode.Parse(ProcessExports.Write(definition, "elsa"))!;
        var read = (Flowchart)activities.Deserialize(file["root"]!.ToJsonString());

        Assert.Equal("entry", Start(read));
        Assert.All(read.Activities, activity => Assert.True(activity.Metadata.Remove("designer") && activity.Metadata.Remove("displayText")));
        Assert.Equal(activities.Serialize(Plain(FlowchartCompiler.ToFlowchart(definition))), activities.Serialize(Plain(read)));
    }

    [Fact]
    public async Task Elsa_reads_the_whole_file_as_a_workflow_definition()
    {
        await using var host = new ElsaHost(NullLoggerFactory.Instance);
        var services = await host.ServicesAsync();

        var model = services.GetRequiredService<IApiSerializer>().Deserialize<WorkflowDefinitionModel>(
            ProcessExports.Write(ProcessEngineConformance.Definition("voluntary-review"), "elsa"));

        Assert.Equal(("voluntary-review", 1, "voluntary-review.v1"), (model.DefinitionId, model.Version, model.Id));
        Assert.IsType<Flowchart>(model.Root);
    }

    /// <summary>Where Elsa would begin: the activity no connection leads to.</summary>
    private static string Start(Flowchart flowchart) => flowchart.Activities
        .Single(activity => flowchart.Connections.All(connection => connection.Target.Activity != activity)).Id;

    /// <summary>Without what the reader keeps for itself, and the defaults it writes down.</summary>
    private static Flowchart Plain(Flowchart flowchart)
    {
        flowchart.CustomProperties.Clear();
        foreach (var activity in flowchart.Activities)
        {
            foreach (var name in (string[])["canStartWorkflow", "runAsynchronously", "source", "sourceLine"])
                activity.CustomProperties.Remove(name);
        }

        return flowchart;
    }
}
