using PeerReview.Core;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Features.Demo;

/// <summary>Fills an empty database with a programme, people of every role and reviews in several stages, all of it
/// through the API, as the people would. Nothing in it was said by any State.</summary>
public sealed class Demonstration(Database database, AppOptions options, Tokens tokens, SignInLinks links, BusinessClock now, ClockAdvance clock)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(30);

    /// <summary>Makes the demonstration, or takes up the one that is there; answers who can sign in.</summary>
    public async Task<IReadOnlyList<DemoPerson>> PrepareAsync(Uri address, CancellationToken cancel)
    {
        if (await DemoFolder.ReadAsync(options.Data, cancel) is { } before)
            return await WithNewLinksAsync(before, cancel);
        if (await database.Worker.SingleOrDefaultAsync<bool>(Scope.None, Sql.Begun, null, cancel))
            throw new DatabaseException("This demonstration was interrupted while it was made: start it anew with --fresh.");
        var programme = new ProgrammeId(Guid.CreateVersion7());
        await database.ExecuteAsync(Scope.Of(programme), Sql.Programme, new { Id = programme.Value }, cancel);
        var people = new DemoPeople(database, tokens, links);
        return await DemoScript.PlayAsync(new DemoStage(address, programme, people, now, clock), cancel);
    }

    private async Task<IReadOnlyList<DemoPerson>> WithNewLinksAsync(IReadOnlyList<DemoPerson> before, CancellationToken cancel)
    {
        var people = new List<DemoPerson>();
        foreach (var person in before)
        {
            var id = await database.SingleOrDefaultAsync<Guid?>(Scope.None, Sql.Person, new { person.Email }, cancel)
                ?? throw new DatabaseException(
                    $"{options.Data} tells of a demonstration whose database is gone: start it anew with --fresh.");
            people.Add(person with { SignIn = await links.CreateAsync(new PersonId(id), LinkLifetime, cancel) });
        }

        return people;
    }

    private static class Sql
    {
        public const string Begun = "SELECT EXISTS (SELECT FROM programme)";

        public const string Programme =
            """
            INSERT INTO programme (id, slug, name, settings, created_at)
            VALUES (@Id, 'demonstration', 'Demonstration programme', '{}', app.clock())
            """;

        public const string Person = "SELECT id FROM person WHERE email = @Email";
    }
}
