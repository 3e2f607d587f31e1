using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PeerReview.Core;

/// <summary>The texts of one version of a definition in one further language, by the path of each text, such as
/// <c>stages.launch.title</c>. Structure never comes from here, so a corrected translation is no new version.</summary>
/// <param name="Language">ISO 639-1 code.</param>
public sealed record Translation(string Language, FrozenDictionary<string, string> Texts)
{
    /// <summary>The language definitions are written in. Texts in it say only what is said better than in the definition.</summary>
    public const string Source = "en";

    /// <summary>The text at a path; where there is none, the one that stands in the definition.</summary>
    public string At(string path, string otherwise) => Texts.GetValueOrDefault(path, otherwise);

    /// <summary>Reads a file of texts and holds it to those the definition has.</summary>
    /// <param name="path">The file's path, for the problems.</param>
    /// <param name="expected">The path of every text of the definition.</param>
    /// <returns>The translation, or every problem: a text that is missing, except in <see cref="Source"/>, empty, or that the definition
    /// does not have.</returns>
    public static (Translation? Translation, ImmutableArray<DataProblem> Problems) Read(
        DataNode root, string path, string language, IReadOnlyCollection<string> expected)
    {
        var found = Leaves("", root).ToList();
        var texts = found.Select(leaf => leaf.Path).ToHashSet(StringComparer.Ordinal);
        var known = expected.ToHashSet(StringComparer.Ordinal);
        var problems = found.SelectMany((leaf, i) => Wrong(leaf, known, found.FindIndex(l => l.Path == leaf.Path) < i))
            .Select(wrong => new DataProblem(path, wrong.Line, wrong.Message))
            .Concat(expected.Where(text => language != Source && !texts.Contains(text))
                .Select(text => new DataProblem(path, 1, $"the text \"{text}\" is missing; translate it")))
            .ToImmutableArray();
        return problems.IsEmpty
            ? (new Translation(language, found.ToFrozenDictionary(leaf => leaf.Path, leaf => leaf.Text, StringComparer.Ordinal)), problems)
            : (null, problems);
    }

    private static IEnumerable<(int Line, string Message)> Wrong(Leaf leaf, HashSet<string> known, bool doubled)
    {
        if (!known.Contains(leaf.Path))
            yield return (leaf.Line, $"the definition has no text \"{leaf.Path}\"; take it out or correct its name");
        else if (leaf.Text.Length == 0)
            yield return (leaf.Line, $"the text \"{leaf.Path}\" is empty; translate it");
        if (doubled)
            yield return (leaf.Line, $"the text \"{leaf.Path}\" stands twice; keep one");
    }

    private static IEnumerable<Leaf> Leaves(string path, DataNode node) => node switch
    {
        DataNode.Mapping map => map.Entries.SelectMany(entry =>
            Leaves(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value)),
        DataNode.Scalar scalar => [new Leaf(path, scalar.Line, scalar.Text?.Trim() ?? "")],
        _ => [new Leaf(path, node.Line, "")],
    };

    private readonly record struct Leaf(string Path, int Line, string Text);
}
