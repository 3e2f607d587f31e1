using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerReview.Core.Reviews;
using PeerReview.Server;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Stacks;

namespace PeerReview.Testing;

/// <summary>The whole program on a database of its own: Kestrel on a free port, a clock moved by hand, mail in a folder.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly List<WebApplication> _nodes = [];
    private int _turn;

    private readonly string? _chromium;

    private readonly VariantsOffered? _variants;

    private TestApp(TestDatabase database, WebApplication app, string data, DateTimeOffset startedAt, string? chromium, VariantsOffered? variants)
    {
        StartedAt = startedAt;
        _chromium = chromium;
        _variants = variants;
        Database = database;
        App = app;
        _nodes.Add(app);
        Data = data;
        Address = new Uri(PeerReview.Server.App.AddressOf(app));
    }

    /// <summary>The database, with everything in it open to the test.</summary>
    public TestDatabase Database { get; }

    /// <summary>The program, with its services.</summary>
    public WebApplication App { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its data folder; letters are in <c>mail/</c>.</summary>
    public string Data { get; }

    /// <summary>When it was started by its own clock, UTC: at nine in the morning, whatever the machine says, because then every
    /// State has the same day and days can be counted on one's fingers.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>The one programme: deadlines do not roll in it, so that days can be counted on one's fingers.</summary>
    public Guid Programme { get; } = Guid.CreateVersion7();

    /// <summary>Starts the program on a fresh database with one programme.</summary>
    /// <param name="through">The way the program takes to its database, when it is not the direct one.</param>
    /// <param name="stack">Another stack than the default of the build.</param>
    /// <param name="chromium">What prints PDF files, as <see cref="AppOptions.Chromium"/>; most tests have none, whatever the
    /// machine has.</param>
    /// <param name="variants">Other variants than those of the release, such as one that is still being built.</param>
    /// <param name="atNine">False where the same database is served with a real clock as well.</param>
    public static async Task<TestApp> StartAsync(
        Func<DatabaseConnections, DatabaseConnections>? through = null, IStack? stack = null, string? chromium = "",
        VariantsOffered? variants = null, bool atNine = true)
    {
        var database = await TestDatabase.CreateAsync();
        var startedAt = atNine ? await AtNineAsync(database) : TimeProvider.System.GetUtcNow();
        var data = Directory.CreateDirectory(Path.Combine(TestServer.Base(), $"peerreview-data-{Guid.NewGuid():N}")).FullName;
        var app = await StartNodeAsync(through?.Invoke(database.Connections) ?? database.Connections, data, stack, chromium, variants);
        var test = new TestApp(database, app, data, startedAt, chromium, variants);
        await database.AsOwnerAsync(
            """
            INSERT INTO programme (id, slug, name, settings, created_at)
            VALUES (@Programme, 'test-programme', 'Test programme', '{"rolling": false}', app.clock())
            """,
            new { test.Programme });
        return test;
    }

    /// <summary>Starts one more program on the same database. From now on every request and every command of a test goes to
    /// the next of them in turn.</summary>
    /// <param name="stack">Another stack than the one the database remembers.</param>
    public async Task AddNodeAsync(IStack? stack = null) => _nodes.Add(await StartNodeAsync(Database.Connections, Data, stack, _chromium, _variants));

    /// <summary>The services of the node whose turn it is.</summary>
    public IServiceProvider NextServices() => NextNode().Services;

    /// <summary>Creates a person with a role in the programme.</summary>
    /// <param name="role">Role code.</param>
    /// <param name="state">ISO 3166-1 alpha-3 code, for roles that speak for a State.</param>
    public async Task<TestPerson> PersonAsync(string role, string? state = null, string? name = null)
    {
        var id = Guid.CreateVersion7();
        var email = $"{(name ?? role).ToLowerInvariant().Replace(' ', '.')}.{id.ToString("N")[^6..]}@example.org";
        await Database.AsOwnerAsync(
            """
            INSERT INTO person (id, email, name, office, created_at) VALUES (@Id, @Email, @Name, 'Office of tests', app.clock());
            INSERT INTO role_grant (id, programme_id, person_id, role, state, granted_at)
            VALUES (@Grant, @Programme, @Id, @Role, @State, app.clock())
            """,
            new { Id = id, Email = email, Name = name ?? $"{role} {state}".Trim(), Grant = Guid.CreateVersion7(), Programme, Role = role, State = state });
        return new TestPerson(id, email, await ClientOfAsync(id));
    }

    /// <summary>A client with a token of somebody who exists already, such as an appointed focal point.</summary>
    public async Task<TestPerson> PersonByEmailAsync(string email)
    {
        var id = (await Database.AsOwnerAsync<Guid>("SELECT id FROM person WHERE email = @Email", new { Email = email })).Single();
        return new TestPerson(id, email, await ClientOfAsync(id));
    }

    /// <summary>Moves the clock on; when it returns, everything that fell due on the way is done and its mail is out.</summary>
    public Task<ClockAdvanced> AdvanceAsync(TimeSpan by) =>
        App.Services.GetRequiredService<ClockAdvance>().ByAsync(by, CancellationToken.None);

    /// <summary>Every letter sent so far, in the order they were written; those of commits before this call among them.</summary>
    public async Task<IReadOnlyList<Eml>> LettersAsync()
    {
        await AdvanceAsync(TimeSpan.Zero);
        return Eml.ReadAll(Path.Combine(Data, "mail"));
    }

    /// <summary>A client of nobody.</summary>
    public HttpClient Visitor() =>
        new(new InTurn(this, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    // The next nine o'clock: a clock is only ever moved forward.
    private static async Task<DateTimeOffset> AtNineAsync(TestDatabase database) =>
        new((await database.AsOwnerAsync<DateTime>(
            "SELECT app.advance_clock(date_trunc('day', clock_timestamp() + interval '15 hours', 'UTC') + interval '9 hours')")).Single());

    private static async Task<WebApplication> StartNodeAsync(
        DatabaseConnections connections, string data, IStack? stack, string? chromium, VariantsOffered? variants)
    {
        var app = await PeerReview.Server.App.BuildAsync(
            new AppOptions(connections, data, ["http://127.0.0.1:0"], ManualClock: true)
            {
                Rhythm = false,
                Stack = stack,
                Chromium = chromium,
                Variants = variants ?? VariantsOffered.Release,
            },
            CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    private WebApplication NextNode() => _nodes[Interlocked.Increment(ref _turn) % _nodes.Count];

    private async Task<HttpClient> ClientOfAsync(Guid person)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await using var connection = new NpgsqlConnection(Database.Connections.Owner);
        await connection.ExecuteAsync(
            """
            INSERT INTO api_token (id, token_hash, person_id, name, scope, created_at, expires_at)
            VALUES (@Id, @Hash, @Person, 'test', 'write', now(), now() + interval '1 day')
            """,
            new { Id = Guid.CreateVersion7(), Hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)), Person = person });
        var client = Visitor();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Sends each request to the next node.</summary>
    private sealed class InTurn(TestApp test, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (test._nodes.Count > 1 && request.RequestUri is { } uri && uri.Authority == test.Address.Authority)
                request.RequestUri = new Uri(new Uri(PeerReview.Server.App.AddressOf(test.NextNode())), uri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>Somebody with an account, and the client that acts for them.</summary>
public sealed record TestPerson(Guid Id, string Email, HttpClient Client);
