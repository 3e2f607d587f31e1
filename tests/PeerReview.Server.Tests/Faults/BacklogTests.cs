using System.Net;
using PeerReview.Core;
using PeerReview.Server.Tests.Platform.Reminders;
using PeerReview.Testing.Faults;
using Xunit;

namespace PeerReview.Server.Tests.Faults;

/// <summary>A program that starts on a great many overdue reminders takes them in portions, answers people meanwhile, and sends each
/// once though it is cut off in the middle.</summary>
public sealed class BacklogTests
{
    private const int Many = 10_000;

    private static readonly DateOnly Monday = new(2099, 3, 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_overdue_reminders_at_the_start_go_out_once_each_and_keep_nobody_waiting()
    {
        await using var bench = await OverdueAsync();
        var folder = Directory.CreateTempSubdirectory("peerreview-backlog-");
        await using (var node = Node.Start(bench.Test, folder.FullName, rhythm: true))
        {
            var portions = 0;
            node.Worker.Watch(message => message is { FromClient: true, Kind: 'E', Statement: var statement }
                && statement.Contains("UPDATE reminder SET settled_at", StringComparison.Ordinal) && Interlocked.Increment(ref portions) == 10);
            await node.Worker.Held.WaitAsync(Cancel);

            // One portion hangs: those before it are kept, those after it wait, and whoever comes is answered.
            using var http = new HttpClient { BaseAddress = await node.AddressAsync() };
            using var answer = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.InRange(await SettledAsync(bench), 1, Many / 2);

            await node.Worker.DropAsync();
            while (await SettledAsync(bench) < Many)
                await Task.Delay(TimeSpan.FromMilliseconds(50), Cancel);
        }

        folder.Delete(recursive: true);
        Assert.Equal(
            [(Many, Many)],
            await bench.Test.AsOwnerAsync<(int, int)>("SELECT count(*)::int, count(DISTINCT person_id)::int FROM outbox WHERE key LIKE 'digest:%'"));
        Assert.Equal(["sent"], await bench.Test.AsOwnerAsync<string>("SELECT DISTINCT outcome FROM reminder"));
    }

    /// <summary>Reminders of as many people, due since nine o'clock.</summary>
    private static async Task<ReminderBench> OverdueAsync()
    {
        var bench = await ReminderBench.CreateAsync();
        var people = Enumerable.Range(0, Many).Select(_ => Guid.NewGuid()).ToArray();
        await bench.Test.AsOwnerAsync(
            "INSERT INTO person (id, email, name, created_at) SELECT id, id || '@example.org', 'P', app.clock() FROM unnest(@People) AS p (id)",
            new { People = people });
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(review, [.. people.Select(person => ReminderBench.Step(review, new PersonId(person), "self_assess", Monday, 0))]);
        await bench.Clock.AdvanceAsync(new DateTimeOffset(2099, 3, 2, 12, 0, 0, TimeSpan.Zero), Cancel);
        return bench;
    }

    private static async Task<int> SettledAsync(ReminderBench bench) =>
        (await bench.Test.AsOwnerAsync<int>("SELECT count(*)::int FROM reminder WHERE settled_at IS NOT NULL")).Single();
}
