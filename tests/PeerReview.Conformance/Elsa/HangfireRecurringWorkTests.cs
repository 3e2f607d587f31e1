using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Stacks.Elsa;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>The scheduler of the Elsa stack.</summary>
public sealed class HangfireRecurringWorkTests : RecurringWorkConformance
{
    private static readonly HangfireRhythm Rhythm = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3));

    [Fact]
    public async Task A_backlog_of_jobs_keeps_no_look_waiting()
    {
        await using var test = await TestDatabase.CreateAsync();
        var ticks = Channel.CreateUnbounded<int>();
        var ended = 0;
        var keys = Keys([.. Enumerable.Range(0, 500).Select(key => $"{key}")], async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            Interlocked.Increment(ref ended);
        });
        await using var node = NewNode(test);
        await node.StartAsync(keys.Work, new RecurringWork("tick", Second, async cancel => await ticks.Writer.WriteAsync(1, cancel)));
        await keys.Begun.Reader.ReadAsync(Cancel);
        await WaitForAsync(test, "SELECT count(*) = 500 FROM jobs.job WHERE invocationdata->>'Method' = 'Do'");

        while (ticks.Reader.TryRead(out _))
        {
            // What was there before the backlog.
        }

        for (var look = 0; look < 3; look++)
            await ticks.Reader.ReadAsync(Cancel);
        await node.StopAsync();
        Assert.Equal(0, ended);
    }

    [Fact]
    public async Task A_key_is_queued_once_however_often_it_is_found_due()
    {
        await using var test = await TestDatabase.CreateAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var keys = Keys(["a", "b"], (_, cancel) => release.Task.WaitAsync(cancel));
        await using var node = NewNode(test);
        await node.StartAsync(keys.Work);
        await keys.Begun.Reader.ReadAsync(Cancel);
        await keys.Begun.Reader.ReadAsync(Cancel);

        for (var look = 0; look < 3; look++)
            await keys.Looks.Reader.ReadAsync(Cancel);
        release.SetResult();
        await node.StopAsync();

        Assert.False(keys.Begun.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_key_that_fails_is_seen_and_tried_again_later_and_not_queued_beside_that()
    {
        await using var test = await TestDatabase.CreateAsync();
        var keys = Keys(["a"], (_, _) => throw new InvalidOperationException("as it happens"));
        await using var node = NewNode(test);
        await node.StartAsync(keys.Work);
        await keys.Begun.Reader.ReadAsync(Cancel);
        await WaitForAsync(test, "SELECT count(*) = 1 FROM jobs.job WHERE statename = 'Scheduled'");

        while (keys.Looks.Reader.TryRead(out _))
        {
            // What was there before it failed.
        }

        for (var look = 0; look < 2; look++)
            await keys.Looks.Reader.ReadAsync(Cancel);
        await node.StopAsync();

        Assert.Equal(
            [("Scheduled", "\"1\"")],
            await test.AsOwnerAsync<(string, string)>(
                """
                SELECT j.statename, '"' || p.value || '"' FROM jobs.job j JOIN jobs.jobparameter p ON p.jobid = j.id AND p.name = 'RetryCount'
                """));
    }

    [Fact]
    public async Task Of_a_piece_that_fails_over_and_over_the_newest_failure_stays_to_be_seen()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var node = NewNode(test);
        await node.StartAsync(new RecurringWork("bad", Second, _ => throw new InvalidOperationException("as it happens")));

        // Two failures may be written at once; the next one tidies up after both.
        await WaitForAsync(
            test,
            """
            SELECT count(*) FILTER (WHERE statename = 'Failed') = 1
               AND count(*) FILTER (WHERE statename = 'Deleted' AND expireat IS NOT NULL AND id < (SELECT id FROM jobs.job WHERE statename = 'Failed' LIMIT 1)) >= 2
            FROM jobs.job
            """);
        await node.StopAsync();

        Assert.Contains("as it happens", await test.AsOwnerAsync<string>(
            "SELECT s.data->>'ExceptionMessage' FROM jobs.job j JOIN jobs.state s ON s.id = j.stateid WHERE j.statename = 'Failed'"));
    }

    [Fact]
    public async Task A_look_that_finds_its_piece_in_hand_ends_at_once()
    {
        await using var test = await TestDatabase.CreateAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = NewNode(test);
        await node.StartAsync(new RecurringWork("long", Second, async cancel =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        }));
        await begun.Task;

        await WaitForAsync(test, "SELECT count(*) >= 3 FROM jobs.job WHERE statename = 'Succeeded'");

        Assert.Equal([1L], await test.AsOwnerAsync<long>("SELECT count(*) FROM jobs.job WHERE statename = 'Processing' AND id = (SELECT min(id) FROM jobs.job)"));
    }

    [Fact]
    public async Task Looks_that_were_missed_are_made_up_for_by_one()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using (var old = NewNode(test))
        {
            await old.StartAsync(new RecurringWork("daily", TimeSpan.FromDays(1), _ => Task.CompletedTask));
            await old.StopAsync();
        }

        await test.AsOwnerAsync(
            """
            DELETE FROM jobs.job;
            UPDATE jobs.hash SET value = (extract(epoch FROM now() - interval '10 days') * 1000)::bigint::text
            WHERE field IN ('LastExecution', 'NextExecution', 'CreatedAt');
            UPDATE jobs.set SET score = extract(epoch FROM now() - interval '9 days') WHERE key = 'recurring-jobs'
            """);
        var runs = Channel.CreateUnbounded<int>();
        await using var node = NewNode(test);
        await node.StartAsync(
            new RecurringWork("daily", TimeSpan.FromDays(1), async cancel => await runs.Writer.WriteAsync(1, cancel)),
            new RecurringWork("tick", Second, async cancel => await runs.Writer.WriteAsync(0, cancel)));
        var seen = new List<int>();
        while (seen.Count(one => one == 0) < 4)
            seen.Add(await runs.Reader.ReadAsync(Cancel));
        await node.StopAsync();

        Assert.Equal(1, seen.Sum());
    }

    [Fact]
    public async Task Jobs_as_they_are_stored_today_are_run_by_whatever_our_types_are_called_then()
    {
        await using var test = await TestDatabase.CreateAsync();
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var keys = Keys([], (_, _) => Task.CompletedTask);
        await using var node = NewNode(test);
        // A rhythm so slow that the look of the start is the only other one.
        var looks = 0;
        await node.StartAsync(keys.Work, new RecurringWork("piece", TimeSpan.FromDays(1), _ =>
        {
            if (Interlocked.Increment(ref looks) == 2)
                looked.SetResult();
            return Task.CompletedTask;
        }));

        // A look that finds the first one under way would end at once.
        await WaitForAsync(test, "SELECT count(*) = 1 FROM jobs.job WHERE statename = 'Succeeded' AND arguments::text LIKE '%piece%'");
        // One transaction: a worker that finds a job without its state drops it.
        await test.AsOwnerAsync(
            """
            WITH stored AS (
                INSERT INTO jobs.job (invocationdata, arguments, createdat)
                VALUES ('{"Type": "peerreview", "Method": "Look", "ParameterTypes": "[\"System.String\",\"System.Threading.CancellationToken, mscorlib\"]", "Queue": "looks"}',
                        '["\"piece\"", null]', now()),
                       ('{"Type": "peerreview", "Method": "Do", "ParameterTypes": "[\"System.String\",\"System.String\",\"System.Threading.CancellationToken, mscorlib\"]", "Queue": "keys"}',
                        '["\"due\"", "\"a\"", null]', now())
                RETURNING id, invocationdata->>'Queue' AS queue),
            state AS (INSERT INTO jobs.state (jobid, name, createdat, data) SELECT id, 'Enqueued', now(), '{}' FROM stored RETURNING id, jobid),
            queued AS (INSERT INTO jobs.jobqueue (jobid, queue) SELECT id, queue FROM stored)
            SELECT 1;
            UPDATE jobs.job j SET stateid = s.id, statename = s.name FROM jobs.state s WHERE s.jobid = j.id AND j.stateid IS NULL
            """);

        await looked.Task.WaitAsync(Cancel);
        Assert.Equal("a", await keys.Begun.Reader.ReadAsync(Cancel));
        Assert.Equal(
            ["{\"t\":\"peerreview\",\"m\":\"Look\",\"p\":[\"System.String\",\"System.Threading.CancellationToken, mscorlib\"],\"a\":[\"\\\"piece\\\"\",null],\"q\":\"looks\"}"],
            await test.AsOwnerAsync<string>("SELECT value FROM jobs.hash WHERE key = 'recurring-job:piece' AND field = 'Job'"));
    }

    // Hangfire gives up after fifteen seconds: so long this test takes.
    [Fact]
    public async Task A_lock_left_behind_by_a_killed_node_whose_clock_was_ahead_delays_a_start_and_does_not_end_it()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using (var killed = NewNode(test))
        {
            await killed.StartAsync(new RecurringWork("piece", Second, _ => Task.CompletedTask));
            await killed.StopAsync();
        }

        await test.AsOwnerAsync(
            """
            INSERT INTO jobs.lock (resource, updatecount, acquired)
            VALUES ('jobs:lock:recurring-job:piece', 0, now() AT TIME ZONE 'UTC' + interval '14 seconds')
            """);
        var runs = Channel.CreateUnbounded<int>();
        await using var node = NewNode(test);

        await node.StartAsync(new RecurringWork("piece", Second, async cancel => await runs.Writer.WriteAsync(1, cancel)));

        await runs.Reader.ReadAsync(Cancel);
        await node.StopAsync();
    }

    [Fact]
    public async Task A_server_says_which_node_it_is_and_leaves_when_it_stops()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var node = NewNode(test);
        await node.StartAsync(Keys([], (_, _) => Task.CompletedTask).Work);
        await WaitForAsync(test, "SELECT count(*) = 2 FROM jobs.server");

        var names = await test.AsOwnerAsync<string>("SELECT id FROM jobs.server ORDER BY id");
        await node.StopAsync();

        var machine = Environment.MachineName.ToLowerInvariant();
        Assert.StartsWith($"{machine}/keys:{Environment.ProcessId}:", names[0], StringComparison.Ordinal);
        Assert.StartsWith($"{machine}/looks:{Environment.ProcessId}:", names[1], StringComparison.Ordinal);
        Assert.Empty(await test.AsOwnerAsync<string>("SELECT id FROM jobs.server"));
    }

    [Theory]
    [InlineData(1, "* * * * * *")]
    [InlineData(5, "*/5 * * * * *")]
    [InlineData(15, "*/15 * * * * *")]
    [InlineData(60, "0 * * * * *")]
    [InlineData(90, "0 * * * * *")]
    [InlineData(600, "0 */10 * * * *")]
    [InlineData(3600, "0 0 * * * *")]
    [InlineData(6 * 3600, "0 0 */6 * * *")]
    [InlineData(40 * 3600, "0 0 0 * * *")]
    public void A_rhythm_is_kept_or_quickened(int seconds, string cron) =>
        Assert.Equal(cron, HangfireRhythm.Cron(TimeSpan.FromSeconds(seconds)));

    protected override Node NewNode(TestDatabase test)
    {
        var store = new HangfireStore(test.Connections, Rhythm);
        var work = new HangfireRecurringWork(store, Rhythm, Metrics, NullLoggerFactory.Instance);
        return new Node(work, work, store);
    }

    protected override Task<IReadOnlyList<string>> StoredAsync(TestDatabase test) =>
        test.AsOwnerAsync<string>("SELECT value FROM jobs.set WHERE key = 'recurring-jobs' ORDER BY 1");

    private static async Task WaitForAsync(TestDatabase test, string condition)
    {
        while (!(await test.AsOwnerAsync<bool>(condition))[0])
            await Task.Delay(50, Cancel);
    }

    /// <summary>A piece "due" under these keys until each was done.</summary>
    private static KeyedPiece Keys(string[] keys, Func<string, CancellationToken, Task> run)
    {
        var due = new ConcurrentDictionary<string, bool>(keys.Select(key => KeyValuePair.Create(key, true)), StringComparer.Ordinal);
        var (begun, looks) = (Channel.CreateUnbounded<string>(), Channel.CreateUnbounded<int>());
        return new KeyedPiece(
            new RecurringWork("due", Second, _ => throw new InvalidOperationException("Not taken whole."))
            {
                ByKey = new KeyedWork(
                    _ =>
                    {
                        looks.Writer.TryWrite(1);
                        return Task.FromResult<IReadOnlyList<string>>([.. due.Keys]);
                    },
                    async (key, cancel) =>
                    {
                        begun.Writer.TryWrite(key);
                        await run(key, cancel);
                        due.TryRemove(key, out _);
                    }),
            },
            begun,
            looks);
    }

    private sealed record KeyedPiece(RecurringWork Work, Channel<string> Begun, Channel<int> Looks);
}
