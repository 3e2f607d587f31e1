using PeerReview.Core.Frameworks;
using YamlDotNet.RepresentationModel;

namespace PeerReview.Core.Tests.Frameworks;

/// <summary>The shipped framework, and variations of its text.</summary>
internal static class FrameworkFile
{
    private const string Path = "workflows/frameworks/un-ict-framework.v1.yaml";
    private static readonly Lazy<string> Shipped = new(() => File.ReadAllText(System.IO.Path.Combine(Root(), Path)));
    private static readonly Lazy<Framework> Parsed = new(() => Read(Shipped.Value).Framework!);

    public static string Text => Shipped.Value;

    public static Framework Framework => Parsed.Value;

    public static FrameworkReading Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return FrameworkReader.Read(Node(stream.Documents[0].RootNode), "f.yaml");
    }

    private static DataNode Node(YamlNode node) => node switch
    {
        YamlScalarNode s => new DataNode.Scalar((int)node.Start.Line, s.Value),
        YamlSequenceNode s => new DataNode.Sequence((int)node.Start.Line, [.. s.Children.Select(Node)]),
        YamlMappingNode m => new DataNode.Mapping((int)node.Start.Line,
            [.. m.Children.Select(c => new DataNode.Entry((int)c.Key.Start.Line, ((YamlScalarNode)c.Key).Value!, Node(c.Value)))]),
        _ => throw new InvalidOperationException($"{node.NodeType} is not read"),
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "PeerReview.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("PeerReview.sln is in no folder above the tests");
        return folder.FullName;
    }
}
