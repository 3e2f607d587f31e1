using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Export;

/// <summary>A process as a graph of nodes and connections: what the engine runs and what an export draws.</summary>
/// <param name="Stages">In the order in which they are reached.</param>
/// <param name="Connections">From a node by one of its outcomes to a node; see <see cref="Entry"/> and <see cref="End"/>.</param>
internal sealed record ProcessGraph(ImmutableArray<Stage> Stages, ImmutableArray<GraphConnection> Connections)
{
    /// <summary>The node at which every run begins.</summary>
    public const string Entry = "entry";

    /// <summary>The node at which the review is over.</summary>
    public const string End = "end";

    /// <summary>The graph of a definition.</summary>
    public static ProcessGraph Of(ProcessDefinition definition) => new(
        definition.Ordered,
        [
            new GraphConnection(Entry, StageOutcomes.Launched, definition.First.Id),
            .. definition.Ordered.SelectMany(stage => After(definition, stage)),
        ]);

    private static IEnumerable<GraphConnection> After(ProcessDefinition definition, Stage stage)
    {
        var followers = definition.Ordered.Where(next => next.After.Contains(stage.Id, StringComparer.Ordinal)).Select(next => next.Id).ToList();
        if (stage.Id == definition.End.Id)
            followers.Add(End);
        var closing = from outcome in StageOutcomes.Closing(definition, stage)
                      from next in followers
                      select new GraphConnection(stage.Id, outcome, next);
        var back = (stage.Return?.To ?? []).Select(to => new GraphConnection(stage.Id, StageOutcomes.Returned, to));
        return closing.Concat(back);
    }
}

/// <summary>Leads from a node, when it ends with that outcome, to another.</summary>
internal sealed record GraphConnection(string From, string Outcome, string To);
