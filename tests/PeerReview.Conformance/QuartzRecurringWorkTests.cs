using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Stacks.Embedded;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Conformance;

/// <summary>The embedded stack's scheduler.</summary>
public sealed class QuartzRecurringWorkTests : RecurringWorkConformance
{
    [Fact]
    public async Task A_changed_rhythm_is_kept()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using (var old = NewNode(test))
        {
            await old.StartAsync(new RecurringWork("piece", Second, _ => Task.CompletedTask));
            await old.StopAsync();
        }

        await using var node = NewNode(test);
        await node.StartAsync(new RecurringWork("piece", TimeSpan.FromSeconds(7), _ => Task.CompletedTask));
        await node.StopAsync();

        Assert.Equal([7000L], await test.AsOwnerAsync<long>("SELECT repeat_interval FROM scheduler.qrtz_simple_triggers"));
    }

    [Fact]
    public async Task A_node_that_loses_the_database_once_keeps_its_piece_and_one_that_is_gone_is_replaced_once()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var way = new PostgresProxy(test.Connections.Worker);
        var (begun, other) = (Channel.CreateUnbounded<string>(), Channel.CreateUnbounded<string>());
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RecurringWork[] Pieces(string node) =>
        [
            new("long", Second, async cancel =>
            {
                await begun.Writer.WriteAsync(node, cancel);
                await release.Task.WaitAsync(cancel);
            }),
            new("other", Second, async cancel => await other.Writer.WriteAsync(node, cancel)),
        ];
        await using var a = NewNode(test.Connections with { Worker = way.Through });
        await using var b = NewNode(test);
        await a.StartAsync(Pieces("a"));
        Assert.Equal("a", await begun.Reader.ReadAsync(Cancel));
        await b.StartAsync(Pieces("b"));
        await UntilAsync(other.Reader, "b");

        await way.DropAsync();
        for (var run = 0; run < 4; run++)
            await other.Reader.ReadAsync(Cancel);
        Assert.False(begun.Reader.TryRead(out _));

        way.IsAway = true;
        await way.DropAsync();
        Assert.Equal("b", await begun.Reader.ReadAsync(Cancel));
        for (var run = 0; run < 4; run++)
            await other.Reader.ReadAsync(Cancel);
        Assert.False(begun.Reader.TryRead(out _));

        release.SetResult();
        way.IsAway = false;
    }

    protected override Node NewNode(TestDatabase test) => NewNode(test.Connections);

    private Node NewNode(DatabaseConnections connections)
    {
        var work = new QuartzRecurringWork(
            connections, new QuartzRhythm(Second, TimeSpan.FromSeconds(2), Second), Metrics, NullLoggerFactory.Instance);
        return new Node(work, work);
    }

    protected override Task<IReadOnlyList<string>> StoredAsync(TestDatabase test) =>
        test.AsOwnerAsync<string>("SELECT trigger_name FROM scheduler.qrtz_triggers ORDER BY 1");
}
