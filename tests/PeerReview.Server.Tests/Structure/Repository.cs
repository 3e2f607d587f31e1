namespace PeerReview.Server.Tests.Structure;

/// <summary>The files of the repository the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# and Razor file under a folder, with its path from the root.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        new[] { "*.cs", "*.razor" }
            .SelectMany(ending => Directory.EnumerateFiles(Path.Combine(Root, folder), ending, SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(Root, path), File.ReadAllText(path)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PeerReview.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside their repository.");
        return folder.FullName;
    }
}
