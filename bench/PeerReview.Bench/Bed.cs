using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using System.Diagnostics;
using Npgsql;
using PeerReview.Server;
using PeerReview.Server.Features.Operations.Checking;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Bench;

/// <summary>A database with as many reviews as wanted, and the program on it.</summary>
internal sealed class Bed : IAsyncDisposable
{
    private Bed(BenchServer server, WebApplication app, int answered, int launched) =>
        (Server, App, Answered, Launched) = (server, app, answered, launched);

    public BenchServer Server { get; }

    /// <summary>The program; it does not listen.</summary>
    public WebApplication App { get; }

    /// <summary>Reviews 1 … this are in their self-assessment with every item answered.</summary>
    public int Answered { get; }

    /// <summary>As many after them wait to be acknowledged.</summary>
    public int Launched { get; }

    public Database Database => App.Services.GetRequiredService<Database>();

    /// <summary>Makes it, says how long that took, and checks that copies are as sound as what the program makes.</summary>
    public static async Task<Bed> MakeAsync(BenchServer server, int answered, int launched)
    {
        var watch = Stopwatch.StartNew();
        await server.MigrateAsync();
        var seeder = new Seeder(server, await StatesAsync(server));
        await seeder.PeopleAsync();
        var app = await PeerReview.Server.App.BuildAsync(
            new AppOptions(server.Connections, Path.GetTempPath(), []), CancellationToken.None);
        var template = new Template(app.Services);
        await seeder.CopyAsync(await template.AnsweredAsync(), 1, answered);
        await seeder.CopyAsync(await template.LaunchedAsync(), answered + 1, launched);
        await seeder.SettleAsync();
        Report.Say($"{answered} answered and {launched} launched reviews made in {watch.Elapsed.TotalSeconds:F1} s");
        watch.Restart();
        var check = await Check.RunAsync(app.Services.GetRequiredService<Database>(), CancellationToken.None);
        if (check.Findings.Count > 0)
            throw new InvalidOperationException($"The copies are not sound: {string.Join('\n', check.Findings)}");
        Report.Say($"all {check.Events} events and their rows checked in {watch.Elapsed.TotalSeconds:F1} s");
        return new Bed(server, app, answered, launched);
    }

    /// <summary>Gives back the memory of the making, in which everything measured runs or is asked from, and waits as many
    /// seconds as <c>--rest</c> says: a disk that has just taken a hundred thousand reviews is slower for a while.</summary>
    public static async Task RestAsync(Arguments arguments)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await Task.Delay(TimeSpan.FromSeconds(arguments.Number("rest", 0)));
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    private static async Task<List<string>> StatesAsync(BenchServer server)
    {
        await using var connection = new NpgsqlConnection(server.Connections.Owner);
        await connection.OpenAsync();
        // The template's own State first.
        await using var command = new NpgsqlCommand($"SELECT iso3 FROM state ORDER BY iso3 <> '{Template.State}', iso3", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var states = new List<string>();
        while (await reader.ReadAsync())
            states.Add(reader.GetString(0));
        return states;
    }
}
