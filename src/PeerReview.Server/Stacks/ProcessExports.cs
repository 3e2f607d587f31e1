using System.Collections.Immutable;
using PeerReview.Core.Process;
using PeerReview.Server.Stacks.Elsa.Export;

namespace PeerReview.Server.Stacks;

/// <summary>Processes in the formats of other programs. They are there whatever stacks the program was built with.</summary>
public static class ProcessExports
{
    private static readonly ImmutableSortedDictionary<string, Func<ProcessDefinition, string>> Writers =
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, [KeyValuePair.Create<string, Func<ProcessDefinition, string>>("elsa", WorkflowJson.Write)]);

    /// <summary>Names of the formats.</summary>
    public static IEnumerable<string> Formats => Writers.Keys;

    /// <summary>The text of the file.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static string Write(ProcessDefinition definition, string format) => Writers[format](definition);
}
