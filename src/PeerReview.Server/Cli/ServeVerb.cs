using System.CommandLine;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview serve</c>: runs the program until it is told to stop.</summary>
internal static class ServeVerb
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen, separated by semicolons; this machine only unless said otherwise.",
            DefaultValueFactory = _ => DefaultUrl,
        };
        var choice = new DatabaseChoice(asOwner: false);
        var stack = new StackOption();
        var verb = stack.AddTo(choice.AddTo(new Command("serve", "Serves the pages and the API.") { urls }));
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: false, cancel);
            // With the login of the owner at hand (always so for an embedded database) the schema follows the program.
            if (chosen.Connections.Owner is { } owner)
                await DatabaseStart.MigrateAsync(owner, cancel);
            var options = new AppOptions(
                chosen.Connections,
                choice.DataOf(parsed),
                parsed.GetValue(urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                Stack = stack.Of(parsed),
            };
            await App.RunAsync(options, SayWhereAsync, cancel);
            return CommandLine.Done;
        });
        return verb;
    }

    private static async Task SayWhereAsync(WebApplication app, string address)
    {
        await StackOption.SayAsync(app);
        await Console.Out.WriteLineAsync($"PeerReview answers at {address}");
    }
}
