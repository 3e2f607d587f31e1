using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Export;

/// <summary>A process as a workflow definition in Elsa's JSON, to be looked at in Elsa Studio. Needs none of Elsa's
/// packages.</summary>
internal static class WorkflowJson
{
    // A row of nodes for each step of the longest way to a stage; in the units of the designer.
    private const int ColumnWidth = 320;
    private const int RowHeight = 120;

    // It is read by people too, in every language: nothing is escaped that need not be.
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the file.</summary>
    public static string Write(ProcessDefinition definition) => new JsonObject
    {
        ["id"] = WorkflowNames.VersionId(definition.Id, definition.Version),
        ["definitionId"] = definition.Id,
        ["name"] = definition.Title,
        ["version"] = definition.Version,
        ["isLatest"] = true,
        ["isPublished"] = false,
        ["isReadonly"] = false,
        ["variables"] = new JsonArray(),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject { ["sha256"] = definition.Hash },
        ["root"] = Flowchart(definition),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Flowchart(ProcessDefinition definition)
    {
        var graph = ProcessGraph.Of(definition);
        var places = Places(graph);
        var activities = new JsonArray(Activity(ProcessGraph.Entry, WorkflowNames.EntryType, "Entry", places));
        foreach (var stage in graph.Stages)
            activities.Add(StageActivity(definition, stage, places));
        activities.Add(Activity(ProcessGraph.End, WorkflowNames.EndType, "End", places));
        return new JsonObject
        {
            ["id"] = WorkflowNames.Flowchart,
            ["type"] = WorkflowNames.FlowchartType,
            ["version"] = 1,
            ["customProperties"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
            ["variables"] = new JsonArray(),
            ["activities"] = activities,
            ["connections"] = new JsonArray([.. graph.Connections.Select(Connection)]),
        };
    }

    private static JsonObject StageActivity(
        ProcessDefinition definition, Stage stage, ImmutableDictionary<string, (int X, int Y)> places)
    {
        var activity = Activity(stage.Id, WorkflowNames.StageType, stage.Title, places);
        activity["name"] = stage.Title;
        activity["customProperties"]![WorkflowNames.MergeModeProperty] = WorkflowNames.MergeMode;
        activity["what"] = stage.What;
        activity["acts"] = Texts(stage.Acts);
        activity["mode"] = ProcessCodes.Of(stage.Mode);
        activity["days"] = new JsonObject(StageDays.Of(definition, stage).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));
        activity["each"] = Texts(stage.Each.Select(each => each.Over));
        activity["when"] = stage.When ?? "";
        activity["exit"] = Texts(stage.Exit.Select(exit => exit.Guard));
        return activity;
    }

    private static JsonObject Activity(string id, string type, string title, ImmutableDictionary<string, (int X, int Y)> places) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["version"] = 1,
        ["customProperties"] = new JsonObject(),
        ["metadata"] = new JsonObject
        {
            ["displayText"] = title,
            ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = places[id].X, ["y"] = places[id].Y } },
        },
    };

    private static JsonObject Connection(GraphConnection connection) => new()
    {
        ["source"] = new JsonObject { ["activity"] = connection.From, ["port"] = connection.Outcome },
        ["target"] = new JsonObject { ["activity"] = connection.To },
    };

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Left to right by the longest way there, below each other where several are as far.</summary>
    private static ImmutableDictionary<string, (int X, int Y)> Places(ProcessGraph graph)
    {
        var column = new Dictionary<string, int>(StringComparer.Ordinal) { [ProcessGraph.Entry] = 0 };
        foreach (var stage in graph.Stages)
            column[stage.Id] = stage.After.Select(before => column[before]).DefaultIfEmpty(0).Max() + 1;
        column[ProcessGraph.End] = column.Values.Max() + 1;
        return column.GroupBy(one => one.Value)
            .SelectMany(group => group.Select((one, row) => (one.Key, Place: (one.Value * ColumnWidth, row * RowHeight))))
            .ToImmutableDictionary(one => one.Key, one => one.Place, StringComparer.Ordinal);
    }
}
