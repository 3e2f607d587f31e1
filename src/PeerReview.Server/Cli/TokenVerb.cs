using System.CommandLine;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview token</c>: an API token for somebody, from whoever runs the machine.</summary>
internal static class TokenVerb
{
    public static Command Create()
    {
        var email = new Option<string>("--email") { Description = "E-mail address of the account.", Required = true };
        var name = new Option<string>("--name") { Description = "What the token is for.", DefaultValueFactory = _ => "command line" };
        var scope = new Option<string>("--scope") { Description = "read or write.", DefaultValueFactory = _ => "read" };
        var days = new Option<int>("--days") { Description = "Days until it expires.", DefaultValueFactory = _ => 90 };
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command("token", "Makes an API token for an account and writes it, once.") { email, name, scope, days });
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var database = Database.Open(chosen.Connections);
            await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
            var wish = new TokenWish(parsed.GetValue(name)!, parsed.GetValue(scope)!, parsed.GetValue(days));
            return await new Tokens(database, TimeProvider.System).CreateForAsync(parsed.GetValue(email)!, wish, cancel) switch
            {
                Verdict<NewToken>.Accepted { Value: var made } => await SayAsync(made),
                Verdict<NewToken>.Refused { Reason: var reason } => await Spoken.RefuseAsync(reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        });
        return verb;
    }

    private static async Task<int> SayAsync(NewToken made)
    {
        await Console.Out.WriteLineAsync(made.Token);
        return CommandLine.Done;
    }
}
