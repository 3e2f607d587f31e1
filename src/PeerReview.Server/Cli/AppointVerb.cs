using System.CommandLine;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Features.Operations;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview appoint</c>: makes somebody operator or auditor, which nobody inside the program can.</summary>
internal static class AppointVerb
{
    private static readonly Dictionary<string, Role> Roles = new(StringComparer.Ordinal)
    {
        ["operator"] = Role.Operator,
        ["auditor"] = Role.Auditor,
    };

    public static Command Create()
    {
        var role = new Argument<string>("ROLE") { Description = "operator (sees /operations) or auditor (verifies ledgers)." };
        role.AcceptOnlyFromAmong([.. Roles.Keys]);
        var programme = new Option<string>("--programme") { Description = "Short name of the programme.", Required = true };
        var email = new Option<string>("--email") { Description = "E-mail address of the person.", Required = true };
        var person = new Option<string>("--person") { Description = "Name of the person.", Required = true };
        var choice = new DatabaseChoice(asOwner: false);
        var verb = choice.AddTo(new Command("appoint", "Makes somebody operator or auditor.") { role, programme, email, person });
        verb.SetAction(async (parsed, cancel) =>
        {
            await using var chosen = await choice.OpenAsync(parsed, share: true, cancel);
            await using var database = Database.Open(chosen.Connections);
            await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
            var named = new NamedPerson(parsed.GetValue(person)!, parsed.GetValue(email)!);
            return await Appoint.RunAsync(database, parsed.GetValue(programme)!, Roles[parsed.GetValue(role)!], named, cancel) switch
            {
                Verdict<Account>.Accepted { Value: var account } => await SayAsync(account, parsed.GetValue(role)!),
                Verdict<Account>.Refused { Reason: var reason } => await Spoken.RefuseAsync(reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        });
        return verb;
    }

    private static async Task<int> SayAsync(Account account, string role)
    {
        await Console.Out.WriteLineAsync($"{account.Name} is {role} and signs in with a link to the e-mail address.");
        return CommandLine.Done;
    }
}
