using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Stacks.Elsa;
using PeerReview.Server.Tests.Platform.Reminders;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Elsa;

/// <summary>Our work as Hangfire's jobs, on nodes that may die.</summary>
public sealed class HangfireNodesTests
{
    private static readonly DateOnly Monday = new(2099, 3, 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reminder_whose_job_is_run_twice_is_sent_once()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", Monday, 0));
        await bench.Clock.AdvanceAsync(new DateTimeOffset(Monday.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero), Cancel);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var store = new HangfireStore(bench.Test.Connections, HangfireRhythm.Default);
        await using var node = new HangfireRecurringWork(
            store, HangfireRhythm.Default,
            new RecurringWorkMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), TimeProvider.System),
            NullLoggerFactory.Instance);
        var run = bench.Run();
        await node.StartAsync(
            [
                new RecurringWork(run.Name, TimeSpan.FromSeconds(1), run.DrainAsync) { ByKey = new KeyedWork(run.DueAsync, run.DrainAsync) },
            ],
            Cancel);
        const string ended = "SELECT count(*) = @times FROM jobs.state s JOIN jobs.job j ON j.id = s.jobid WHERE s.name = 'Succeeded' AND j.invocationdata->>'Method' = 'Do'";
        await WaitForAsync(bench.Test, ended, new { times = 1 });

        var job = Assert.Single(await bench.Test.AsOwnerAsync<long>("SELECT id FROM jobs.job WHERE invocationdata->>'Method' = 'Do'"));
        new BackgroundJobClient(store.Storage).Requeue($"{job}");
        await WaitForAsync(bench.Test, ended, new { times = 2 });
        await node.StopAsync(Cancel);

        Assert.Equal($"digest:{ana}:2099-03-02", Assert.Single(await bench.OutboxAsync()).Key);
        Assert.Equal([ana.ToString()], await bench.Test.AsOwnerAsync<string>("SELECT (arguments->>1)::jsonb #>> '{}' FROM jobs.job WHERE id = @job", new { job }));
    }

    [Fact]
    public async Task When_a_node_is_killed_another_does_what_it_had_in_hand_and_goes_on()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await using var first = await NodeAsync(test);
        var dead = Assert.Single(await ServersAsync(test));
        // The letters are locked away, so the node stays inside the piece that looks at them.
        await using var locked = new Npgsql.NpgsqlConnection(test.Connections.Owner);
        await locked.OpenAsync(Cancel);
        await using var block = await locked.BeginTransactionAsync(Cancel);
        await using (var command = new Npgsql.NpgsqlCommand("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE", locked, block))
            await command.ExecuteNonQueryAsync(Cancel);
        await WaitForAsync(test, "SELECT count(*) = 1 FROM jobs.job WHERE statename = 'Processing' AND arguments->>0 = '\"outbox\"' AND createdat < now() - interval '1 second'");
        var inHand = (await test.AsOwnerAsync<long>("SELECT min(id) FROM jobs.job WHERE statename = 'Processing' AND arguments->>0 = '\"outbox\"'"))[0];
        await using var second = await NodeAsync(test);

        await first.KillAsync();
        await block.RollbackAsync(Cancel);

        await WaitForAsync(test, "SELECT statename = 'Succeeded' FROM jobs.job WHERE id = @inHand", new { inHand });
        await WaitForAsync(test, "SELECT count(*) >= 2 FROM jobs.job WHERE id > @inHand AND statename = 'Succeeded' AND arguments->>0 = '\"outbox\"'", new { inHand });
        var alive = Assert.Single((await ServersAsync(test)).Except([dead], StringComparer.Ordinal));
        Assert.Equal(
            [dead, alive],
            await test.AsOwnerAsync<string>("SELECT data->>'ServerId' FROM jobs.state WHERE jobid = @inHand AND name = 'Processing' ORDER BY id", new { inHand }));
        Assert.Equal(0, await second.StopAsync(Cancel));
        // The dead node's name goes when nobody heard of it for a while; the living one left.
        Assert.DoesNotContain(alive, await ServersAsync(test));
    }

    private static async Task<RunningProgram> NodeAsync(TestDatabase test)
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-node-").FullName;
        var before = await ServersOrNoneAsync(test);
        var program = RunningProgram.Start(
            folder,
            ["serve", "--urls", "http://127.0.0.1:0", "--data", folder],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PEERREVIEW_DATABASE"] = test.Connections.App,
                ["PEERREVIEW_DATABASE_WORKER"] = test.Connections.Worker,
            });
        await program.WaitForAsync("answers at", Cancel);
        while ((await ServersOrNoneAsync(test)).Count == before.Count)
            await Task.Delay(50, Cancel);
        return program;
    }

    // A node is two servers; the one of the looks stands for it.
    private static Task<IReadOnlyList<string>> ServersAsync(TestDatabase test) =>
        test.AsOwnerAsync<string>("SELECT id FROM jobs.server WHERE id LIKE '%/looks:%'");

    private static async Task<IReadOnlyList<string>> ServersOrNoneAsync(TestDatabase test) =>
        (await test.AsOwnerAsync<bool>("SELECT to_regclass('jobs.server') IS NOT NULL"))[0] ? await ServersAsync(test) : [];

    private static async Task WaitForAsync(TestDatabase test, string condition, object? args = null)
    {
        while (!(await test.AsOwnerAsync<bool>(condition, args))[0])
            await Task.Delay(50, Cancel);
    }
}
