using System.Globalization;

namespace PeerReview.Server.Platform.Data.Embedded;

/// <summary>The folder that holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</summary>
public static class PostgresBinaries
{
    /// <summary>The oldest PostgreSQL the schema works with.</summary>
    public const int OldestVersion = 15;

    private const string Debian = "/usr/lib/postgresql";
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>Looks where the configuration says, then at Debian's packages (the highest version), then on the PATH,
    /// then at the npm package under <paramref name="cache"/>; null when there is none.</summary>
    /// <param name="configured">A folder given by hand, or null. Nothing else is tried then.</param>
    /// <param name="cache">Where <c>npm install</c> puts packages, or null.</param>
    public static string? Find(string? configured, string? cache)
    {
        if (configured is not null)
            return Holds(configured)
                ? configured
                : throw new DatabaseException($"There is no PostgreSQL in {configured}: it needs initdb, pg_ctl and postgres.");
        return OfDebian().FirstOrDefault(Holds)
            ?? OnPath().FirstOrDefault(Holds)
            ?? (cache is null ? null : NpmPostgres.Find(cache));
    }

    /// <summary>The folder of Debian's package of one major version, or null.</summary>
    public static string? OfDebianVersion(string major) =>
        Path.Combine(Debian, major, "bin") is var folder && Holds(folder) ? folder : null;

    /// <summary>Whether the folder holds the three programs.</summary>
    public static bool Holds(string folder) => Needed.All(program => File.Exists(Path.Combine(folder, program)));

    private static IEnumerable<string> OfDebian() =>
        !Directory.Exists(Debian)
            ? []
            : Directory.GetDirectories(Debian)
                .Select(folder => (Folder: folder, Version: VersionOf(folder)))
                .Where(one => one.Version >= OldestVersion)
                .OrderByDescending(one => one.Version)
                .Select(one => Path.Combine(one.Folder, "bin"));

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    // Programs on the PATH are often links into the folder that has the libraries and time zones beside it.
    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new FileInfo(Path.Combine(folder, "postgres")))
            .Where(program => program.Exists)
            .Select(program => Path.GetDirectoryName(
                program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName)!);
}
