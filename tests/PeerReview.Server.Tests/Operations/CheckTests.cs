using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Features.Operations.Checking;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Operations;

/// <summary>A sound database passes; each thing that must not be is found and named.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    private const string Programme = "11111111-1111-1111-1111-111111111111";
    private const string Elsewhere = "22222222-2222-2222-2222-222222222222";
    private const string Person = "33333333-3333-3333-3333-333333333333";

    private TestDatabase _database = null!;
    private Guid _review;

    /// <summary>The rule that must speak, and the change that breaks it.</summary>
    public static TheoryData<string, string> Breaches => new()
    {
        { "event-without-review", $"INSERT INTO event VALUES ('{Programme}', 1, '{Programme}', now(), 'signed', '{{}}', sha256('a'), sha256('b'))" },
        { "event-sequence-gap", "DELETE FROM event WHERE sequence = 2" },
        { "review-not-at-its-last-event", "UPDATE review SET sequence = sequence + 1" },
        { "row-of-another-programme", $"UPDATE task SET programme_id = '{Elsewhere}'" },
        { "writing-version-gap", "UPDATE writing SET version = 2" },
        { "writing-head-not-newest", "UPDATE writing_head SET version = 2" },
        { "writing-without-head", "DELETE FROM writing_head" },
        { "writing-without-event", "UPDATE writing SET content = '{\"answer\":\"altered\"}'" },
        { "event-without-writing", "DELETE FROM writing" },
        { "writing-erased-without-event", "UPDATE writing SET erased_at = now()" },
        { "notes-not-erased", $"UPDATE review SET status = 'withdrawn', ended_at = now() - interval '40 days'; INSERT INTO desk_comment SELECT gen_random_uuid(), programme_id, id, '{Person}', 'N-a.a2', 'note', 'a', 1, 1, now() FROM review" },
        { "task-without-deadline", "UPDATE task SET stage = 'elsewhere'" },
        { "task-of-no-holder", "UPDATE role_grant SET ended_at = now()" },
        { "deadline-of-review-at-rest", "UPDATE review SET status = 'suspended'" },
        { "next-due-not-nearest", "UPDATE review SET next_due_at = NULL" },
        { "reminder-of-closed-deadline", "UPDATE reminder SET deadline_day = deadline_day + 1" },
        { "reminder-sent-without-letter", "UPDATE reminder SET settled_at = now(), outcome = 'sent'" },
        { "outbox-without-cause", $"INSERT INTO outbox (programme_id, review_id, topic, key, body, written_at, available_at) VALUES ('{Programme}', '{Person}', 'mail', 'k', '', now(), now())" },
        { "grant-of-other-review", $"UPDATE role_grant SET programme_id = '{Elsewhere}', review_id = (SELECT id FROM review)" },
        { "end-without-status", "UPDATE review SET ended_at = now()" },
        { "publication-without-event", $"INSERT INTO publication VALUES ('slug', 1, '{Elsewhere}', '{Programme}', 'en', '', repeat('0', 64), now())" },
        { "publication-without-file", $"INSERT INTO publication VALUES ('slug', 1, '{Elsewhere}', '{Programme}', 'en', '', repeat('0', 64), now())" },
        { "report-file-without-work", $"INSERT INTO report_file (slug, edition, format, programme_id) VALUES ('slug', 1, 'pdf', '{Programme}')" },
        { "report-file-not-its-hash", $"INSERT INTO report_file VALUES ('slug', 1, 'pdf', '{Programme}', 'ready', NULL, 'other', 5, repeat('0', 64), now())" },
        { "seat-not-its-review", $"INSERT INTO reviewer_seat (review_id, state, programme_id, subject_state, slot, named_at) SELECT id, 'GHA', programme_id, 'KEN', 'A', now() FROM review" },
        { "invitation-not-its-review", "INSERT INTO invitation (id, programme_id, review_id, state, person_id, reserve, token_hash, invited_at, invited_by) SELECT gen_random_uuid(), r.programme_id, r.id, 'GHA', p.id, false, sha256('x'), now(), p.id FROM review r, (SELECT id FROM person LIMIT 1) p" },
        { "participant-not-its-review", "INSERT INTO review_participant (review_id, state, programme_id) SELECT id, 'GHA', programme_id FROM review" },
        { "ledger-broken", "UPDATE event SET salt = sha256('other') WHERE sequence = 1" },
        { "state-not-its-events", "UPDATE review SET state = '{}'" },
        { "dossier-not-its-events", "UPDATE review SET dossier = '{}'" },
        { "deadlines-not-the-open-stages", "UPDATE deadline SET day = day + 1" },
    };

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _review = await LaunchAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_sound_database_passes()
    {
        var result = await Check.RunAsync(_database.Database, TestContext.Current.CancellationToken);

        Assert.Empty(result.Findings);
        Assert.Equal(1, result.Reviews);
        Assert.True(result.Events > 3);
    }

    [Fact]
    public async Task Looking_takes_as_long_as_it_takes_whatever_time_out_the_connection_has()
    {
        await using var hurried = Database.Open(_database.Connections with { Worker = _database.Connections.Worker + ";Command Timeout=1" });
        await using var other = new NpgsqlConnection(_database.Connections.Owner);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var holding = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");

        var looking = Check.RunAsync(hurried, TestContext.Current.CancellationToken);
        await other.ExecuteAsync("SELECT pg_sleep(1.5)");
        await holding.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Empty((await looking).Findings);
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
        [.. Invariants.Names, "ledger-broken", "state-not-its-events", "dossier-not-its-events", "deadlines-not-the-open-stages"],
        Breaches.Select(breach => breach.Data.Item1), StringComparer.Ordinal);

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

        Assert.Equal((0, true), (sound.ExitCode, sound.Output.EndsWith("events: all in order.\n", StringComparison.Ordinal)));
        Assert.Equal((1, true), (broken.ExitCode, broken.Output.StartsWith($"ledger-broken: {_review} event 2: Chain\n", StringComparison.Ordinal)));
    }

    // As a superuser may, past every constraint and trigger: the check is for what should never have happened.
    private async Task WithoutGuardsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.Connections.Owner);
        await connection.OpenAsync();
        await connection.ExecuteAsync("SET session_replication_role = replica");
        await connection.ExecuteAsync(sql);
    }

    // One launch with one text: the coordinator's turn, a deadline, a letter. A reminder is put beside it.
    private async Task<Guid> LaunchAsync()
    {
        await WithoutGuardsAsync(
            $"""
             INSERT INTO programme (id, slug, name, created_at) VALUES ('{Programme}', 'p', 'P', now());
             INSERT INTO person (id, email, name, created_at) VALUES ('{Person}', 'a@b.example', 'A', now());
             INSERT INTO role_grant (id, programme_id, person_id, role, state, granted_at)
             VALUES (gen_random_uuid(), '{Programme}', '{Person}', 'STATE_AUTH', 'KEN', now()),
                    (gen_random_uuid(), '{Programme}', '{Person}', 'COORD', NULL, now());
             """);
        var programme = new ProgrammeId(Guid.Parse(Programme));
        var person = new PersonId(Guid.Parse(Person));
        var actor = new Actor(person, [new Grant(Core.Access.Role.StateAuthority, programme, State: new StateCode("KEN"))]);
        await using var app = await App.BuildAsync(
            new AppOptions(_database.Connections, Path.GetTempPath(), [], ManualClock: true), TestContext.Current.CancellationToken);
        var verdict = await app.Services.GetRequiredService<ReviewLaunch>().RunAsync(
            actor, programme, new StateCode("KEN"), "voluntary-review", null, (work, _) => Task.FromResult<Verdict<ReviewChange>>(Launch(work)), TestContext.Current.CancellationToken);
        var receipt = verdict.Match(done => done, no => throw new InvalidOperationException(no.ToString()));
        await WithoutGuardsAsync(
            $"""
             INSERT INTO reminder (key, review_id, programme_id, person_id, stage, step, letter, deadline_day, day, zone, due_at, at_once)
             SELECT 'k-' || stage, review_id, programme_id, '{Person}', stage, 'on_day', 'reminder', day, day, zone, due_at, false FROM deadline
             """);
        return receipt.Review;
    }

    private static ReviewChange Launch(ReviewWork work)
    {
        var review = work.Review;
        return new ReviewChange()
            .Record(new ReviewEvent.Launched(
                review.Programme.Value, "national", "KEN", "light",
                new DefinitionPin(review.Process.Id, review.Process.Version, review.Process.Hash),
                new DefinitionPin(review.Framework.Id, review.Framework.Version, review.Framework.Hash),
                [], "en", ["en"], ImmutableSortedDictionary<string, string>.Empty, true, work.Person.Value, ""))
            .Record(new ReviewEvent.Signed("launch", "STATE_AUTH", new string('0', 64), "", work.Person.Value))
            .Write("answer", "n1", 0, JsonSerializer.SerializeToElement(new { Answer = "Yes" }), "GREEN", "en")
            .Then(new ProcessCommand.Launch(new Acting(work.Person, ["STATE_AUTH"]), "light", "national", []));
    }
}
