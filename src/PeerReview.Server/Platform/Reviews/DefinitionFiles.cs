using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Yaml;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>A process or framework as it lies in a file.</summary>
/// <param name="Kind"><c>process</c> or <c>framework</c>.</param>
/// <param name="Source">The whole text, kept in the database for as long as a review pins it.</param>
internal sealed record DefinitionFile(
    string Kind, string Path, string Id, int Version, string Hash, string Source, ProcessDefinition? Process, Framework? Framework)
{
    /// <summary>Its texts in other languages, as they lie beside it.</summary>
    public ImmutableArray<DefinitionText> Texts { get; init; } = [];

    public bool Is(string kind, string id, int version) => Kind == kind && Id == id && Version == version;
}

/// <summary>The texts of a definition in one language, as they lie in a file.</summary>
/// <param name="Language">ISO 639-1 code.</param>
public sealed record DefinitionText(string Language, string Source);

/// <summary>Reads the definitions of a folder, all problems at once.</summary>
internal static class DefinitionFiles
{
    // Those that come with the program do not change while it runs.
    private static readonly Lazy<IReadOnlyList<DefinitionFile>> Shipped = new(() => ReadAll(ProgramFiles.Workflows));

    /// <exception cref="DefinitionException">Any of them has problems.</exception>
    public static IReadOnlyList<DefinitionFile> Read(string workflows) =>
        workflows == ProgramFiles.Workflows ? Shipped.Value : ReadAll(workflows);

    private static List<DefinitionFile> ReadAll(string workflows)
    {
        var problems = ImmutableArray.CreateBuilder<DataProblem>();
        var read = new List<DefinitionFile>();
        foreach (var (kind, folder) in new[] { ("process", "processes"), ("framework", "frameworks") })
        {
            foreach (var path in Directory.EnumerateFiles(System.IO.Path.Combine(workflows, folder), "*.yaml").Order(StringComparer.Ordinal))
            {
                if (!IsTranslation(path) && Read(kind, NameOf(path), File.ReadAllText(path), problems) is { } file)
                    read.Add(Translated(file, path, NameOf, problems));
            }
        }

        return problems.Count == 0 ? read : throw new DefinitionException(problems.ToImmutable());
    }

    /// <summary>A process that somebody wrote, with the translations that lie beside it.</summary>
    /// <param name="path">Its file; problems name it and those beside it as given here.</param>
    /// <exception cref="DefinitionException">Any of them has problems; all of them are named.</exception>
    public static DefinitionFile ReadProcess(string path)
    {
        var problems = ImmutableArray.CreateBuilder<DataProblem>();
        var file = Read("process", path, File.ReadAllText(path), problems);
        if (file is not null)
        {
            problems.AddRange(RunnableChecks.Of(file.Process!, YamlNodes.Parse(file.Source, path).Root!, path));
            file = Translated(file, path, one => one, problems);
        }

        return file is not null && problems.Count == 0 ? file : throw new DefinitionException(problems.ToImmutable());
    }

    /// <summary>A version from the database. It was checked when it was published.</summary>
    /// <param name="texts">Its texts in other languages.</param>
    public static DefinitionFile Read(Definitions.Stored stored, params IEnumerable<DefinitionText> texts)
    {
        var problems = ImmutableArray.CreateBuilder<DataProblem>();
        var path = $"(database)/{stored.Id}.v{stored.Version}.yaml";
        var file = Read(stored.Kind, path, stored.Source, problems) ?? throw new DefinitionException(problems.ToImmutable());
        return Translated(file, texts.Select(text => (text, $"(database)/{stored.Id}.v{stored.Version}.{text.Language}.yaml")), problems);
    }

    private static string NameOf(string path) =>
        System.IO.Path.Combine("workflows", System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)!), System.IO.Path.GetFileName(path));

    private static DefinitionFile Translated(
        DefinitionFile file, string path, Func<string, string> name, ImmutableArray<DataProblem>.Builder problems)
    {
        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        var beside = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var given = System.IO.Path.GetDirectoryName(path)!;
        return Translated(
            file,
            Directory.EnumerateFiles(beside, stem + ".??.yaml").Order(StringComparer.Ordinal).Select(texts => (
                new DefinitionText(System.IO.Path.GetFileNameWithoutExtension(texts)[^2..], File.ReadAllText(texts)),
                name(System.IO.Path.Combine(given, System.IO.Path.GetFileName(texts))))),
            problems);
    }

    private static DefinitionFile Translated(
        DefinitionFile file, IEnumerable<(DefinitionText Text, string Path)> beside, ImmutableArray<DataProblem>.Builder problems)
    {
        var expected = file.Process?.TextPaths ?? file.Framework!.TextPaths;
        var translations = new List<Translation>();
        var texts = ImmutableArray.CreateBuilder<DefinitionText>();
        foreach (var (text, path) in beside)
        {
            var parsed = YamlNodes.Parse(text.Source, path);
            problems.AddRange(parsed.Problems);
            if (parsed.Root is not { } root)
                continue;
            var (translation, found) = Translation.Read(root, path, text.Language, expected);
            problems.AddRange(found);
            if (translation is null)
                continue;
            translations.Add(translation);
            texts.Add(text);
        }

        return file with
        {
            Process = file.Process?.With(translations),
            Framework = file.Framework?.With(translations),
            Texts = texts.ToImmutable(),
        };
    }

    // name.v1.yaml is a definition, name.v1.ar.yaml the texts of one in a language.
    private static bool IsTranslation(string path) =>
        System.IO.Path.GetFileNameWithoutExtension(path).Split('.') is [.., { Length: 2 } last] && !last.StartsWith('v');

    private static DefinitionFile? Read(
        string kind, string path, string source, ImmutableArray<DataProblem>.Builder problems)
    {
        var parsed = YamlNodes.Parse(source, path);
        problems.AddRange(parsed.Problems);
        if (parsed.Root is not { } root)
            return null;
        if (kind == "process")
        {
            var reading = DefinitionReader.Read(root, path);
            problems.AddRange(reading.Problems);
            return reading.Definition is { } p ? new DefinitionFile(kind, path, p.Id, p.Version, p.Hash, source, p, null) : null;
        }

        var framework = FrameworkReader.Read(root, path);
        problems.AddRange(framework.Problems);
        return framework.Framework is { } f ? new DefinitionFile(kind, path, f.Id, f.Version, f.Hash, source, null, f) : null;
    }
}
