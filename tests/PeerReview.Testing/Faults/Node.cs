namespace PeerReview.Testing.Faults;

/// <summary>One node of the program as a process of its own, with a proxy on each of its two ways to the database.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _data;
    private readonly bool _rhythm;
    private RunningProgram _program;
    private Task<Uri> _ready;

    private Node(TestDatabase database, string data, bool rhythm)
    {
        (_database, _data, _rhythm) = (database, data, rhythm);
        App = new PostgresProxy(database.Connections.App);
        Worker = new PostgresProxy(database.Connections.Worker);
        (_program, _ready) = Begin();
    }

    /// <summary>The way of its commands.</summary>
    public PostgresProxy App { get; }

    /// <summary>The way of what it does by itself.</summary>
    public PostgresProxy Worker { get; }

    /// <summary>Where it answers, once it does.</summary>
    public Task<Uri> AddressAsync() => _ready;

    /// <summary>How it fares, for whoever has to find out why a run failed.</summary>
    public string Account => _program.Account;

    /// <summary>Starts one on a database with a manual clock.</summary>
    /// <param name="data">Its data folder; nodes of one database share it.</param>
    /// <param name="rhythm">Whether it looks for what is due by itself.</param>
    public static Node Start(TestDatabase database, string data, bool rhythm = false) => new(database, data, rhythm);

    /// <summary>Kills it where it stands (SIGKILL) and starts another in its place. What it had in hand is free again, as it is
    /// when its lease has run out.</summary>
    public async Task KillAsync()
    {
        await _program.KillAsync();
        await _program.DisposeAsync();
        await App.DropAsync();
        await Worker.DropAsync();
        await _database.AsOwnerAsync("UPDATE outbox SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL");
        (_program, _ready) = Begin();
    }

    /// <summary>Asks it to stop (SIGTERM), and answers its exit status.</summary>
    public Task<int> StopAsync(CancellationToken cancel) => _program.StopAsync(cancel, "TERM");

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        await App.DisposeAsync();
        await Worker.DisposeAsync();
        try
        {
            await _ready;
        }
        catch (InvalidOperationException)
        {
            // It was ended before it answered.
        }
    }

    private (RunningProgram Program, Task<Uri> Ready) Begin()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PEERREVIEW_DATABASE"] = App.Through,
            ["PEERREVIEW_DATABASE_WORKER"] = Worker.Through,
            ["PEERREVIEW_DATA"] = _data,
            // Compiled once and quickly: it lives for seconds.
            ["DOTNET_TieredPGO"] = "0",
        };
        if (_rhythm)
            settings["PEERREVIEW_NODE_RHYTHM"] = "1";
        var program = RunningProgram.Start(_data, [], settings, "PeerReview.Node");
        return (program, ReadyAsync(program));
    }

    private static async Task<Uri> ReadyAsync(RunningProgram program) =>
        new((await program.WaitForAsync("answers at", CancellationToken.None)).Split(' ')[^1]);
}
