using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Tests.Platform.Letters;
using PeerReview.Server.Tests.Platform.Mail;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Outbox;

/// <summary>A database, a real SMTP server, and relays between them.</summary>
internal sealed class OutboxBench : IAsyncDisposable
{
    private readonly List<SmtpMailer> _mailers = [];

    private OutboxBench(TestDatabase test) => Test = test;

    public TestDatabase Test { get; }

    public SmtpServer Server { get; } = new();

    public MovedTime Time { get; } = new();

    public OutboxOptions Options { get; } = new() { Senders = 2, MaxAttempts = 3 };

    public static async Task<OutboxBench> CreateAsync() => new(await TestDatabase.CreateAsync());

    public OutboxClaims Claims => new(Test.Database, Time);

    /// <summary>A relay with a mailer of its own, as another program would have.</summary>
    public OutboxRelay Relay(IOutboxCarrier? carrier = null)
    {
        if (carrier is null)
        {
            var options = SmtpMailerTests.Options(Server.Port);
            _mailers.Add(new SmtpMailer(options));
            carrier = new MailCarrier(
                LetterTests.Composer(), new LetterTests.Titles(), _mailers[^1], options, new PublicAddress(Test.Database, new Site("https://reviews.example/")));
        }

        return new OutboxRelay(Claims, [carrier], Options, new OutboxChance(() => 0.5), NullLogger<OutboxRelay>.Instance);
    }

    public async Task<PersonId> PersonAsync(string name)
    {
        var id = Guid.NewGuid();
        await Test.AsOwnerAsync(
            """
            INSERT INTO person (id, email, name, time_zone, created_at)
            VALUES (@id, lower(@name) || '@example.org', @name, 'Europe/Lisbon', app.clock())
            """,
            new { id, name });
        return new PersonId(id);
    }

    public async Task WriteAsync(params IEnumerable<KeyedLetter> letters)
    {
        await using var unit = await Test.Database.BeginAsync(Scope.None, CancellationToken.None);
        OutboxWriter.Keep(unit, null, null, [.. letters]);
        await unit.CommitAsync(CancellationToken.None);
    }

    public static KeyedLetter Turn(string key, PersonId person) => new(key, new Letter(LetterNames.Turn, person, "/reviews/1")
    {
        State = "PRT",
        Stage = new LetterStage("voluntary-review", 1, "self_assess"),
        Deadline = new LetterDeadline(new DateOnly(2099, 3, 31), "Europe/Lisbon"),
    });

    public async Task<Row> RowAsync(string key) => Assert.Single(await Test.AsOwnerAsync<Row>(Row.Sql + " WHERE key = @key", new { key }));

    public Task<IReadOnlyList<Row>> RowsAsync() => Test.AsOwnerAsync<Row>(Row.Sql + " ORDER BY id");

    public async ValueTask DisposeAsync()
    {
        foreach (var mailer in _mailers)
            await mailer.DisposeAsync();
        await Server.DisposeAsync();
        await Test.DisposeAsync();
    }

    internal sealed record Row(
        string Key, string Body, int Attempts, long Fence, bool Leased, bool Uncertain, bool Delivered, bool GivenUp, string? LastError, double Wait)
    {
        public const string Sql =
            """
            SELECT key, body, attempts, fence, leased_until IS NOT NULL AS leased, uncertain, delivered_at IS NOT NULL AS delivered,
                   given_up_at IS NOT NULL AS given_up, last_error, extract(epoch FROM available_at - written_at)::float8 AS wait
            FROM outbox
            """;
    }
}
