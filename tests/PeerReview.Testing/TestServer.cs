using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Data.Embedded;

namespace PeerReview.Testing;

/// <summary>The PostgreSQL of a test run: the one named by <c>PEERREVIEW_TEST_PG</c> (a connection string of a
/// superuser), else one of this process, started at the first use and stopped at its end.</summary>
public static class TestServer
{
    private static readonly Lazy<Task<string>> Superuser = new(StartAsync);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    /// <summary>The login of a superuser to the database <c>postgres</c>.</summary>
    public static Task<string> SuperuserAsync() => Superuser.Value;

    /// <summary>The name of a database that was migrated once, to be copied.</summary>
    public static Task<string> TemplateAsync() => Template.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("PEERREVIEW_TEST_PG") is { Length: > 0 } given)
            return given;
        await RemoveLeftoversAsync();
        var server = await StartAsync(FolderOf(Environment.ProcessId));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAsync(server).AsTask().GetAwaiter().GetResult();
        return server.SuperuserConnection();
    }

    private static Task<EmbeddedPostgres> StartAsync(string folder) => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresOptions(
            folder,
            Environment.GetEnvironmentVariable("PEERREVIEW_POSTGRES_BIN"),
            Environment.GetEnvironmentVariable("PEERREVIEW_CACHE"),
            Durable: false,
            MaxConnections: 400),
        share: false,
        _ => { },
        CancellationToken.None);

    private static async ValueTask StopAsync(EmbeddedPostgres server)
    {
        await server.DisposeAsync();
        Directory.Delete(server.Data, recursive: true);
    }

    // A killed test process leaves its server running; the next run adopts it only to stop it.
    private static async Task RemoveLeftoversAsync()
    {
        foreach (var folder in Directory.GetDirectories(Base(), "peerreview-test-*"))
        {
            var number = Path.GetFileName(folder)["peerreview-test-".Length..];
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                || Directory.Exists($"/proc/{number}") || process == Environment.ProcessId)
                continue;
            try
            {
                await StopAsync(await StartAsync(folder));
            }
            catch (Exception taken) when (taken is DatabaseException or IOException or UnauthorizedAccessException)
            {
                // Another run is removing it, or it is another user's.
            }
        }
    }

    // Memory rather than a disk that others may keep busy, where there is plenty.
    internal static string Base()
    {
        const long plenty = 4L << 30;
        var memory = new DirectoryInfo("/dev/shm");
        return memory.Exists && new DriveInfo(memory.FullName).AvailableFreeSpace > plenty
            ? memory.FullName
            : Path.GetTempPath();
    }

    private static string FolderOf(int process) =>
        Path.Combine(Base(), string.Create(CultureInfo.InvariantCulture, $"peerreview-test-{process}"));

    private static async Task<string> MakeTemplateAsync()
    {
        var superuser = await SuperuserAsync();
        var name = "pr_template_" + Fingerprint();
        await using var source = NpgsqlDataSource.Create(superuser + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        // Several test processes may share the server: one makes the template, the others wait and find it.
        await connection.ExecuteAsync("SELECT pg_advisory_lock(70656572)");
        if (await connection.ExecuteScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = @name AND datistemplate)", new { name }))
            return name;
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS {name}");
        await connection.ExecuteAsync($"CREATE DATABASE {name}");
        var owner = TestDatabase.ConnectionTo(superuser, name) + ";Pooling=false";
        await new Migrator(ProgramFiles.Migrations).ApplyAsync(owner, CancellationToken.None);
        await ReferenceData.LoadStatesAsync(owner, ProgramFiles.States, CancellationToken.None);
        await connection.ExecuteAsync(
            $"""
             ALTER ROLE pr_app PASSWORD '{TestDatabase.Password}';
             ALTER ROLE pr_worker PASSWORD '{TestDatabase.Password}';
             ALTER DATABASE {name} IS_TEMPLATE true;
             """);
        return name;
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(ProgramFiles.Migrations).Append(ProgramFiles.States).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
