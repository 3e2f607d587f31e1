using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Reads a process file, or says everything that is wrong with it.</summary>
public static class DefinitionReader
{
    /// <summary>Reads one parsed file.</summary>
    /// <param name="path">Its path, for the problems; the file name must be <c>&lt;process&gt;.v&lt;version&gt;.yaml</c>.</param>
    /// <param name="known">Names the domain answers; those of the product unless given.</param>
    /// <returns>The definition, or at least one problem.</returns>
    public static DefinitionResult Read(DataNode root, string path, KnownNames? known = null)
    {
        var problems = new Problems(path);
        var reading = new DefinitionReading(problems, root, known ?? KnownNames.Product);
        var parts = reading.Read(path);
        DefinitionChecks.Check(parts, root, reading.Broken, problems);
        return problems.Any
            ? new DefinitionResult(null, problems.InFileOrder())
            : new DefinitionResult(new ProcessDefinition(parts), []);
    }
}

/// <summary>A definition that passed every check, or what is wrong with the file.</summary>
/// <param name="Definition">Null when there are problems.</param>
/// <param name="Problems">In the order of the lines.</param>
public sealed record DefinitionResult(ProcessDefinition? Definition, ImmutableArray<DataProblem> Problems);
