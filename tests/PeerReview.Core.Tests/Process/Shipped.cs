using PeerReview.Core.Process;
using PeerReview.Server.Platform.Yaml;

namespace PeerReview.Core.Tests.Process;

/// <summary>The process files of the product, read once.</summary>
internal static class Shipped
{
    public static ProcessDefinition Voluntary { get; } = Read("voluntary-review.v1.yaml");

    public static IEnumerable<string> Files => Directory
        .EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)!).Where(f => f.Count(c => c == '.') == 2).Order(StringComparer.Ordinal);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "workflows", "processes");

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public static ProcessDefinition Read(string file) => Read(Text(file), file).Definition
        ?? throw new InvalidOperationException(string.Join('\n', Read(Text(file), file).Problems));

    public static DefinitionResult Read(string text, string file)
    {
        var yaml = YamlNodes.Parse(text, file);
        return yaml.Root is null ? new DefinitionResult(null, yaml.Problems) : DefinitionReader.Read(yaml.Root, file);
    }
}
