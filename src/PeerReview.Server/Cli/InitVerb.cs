using System.CommandLine;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Features.Programmes;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Cli;

/// <summary><c>peerreview init</c>: the first programme and its coordinators, before anybody can sign in.</summary>
internal sealed class InitVerb
{
    private readonly DatabaseChoice _choice = new(asOwner: false);
    private readonly Option<string> _slug = Required("--programme", "Short name of the programme: lower-case letters, digits, hyphens.");
    private readonly Option<string> _name = Required("--name", "Name of the programme for people.");
    private readonly Option<string> _email = Required("--email", "E-mail address of the first coordinator.");
    private readonly Option<string> _person = Required("--person", "Name of the first coordinator.");
    private readonly Option<string?> _secondEmail = new("--second-email") { Description = "E-mail address of a second coordinator." };
    private readonly Option<string?> _secondPerson = new("--second-person") { Description = "Name of a second coordinator." };
    private readonly Option<string?> _headEmail = new("--head-email") { Description = "E-mail address of the head of the coordinators." };
    private readonly Option<string?> _headPerson = new("--head-person") { Description = "Name of the head of the coordinators." };

    public static Command Create() => new InitVerb().Verb();

    private Command Verb()
    {
        var verb = _choice.AddTo(new Command("init", "Creates a programme with its first coordinator.")
        {
            _slug, _name, _email, _person, _secondEmail, _secondPerson, _headEmail, _headPerson,
        });
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var chosen = await _choice.OpenAsync(parsed, share: true, cancel);
        if (chosen.Connections.Owner is { } owner)
            await DatabaseStart.MigrateAsync(owner, cancel);
        await using var database = Database.Open(chosen.Connections);
        await DatabaseStart.RequireUsableAsync(database, manualClock: true, cancel);
        var wish = new ProgrammeWish(parsed.GetValue(_slug)!, parsed.GetValue(_name)!, [.. People(parsed)]);
        return await Init.RunAsync(database, wish, cancel) switch
        {
            Verdict<NewProgramme>.Accepted { Value: var made } => await SayAsync(wish, made),
            Verdict<NewProgramme>.Refused { Reason: var reason } => await Spoken.RefuseAsync(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private IEnumerable<(Role Role, NamedPerson Person)> People(ParseResult parsed)
    {
        yield return (Role.Coordinator, new NamedPerson(parsed.GetValue(_person)!, parsed.GetValue(_email)!));
        if (parsed.GetValue(_secondEmail) is { } second)
            yield return (Role.Coordinator, new NamedPerson(parsed.GetValue(_secondPerson) ?? "", second));
        if (parsed.GetValue(_headEmail) is { } head)
            yield return (Role.HeadCoordinator, new NamedPerson(parsed.GetValue(_headPerson) ?? "", head));
    }

    private static async Task<int> SayAsync(ProgrammeWish wish, NewProgramme made)
    {
        await Console.Out.WriteLineAsync($"The programme {wish.Slug} is created (id {made.Id}).");
        foreach (var person in made.People)
            await Console.Out.WriteLineAsync($"{person.Role.Code()}: {person.Name}");
        await Console.Out.WriteLineAsync(
            "Each of them signs in with the e-mail address on the page /sign-in. "
            + "A review needs two coordinators; the page Programme adds more.");
        return CommandLine.Done;
    }

    private static Option<string> Required(string name, string description) =>
        new(name) { Description = description, Required = true };
}
