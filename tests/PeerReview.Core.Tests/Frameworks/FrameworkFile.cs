using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Yaml;
using Xunit;

namespace PeerReview.Core.Tests.Frameworks;

/// <summary>The shipped framework, and variations of its text.</summary>
internal static class FrameworkFile
{
    private static readonly Lazy<string> Shipped = new(() => File.ReadAllText(Path("frameworks", "un-ict-framework.v1.yaml")));
    private static readonly Lazy<Framework> Parsed = new(() => Read(Shipped.Value).Framework!);

    public static string Text => Shipped.Value;

    public static Framework Framework => Parsed.Value;

    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([AppContext.BaseDirectory, "workflows", .. parts]);

    public static FrameworkReading Read(string yaml)
    {
        var parsed = YamlNodes.Parse(yaml, "f.yaml");
        Assert.Empty(parsed.Problems);
        return FrameworkReader.Read(parsed.Root!, "f.yaml");
    }
}
