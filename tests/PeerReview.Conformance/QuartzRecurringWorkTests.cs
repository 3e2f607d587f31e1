using Microsoft.Extensions.Logging.Abstractions;
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
            await old.StartAsync(new Core.Ports.RecurringWork("piece", Second, _ => Task.CompletedTask));
            await old.StopAsync();
        }

        await using var node = NewNode(test);
        await node.StartAsync(new Core.Ports.RecurringWork("piece", TimeSpan.FromSeconds(7), _ => Task.CompletedTask));
        await node.StopAsync();

        Assert.Equal([7000L], await test.AsOwnerAsync<long>("SELECT repeat_interval FROM scheduler.qrtz_simple_triggers"));
    }

    protected override Node NewNode(TestDatabase test)
    {
        var work = new QuartzRecurringWork(
            test.Connections, new QuartzRhythm(Second, TimeSpan.FromSeconds(2), Second), Metrics, NullLoggerFactory.Instance);
        return new Node(work, work);
    }

    protected override Task<IReadOnlyList<string>> StoredAsync(TestDatabase test) =>
        test.AsOwnerAsync<string>("SELECT trigger_name FROM scheduler.qrtz_triggers ORDER BY 1");
}
