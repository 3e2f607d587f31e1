using Dapper;
using Npgsql;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Testing;

/// <summary>A database of one test: migrated, with the States, otherwise empty; dropped afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    internal const string Password = "only-in-tests";

    private readonly string _superuser;

    private TestDatabase(string superuser, string name)
    {
        _superuser = superuser;
        Name = name;
        Connections = new DatabaseConnections(
            ConnectionTo(superuser, name) + ";Pooling=false",
            ConnectionTo(superuser, name, "pr_app"),
            ConnectionTo(superuser, name, "pr_worker"));
        Database = Database.Open(Connections);
    }

    /// <summary>The name of the database.</summary>
    public string Name { get; }

    /// <summary>The three logins; the owner's is a superuser.</summary>
    public DatabaseConnections Connections { get; }

    /// <summary>The program's side, and through it the worker's.</summary>
    public Database Database { get; }

    /// <summary>Copies the template.</summary>
    /// <param name="manualClock">Whether business time can be moved forward in it.</param>
    public static async Task<TestDatabase> CreateAsync(bool manualClock = true)
    {
        var template = await TestServer.TemplateAsync();
        var database = await CreateAsync($" TEMPLATE {template}");
        if (manualClock)
            await database.AsOwnerAsync("UPDATE app.clock_shift SET manual = true");
        return database;
    }

    /// <summary>A database without a single table, for tests of the migrations.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync("");

    /// <summary>Runs statements as superuser, seeing every row.</summary>
    public async Task AsOwnerAsync(string sql, object? args = null)
    {
        await using var connection = new NpgsqlConnection(Connections.Owner);
        await connection.ExecuteAsync(sql, args);
    }

    /// <summary>Reads as superuser, seeing every row.</summary>
    public async Task<IReadOnlyList<T>> AsOwnerAsync<T>(string sql, object? args = null)
    {
        await using var connection = new NpgsqlConnection(Connections.Owner);
        return [.. await connection.QueryAsync<T>(sql, args)];
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await RunAsync(_superuser, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    internal static string ConnectionTo(string superuser, string database, string? user = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(superuser) { Database = database };
        if (user is not null)
            (settings.Username, settings.Password) = (user, Password);
        return settings.ConnectionString;
    }

    private static async Task<TestDatabase> CreateAsync(string template)
    {
        var superuser = await TestServer.SuperuserAsync();
        var name = $"pr_test_{Guid.NewGuid():N}";
        await RunAsync(superuser, $"CREATE DATABASE {name}{template}");
        return new TestDatabase(superuser, name);
    }

    private static async Task RunAsync(string superuser, string sql)
    {
        await using var connection = new NpgsqlConnection(superuser + ";Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
