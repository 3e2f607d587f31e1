using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PeerReview.Testing.Journeys;

/// <summary>A programme of its own in a database, where journeys take place: its people, their requests, its time.</summary>
/// <param name="tag">Part of every address, so that nobody of another ground is meant.</param>
public sealed class Ground(TestDatabase database, IDoor door, string tag)
{
    private int _requests;

    public TestDatabase Database => database;

    /// <summary>The programme. Deadlines do not roll in it, so that days are the same whenever a journey begins.</summary>
    public Guid Programme { get; } = Guid.CreateVersion7();

    /// <summary>Creates the programme and has its first day begin at eight in the morning, UTC.</summary>
    public async Task OpenAsync()
    {
        var now = await NowAsync();
        var morning = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(8);
        await door.AdvanceAsync(morning > now ? morning : morning.AddDays(1));
        await database.AsOwnerAsync(
            """
            INSERT INTO programme (id, slug, name, settings, created_at)
            VALUES (@Programme, @Slug, 'Programme of journeys', '{"rolling": false}', app.clock())
            """,
            new { Programme, Slug = $"journeys-{tag}" });
    }

    /// <summary>The address of somebody called so.</summary>
    public string EmailOf(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}.{tag}@example.org";

    /// <summary>Opens an account with a role in the programme.</summary>
    /// <param name="state">ISO 3166-1 alpha-3, for roles that speak for a State.</param>
    public async Task<Player> PersonAsync(string name, string role, string? state = null)
    {
        var id = Guid.CreateVersion7();
        await database.AsOwnerAsync(
            """
            INSERT INTO person (id, email, name, office, created_at) VALUES (@Id, @Email, @Name, 'Office of journeys', app.clock());
            INSERT INTO role_grant (id, programme_id, person_id, role, state, granted_at)
            VALUES (@Grant, @Programme, @Id, @Role, @State, app.clock())
            """,
            new { Id = id, Email = EmailOf(name), Name = name, Grant = Guid.CreateVersion7(), Programme, Role = role, State = state });
        return await KnownAsync(name);
    }

    /// <summary>Somebody whose account the program opened.</summary>
    public async Task<Player> KnownAsync(string name)
    {
        var email = EmailOf(name);
        var id = (await database.AsOwnerAsync<Guid>("SELECT id FROM person WHERE email = @Email", new { Email = email })).Single();
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await database.AsOwnerAsync(
            """
            INSERT INTO api_token (id, token_hash, person_id, name, scope, created_at, expires_at)
            VALUES (@Id, @Hash, @Person, 'journey', 'write', now(), now() + interval '1 day')
            """,
            new { Id = Guid.CreateVersion7(), Hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)), Person = id });
        return new Player(id, name, email, token);
    }

    /// <summary>Sends a request; one that is not done ends the journey with the problem document.</summary>
    /// <param name="path">Under <c>/api/v1</c>.</param>
    public async Task<JsonElement> DoAsync(string step, Player player, HttpMethod method, string path, object? body = null)
    {
        var answer = await AskAsync(step, player, method, path, body);
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"{step}: {player.Name} {method} {path}: {answer.Status} {answer.Body}");
        return answer.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer.Body);
    }

    /// <summary>Sends a request, whatever the answer.</summary>
    public Task<DoorAnswer> AskAsync(string step, Player player, HttpMethod method, string path, object? body = null) => door.SendAsync(
        new DoorRequest(
            step, method, $"/api/v1{path}", body is null ? null : JsonSerializer.Serialize(body), player.Token,
            string.Create(CultureInfo.InvariantCulture, $"{tag}-{++_requests}")));

    /// <summary>Reads.</summary>
    public Task<JsonElement> ReadAsync(Player player, string path) => DoAsync("read", player, HttpMethod.Get, path);

    /// <summary>Lets days pass.</summary>
    public async Task PassAsync(int days) => await door.AdvanceAsync((await NowAsync()).AddDays(days));

    /// <summary>Today by the clock of the program, UTC.</summary>
    public async Task<DateOnly> TodayAsync() => DateOnly.FromDateTime((await NowAsync()).UtcDateTime);

    /// <summary>A signature of today.</summary>
    public async Task<object> SignatureAsync() =>
        new { name = "A. Signatory", office = "Director", day = await TodayAsync(), nothingClassified = true };

    private async Task<DateTimeOffset> NowAsync() =>
        new((await database.AsOwnerAsync<DateTime>("SELECT app.clock() AT TIME ZONE 'UTC'")).Single(), TimeSpan.Zero);
}
