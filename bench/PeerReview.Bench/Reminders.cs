using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PeerReview.Testing;

namespace PeerReview.Bench;

/// <summary>Reminders of as many people that fall due at one instant, sent by several nodes to an SMTP server on this machine: how long
/// until the last is taken, and whether any came twice. Rows that wait for later can stand beside them.</summary>
internal static class Reminders
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(Arguments arguments)
    {
        var (due, waiting, nodes) = (arguments.Number("due", 100_000), arguments.Number("waiting", 0), arguments.Number("nodes", 4));
        await using var server = await BenchServer.StartAsync();
        var t = await Baseline.MeasureAsync(server, arguments.Clients, arguments.Time);
        await using (var bed = await Bed.MakeAsync(server, arguments.Number("reviews", 1000), launched: 0))
        {
            await server.ExecuteAsync(Rows(due, waiting));
        }

        await using var smtp = new SmtpServer();
        var (taken, twice) = (new ConcurrentDictionary<string, int>(StringComparer.Ordinal), 0);
        smtp.Behaviour = message =>
        {
            if (!taken.TryAdd(message.To, 1))
                Interlocked.Increment(ref twice);
            return Task.FromResult(SmtpBehaviour.Take);
        };
        var programs = new List<ServedProgram>();
        try
        {
            for (var n = 0; n < nodes; n++)
                programs.Add(await ServedProgram.StartAsync(["serve", "--connection", server.Connections.App, "--urls", "http://127.0.0.1:0"], Variables(server, smtp)));
            var took = await SendAsync(server, due, () => taken.Count);
            var rate = taken.Count / took.TotalSeconds;
            Report.Say($"{taken.Count} of {due} letters from {nodes} nodes beside {waiting} waiting rows in {took.TotalSeconds:F1} s: {rate:F1}/s, {rate / t:F4} T, {twice} twice");
            Report.Say($"{programs.Sum(program => program.Megabytes):F0} MB resident, all nodes");
        }
        finally
        {
            foreach (var program in programs)
                await program.DisposeAsync();
        }

        await CheckAsync(server);
    }

    private static Dictionary<string, string> Variables(BenchServer server, SmtpServer smtp) => new(StringComparer.Ordinal)
    {
        ["PEERREVIEW_DATABASE_WORKER"] = server.Connections.Worker,
        ["PEERREVIEW_SMTP"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{smtp.Port}"),
        ["PEERREVIEW_SMTP_SECURITY"] = "none",
        ["Logging__LogLevel__Default"] = "Error",
    };

    /// <summary>Lets all fall due five seconds from now, and waits until all are taken: the time from the instant on.</summary>
    private static async Task<TimeSpan> SendAsync(BenchServer server, int due, Func<int> taken)
    {
        await server.ExecuteAsync("UPDATE reminder SET due_at = clock.at FROM (SELECT clock_timestamp() + interval '5 seconds' AS at) clock WHERE key LIKE 'bench %'");
        await using var connection = new NpgsqlConnection(server.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT min(due_at) FROM reminder WHERE key LIKE 'bench %'", connection);
        var instant = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!);
        for (var watch = Stopwatch.StartNew(); taken() < due && watch.Elapsed < Longest;)
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        return TimeProvider.System.GetUtcNow() - instant;
    }

    private static async Task CheckAsync(BenchServer server)
    {
        await using var connection = new NpgsqlConnection(server.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*) FILTER (WHERE settled_at IS NULL), count(*) FILTER (WHERE outcome IS DISTINCT FROM 'sent'),
                   (SELECT count(*) FROM outbox WHERE delivered_at IS NULL)
            FROM reminder WHERE key LIKE 'bench %'
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Report.Say($"{reader.GetInt64(0)} reminders not settled, {reader.GetInt64(1)} not sent, {reader.GetInt64(2)} letters not delivered");
    }

    // Everybody is a focal point of one of the reviews, and is reminded of its self-assessment. What the reviews themselves have waiting,
    // and the rows beside, are due in years.
    private static string Rows(int due, int waiting) => string.Create(CultureInfo.InvariantCulture, $"""
        UPDATE reminder SET due_at = due_at + interval '10 years' WHERE settled_at IS NULL;
        CREATE TEMP TABLE bench_like AS
            SELECT review_id, programme_id, stage, branch, step, letter, deadline_day, day, zone, at_once,
                   row_number() OVER (ORDER BY review_id) AS n
            FROM (SELECT DISTINCT ON (review_id) * FROM reminder
                  WHERE stage = 'self_assess' AND NOT at_once AND settled_at IS NULL ORDER BY review_id, due_at) earliest;
        CREATE TEMP TABLE bench_person AS
            SELECT i AS n, ('00000009-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid AS id, 1 + i % (SELECT count(*) FROM bench_like) AS of FROM generate_series(1, {due}) i;
        INSERT INTO person (id, email, name, created_at) SELECT id, 'due-' || n || '@example.org', 'Person ' || n, now() FROM bench_person;
        INSERT INTO role_grant (id, programme_id, person_id, role, state, review_id, granted_at)
            SELECT gen_random_uuid(), r.programme_id, p.id, 'STATE_FP', r.subject_state, r.id, now()
            FROM bench_person p JOIN bench_like l ON l.n = p.of JOIN review r ON r.id = l.review_id;
        INSERT INTO reminder (key, review_id, programme_id, person_id, stage, branch, step, letter, deadline_day, day, zone, due_at, at_once)
            SELECT 'bench ' || p.n, l.review_id, l.programme_id, p.id, l.stage, l.branch, l.step, l.letter, l.deadline_day, l.day, l.zone, now() + interval '1 year', false
            FROM bench_person p JOIN bench_like l ON l.n = p.of;
        INSERT INTO reminder (key, review_id, programme_id, person_id, stage, branch, step, letter, deadline_day, day, zone, due_at, at_once)
            SELECT 'waits ' || i, l.review_id, l.programme_id, p.id, l.stage, l.branch, l.step, l.letter, l.deadline_day, l.day, l.zone, now() + interval '2 years', false
            FROM generate_series(1, {waiting}) i JOIN bench_person p ON p.n = 1 + i % {due} JOIN bench_like l ON l.n = p.of;
        ANALYZE reminder; ANALYZE person; ANALYZE role_grant;
        """);
}
