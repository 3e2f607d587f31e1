using System.CommandLine;
using System.Globalization;
using Npgsql;
using PeerReview.Server.Features.Demo;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview demo</c>: everything on this machine, with people and reviews to try it out.</summary>
internal static class DemoVerb
{
    private const int DefaultPort = 5080;

    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "Where to listen on this machine; 0 takes a free port.",
            DefaultValueFactory = _ => DefaultPort,
        };
        var fresh = new Option<bool>("--fresh") { Description = "Throw the demonstration of this data folder away first." };
        var choice = new DatabaseChoice(asOwner: false);
        var stack = new StackOption();
        var verb = stack.AddTo(choice.AddTo(
            new Command("demo", "Starts a demonstration: people of every role, reviews in several stages, mail in a folder.") { port, fresh }));
        verb.SetAction(async (parsed, cancel) =>
        {
            var data = choice.DataOf(parsed);
            await using var chosen = await choice.OpenAsync(parsed, share: false, cancel);
            if (parsed.GetValue(fresh))
                await StartAnewAsync(chosen, data, cancel);
            await DatabaseStart.MigrateAsync(chosen.Owner, cancel);
            await MakeManualAsync(chosen.Owner, cancel);
            var options = new AppOptions(
                chosen.Connections,
                data,
                [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{parsed.GetValue(port)}")],
                ManualClock: true)
            {
                Stack = stack.Of(parsed),
                // The links to sign in with stay on the screen.
                LogFrom = LogLevel.Warning,
            };
            await App.RunAsync(options, (app, address) => SayAsync(app, new Uri(address), data, cancel), cancel);
            return CommandLine.Done;
        });
        return verb;
    }

    /// <summary>Empties the embedded database of a demonstration; one in real use is refused.</summary>
    private static async Task StartAnewAsync(ChosenDatabase chosen, string data, CancellationToken cancel)
    {
        if (chosen.Server is not { } server)
            throw new DatabaseException("--fresh empties the embedded database of a demonstration only: leave out --connection.");
        await DatabaseStart.MigrateAsync(chosen.Owner, cancel);
        await MakeManualAsync(chosen.Owner, cancel);
        await server.RecreateDatabaseAsync(cancel);
        DemoFolder.Forget(data);
    }

    /// <summary>A demonstration has a clock moved by hand. A database somebody works in for real never gets one.</summary>
    private static async Task MakeManualAsync(string owner, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "UPDATE app.clock_shift SET manual = true WHERE NOT manual AND NOT EXISTS (SELECT FROM programme)", connection);
        await command.ExecuteNonQueryAsync(cancel);
        await using var manual = new NpgsqlCommand("SELECT manual FROM app.clock_shift", connection);
        if (await manual.ExecuteScalarAsync(cancel) is not true)
            throw new DatabaseException(
                "This database is in real use: start it with \"peerreview serve\", or give the demonstration another folder with --data.");
    }

    private static async Task SayAsync(WebApplication app, Uri address, string data, CancellationToken cancel)
    {
        await StackOption.SayAsync(app);
        var people = await app.Services.GetRequiredService<Demonstration>().PrepareAsync(address, cancel);
        await DemoFolder.WriteAsync(data, address, people, cancel);
        await Console.Out.WriteLineAsync($"PeerReview answers at {address}");
        await Console.Out.WriteLineAsync($"Letters arrive in {Path.Combine(data, "mail")}. Sign in as:");
        foreach (var person in people)
            await Console.Out.WriteLineAsync($"  {person.Role,-14} {person.Name,-32} {new Uri(address, person.SignIn)}");
        await Console.Out.WriteLineAsync("The clock is moved by hand: ./run clock advance 7d");
    }
}
