using System.Text;
using Dapper;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Ledger;
using PeerReview.Server.Features.Operations.Checking;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Operations;

/// <summary>A sound database passes; each thing that must not be is found and named.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    private const string Programme = "11111111-1111-1111-1111-111111111111";
    private const string Review = "22222222-2222-2222-2222-222222222222";
    private const string Person = "33333333-3333-3333-3333-333333333333";

    private TestDatabase _database = null!;

    /// <summary>The rule that must speak, and the change that breaks it.</summary>
    public static TheoryData<string, string> Breaches => new()
    {
        { "event-without-review", $"INSERT INTO event VALUES ('{Programme}', 1, '{Programme}', now(), 'signed', '{{}}', sha256('a'), sha256('b'))" },
        { "event-sequence-gap", "DELETE FROM event WHERE sequence = 1" },
        { "review-not-at-its-last-event", "UPDATE review SET sequence = 3" },
        { "row-of-another-programme", $"UPDATE task SET programme_id = '{Review}'" },
        { "writing-version-gap", "UPDATE writing SET version = 2" },
        { "writing-head-not-newest", "UPDATE writing_head SET version = 2" },
        { "writing-without-head", "DELETE FROM writing_head" },
        { "writing-without-event", "UPDATE writing SET content = '{\"answer\":\"altered\"}'" },
        { "event-without-writing", "DELETE FROM writing" },
        { "task-without-deadline", "UPDATE task SET stage = 'elsewhere'" },
        { "task-of-no-holder", "UPDATE role_grant SET ended_at = now()" },
        { "deadline-of-review-at-rest", "UPDATE review SET status = 'suspended'" },
        { "next-due-not-nearest", "UPDATE review SET next_due_at = NULL" },
        { "reminder-of-closed-deadline", "UPDATE reminder SET deadline_day = deadline_day + 1" },
        { "reminder-sent-without-letter", "UPDATE reminder SET settled_at = now(), outcome = 'sent'" },
        { "outbox-without-cause", $"INSERT INTO outbox (programme_id, review_id, topic, key, body, written_at, available_at) VALUES ('{Programme}', '{Person}', 'mail', 'k', '', now(), now())" },
        { "grant-of-other-review", $"UPDATE role_grant SET programme_id = '{Review}'" },
        { "end-without-status", "UPDATE review SET ended_at = now()" },
        { "publication-without-event", $"INSERT INTO publication VALUES ('slug', 1, '{Review}', '{Programme}', 'en', '', repeat('0', 64), now())" },
        { "ledger-broken", "UPDATE event SET body = '{\"altered\":true}' WHERE sequence = 1" },
    };

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await WriteSoundReviewAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_sound_database_passes()
    {
        var result = await Check.RunAsync(_database.Database, TestContext.Current.CancellationToken);

        Assert.Empty(result.Findings);
        Assert.Equal((1, 2), (result.Reviews, result.Events));
    }

    [Theory, MemberData(nameof(Breaches))]
    public async Task A_breach_is_found_and_named(string rule, string change)
    {
        await WithoutGuardsAsync(change);

        var result = await Check.RunAsync(_database.Database, TestContext.Current.CancellationToken);

        Assert.Contains(rule, result.Findings.Select(finding => finding.Rule), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_rule_is_broken_by_a_test() => Assert.Equal(
        Invariants.Names.Append("ledger-broken"), Breaches.Select(breach => breach.Data.Item1), StringComparer.Ordinal);

    [Fact]
    public async Task The_command_names_what_is_wrong_and_ends_with_a_status()
    {
        var folder = Path.GetTempPath();
        string[] command = ["check", "--connection", _database.Connections.App];
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PEERREVIEW_DATABASE_WORKER"] = _database.Connections.Worker,
        };

        var sound = await RunningProgram.RunAsync(folder, command, TestContext.Current.CancellationToken, variables);
        await WithoutGuardsAsync("UPDATE event SET at = at + interval '1 second' WHERE sequence = 2");
        var broken = await RunningProgram.RunAsync(folder, command, TestContext.Current.CancellationToken, variables);

        Assert.Equal((0, "1 reviews, 2 events: all in order.\n"), (sound.ExitCode, sound.Output));
        Assert.Equal((1, $"ledger-broken: {Review} event 2: Chain\n1 reviews, 2 events: not in order.\n"), (broken.ExitCode, broken.Output));
    }

    // As a superuser may, past every constraint and trigger: the check is for what should never have happened.
    private async Task WithoutGuardsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.Connections.Owner);
        await connection.OpenAsync();
        await connection.ExecuteAsync("SET session_replication_role = replica");
        await connection.ExecuteAsync(sql);
    }

    private async Task WriteSoundReviewAsync()
    {
        var review = new ReviewId(Guid.Parse(Review));
        var at = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
        var salt = Enumerable.Repeat((byte)7, LedgerChain.SaltSize).ToArray();
        const string content = """{"answer":"Yes"}""";
        var commitment = LedgerChain.CommitText(salt, content);
        var written = $$"""{"commitment":"{{commitment}}","key":"n1","version":1,"what":"answer"}""";
        var first = Link(Digest.Zero, new LedgerEnvelope(review, 1, at, "review_launched"), salt, "{}");
        var second = Link(first, new LedgerEnvelope(review, 2, at, "text_written"), salt, written);
        await WithoutGuardsAsync(
            $"""
             INSERT INTO programme (id, slug, name, created_at) VALUES ('{Programme}', 'p', 'P', now());
             INSERT INTO person (id, email, name, created_at) VALUES ('{Person}', 'a@b.example', 'A', now());
             INSERT INTO role_grant (id, programme_id, person_id, role, review_id, granted_at)
             VALUES (gen_random_uuid(), '{Programme}', '{Person}', 'STATE_FP', '{Review}', now());
             INSERT INTO review (id, programme_id, subject_kind, subject_state, process_id, process_version, framework_id,
                                 framework_version, variant, status, launched_at, register_consent, next_due_at, sequence, head, state, dossier)
             VALUES ('{Review}', '{Programme}', 'national', 'KEN', 'p', 1, 'f', 1, 'light', 'running', now(), true,
                     '2026-04-01T21:00:00Z', 2, '\x{second}', '', '');
             INSERT INTO task VALUES ('{Review}', 'self_assess', '', '{Person}', 'STATE_FP', '{Programme}', '2026-04-01T21:00:00Z');
             INSERT INTO deadline VALUES ('{Review}', 'self_assess', '', '{Programme}', '2026-04-01', 'Africa/Nairobi', '2026-04-01T21:00:00Z', 'STATE_FP');
             INSERT INTO reminder (key, review_id, programme_id, person_id, stage, step, letter, deadline_day, day, zone, due_at, at_once)
             VALUES ('k', '{Review}', '{Programme}', '{Person}', 'self_assess', 'on_day', 'reminder', '2026-04-01', '2026-04-01', 'Africa/Nairobi', now(), false);
             INSERT INTO writing VALUES ('{Review}', 'answer', 'n1', 1, '{Programme}', '{content}', 'GREEN', 'en', '{Person}', now(), '\x{Convert.ToHexString(salt)}');
             INSERT INTO writing_head VALUES ('{Review}', 'answer', 'n1', '{Programme}', 1);
             INSERT INTO event VALUES
                 ('{Review}', 1, '{Programme}', '2026-03-02T09:30:00Z', 'review_launched', '{"{}"}', '\x{Convert.ToHexString(salt)}', '\x{first}'),
                 ('{Review}', 2, '{Programme}', '2026-03-02T09:30:00Z', 'text_written', '{written}', '\x{Convert.ToHexString(salt)}', '\x{second}');
             """);
    }

    private static Digest Link(Digest previous, LedgerEnvelope envelope, byte[] salt, string body) =>
        LedgerChain.Link(previous, envelope, LedgerChain.Commit(salt, Encoding.UTF8.GetBytes(body)));
}
