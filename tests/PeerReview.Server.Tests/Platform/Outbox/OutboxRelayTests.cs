using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Outbox;

public sealed class OutboxRelayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_committed_letter_leaves_and_its_row_says_so()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await bench.WriteAsync(OutboxBench.Turn("turn:1", ana), OutboxBench.Turn("turn:1", ana));

        Assert.Equal(1, await bench.Relay().DrainAsync(Cancel));

        var mail = Assert.Single(bench.Server.Taken);
        Assert.Equal("ana@example.org", mail.To);
        Assert.Equal("Portugal: your turn – self assess", mail.Subject);
        Assert.Contains("Where: https://reviews.example/reviews/1\n", mail.Body, StringComparison.Ordinal);
        Assert.True(await bench.RowAsync("turn:1") is { Delivered: true, Leased: false, Attempts: 1, LastError: null });
    }

    [Fact]
    public async Task A_letter_of_a_transaction_that_did_not_commit_never_was()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await using (var unit = await bench.Test.Database.BeginAsync(Scope.None, Cancel))
        {
            OutboxWriter.Keep(unit, null, null, [OutboxBench.Turn("turn:1", ana)]);
            await unit.FlushAsync(Cancel);
        }

        Assert.Equal(0, await bench.Relay().DrainAsync(Cancel));
        Assert.Empty(await bench.RowsAsync());
    }

    [Fact]
    public async Task Four_relays_at_once_send_each_row_once()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await bench.WriteAsync(Enumerable.Range(0, 200).Select(i => OutboxBench.Turn($"turn:{i}", ana)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Relay().DrainAsync(Cancel)));

        Assert.Equal(200, bench.Server.Taken.Select(mail => mail["Message-ID"]).Distinct().Count());
        Assert.Equal(200, bench.Server.Taken.Count);
        Assert.All(await bench.RowsAsync(), row => Assert.True(row is { Delivered: true, Attempts: 1, Fence: 1 }));
    }

    [Fact]
    public async Task A_poison_row_is_given_up_and_holds_up_nobody()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await bench.WriteAsync(OutboxBench.Turn("poison", ana), OutboxBench.Turn("good", ana));
        await bench.Test.AsOwnerAsync("UPDATE outbox SET body = '{\"letter\":7}' WHERE key = 'poison'");

        await bench.Relay().DrainAsync(Cancel);

        Assert.Single(bench.Server.Taken);
        var poison = await bench.RowAsync("poison");
        Assert.True(poison is { GivenUp: true, Delivered: false, Attempts: 1 });
        Assert.StartsWith("The row holds no letter", poison.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_row_waits_longer_each_time_and_is_given_up_in_the_end()
    {
        await using var bench = await OutboxBench.CreateAsync();
        bench.Server.Behaviour = _ => Task.FromResult(SmtpBehaviour.NotNow);
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        var relay = bench.Relay();

        await relay.DrainAsync(Cancel);
        var first = await bench.RowAsync("turn:1");
        Assert.Equal(0, await relay.DrainAsync(Cancel));
        bench.Time.Advance(TimeSpan.FromSeconds(4));
        await relay.DrainAsync(Cancel);
        var second = await bench.RowAsync("turn:1");
        bench.Time.Advance(TimeSpan.FromSeconds(12));
        await relay.DrainAsync(Cancel);
        var third = await bench.RowAsync("turn:1");

        Assert.Equal((1, 2, 3), (first.Attempts, second.Attempts, third.Attempts));
        Assert.InRange(first.Wait, 3.75, 3.75 + 10);
        Assert.InRange(second.Wait, 4 + 11.25, 4 + 11.25 + 20);
        Assert.False(second.GivenUp);
        Assert.True(third is { GivenUp: true, LastError: "The mail server answered 451 to the message." });
        bench.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await relay.DrainAsync(Cancel));
    }

    [Fact]
    public async Task A_row_given_up_goes_again_when_an_operator_says_so()
    {
        await using var bench = await OutboxBench.CreateAsync();
        bench.Server.Recipient = _ => 550;
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        await bench.Relay().DrainAsync(Cancel);
        var desk = new OutboxDesk(bench.Test.Database, new OutboxSignal());
        var trouble = Assert.Single(await desk.TroublesAsync(Cancel));
        Assert.Equal(("mail", "The mail server answered 550 to RCPT.", 1), (trouble.Topic, trouble.Error, trouble.Attempts));
        Assert.Equal(1, (await desk.StandingAsync(Cancel)).GivenUp);

        bench.Server.Recipient = _ => 250;
        Assert.True(await desk.RetryAsync(trouble.Id, Cancel));
        Assert.False(await desk.RetryAsync(trouble.Id, Cancel));
        await bench.Relay().DrainAsync(Cancel);

        Assert.Single(bench.Server.Taken);
        Assert.Empty(await desk.TroublesAsync(Cancel));
        Assert.Equal(new OutboxStanding(0, null, 0), await desk.StandingAsync(Cancel));
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_message_leaves_an_uncertain_row_that_goes_again_under_the_same_id()
    {
        await using var bench = await OutboxBench.CreateAsync();
        bench.Server.Behaviour = _ => Task.FromResult(SmtpBehaviour.TakeAndHangUp);
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        var relay = bench.Relay();

        await relay.DrainAsync(Cancel);
        Assert.True(await bench.RowAsync("turn:1") is { Uncertain: true, Delivered: false, GivenUp: false });
        bench.Server.Behaviour = _ => Task.FromResult(SmtpBehaviour.Take);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await relay.DrainAsync(Cancel);

        Assert.True(await bench.RowAsync("turn:1") is { Uncertain: true, Delivered: true });
        Assert.Equal(2, bench.Server.Taken.Count);
        Assert.Single(bench.Server.Taken.Select(mail => mail["Message-ID"]).Distinct());
    }

    [Fact]
    public async Task A_relay_that_died_is_followed_by_another_after_its_lease_and_can_settle_nothing_more()
    {
        await using var bench = await OutboxBench.CreateAsync();
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        var dead = await bench.Claims.ClaimAsync(["mail"], bench.Options.Lease, Cancel);
        Assert.NotNull(dead);

        Assert.Equal(0, await bench.Relay().DrainAsync(Cancel));
        bench.Time.Advance(bench.Options.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await bench.Relay().DrainAsync(Cancel));

        Assert.False(await bench.Claims.RenewAsync(dead, bench.Options.Lease, Cancel));
        Assert.False(await bench.Claims.DeliverAsync(dead, erase: false, Cancel));
        Assert.False(await bench.Claims.PostponeAsync(dead, "late", true, TimeSpan.Zero, Cancel));
        Assert.False(await bench.Claims.GiveUpAsync(dead, "late", true, false, Cancel));
        Assert.True(await bench.RowAsync("turn:1") is { Delivered: true, Uncertain: false, Fence: 2, Attempts: 2 });
        Assert.Single(bench.Server.Taken);
    }

    [Fact]
    public async Task A_long_send_keeps_its_lease()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        var slow = bench.Relay(new SlowCarrier(begun, go.Task)).DrainAsync(Cancel);
        await begun.Task;

        for (var i = 0; i < 9; i++)
        {
            var before = await LeaseAsync(bench);
            bench.Time.Advance(bench.Options.Lease / 3);
            await UntilAsync(async () => await LeaseAsync(bench) > before);
            Assert.Equal(0, await bench.Relay().DrainAsync(Cancel));
        }

        go.SetResult();
        await slow;
        Assert.True(await bench.RowAsync("turn:1") is { Delivered: true, Fence: 1, Attempts: 1 });
    }

    [Fact]
    public async Task A_row_that_kills_its_program_every_time_is_given_up()
    {
        await using var bench = await OutboxBench.CreateAsync();
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        for (var i = 0; i < bench.Options.MaxAttempts; i++)
        {
            Assert.NotNull(await bench.Claims.ClaimAsync(["mail"], bench.Options.Lease, Cancel));
            bench.Time.Advance(bench.Options.Lease * 2);
        }

        await bench.Relay().DrainAsync(Cancel);

        Assert.True(await bench.RowAsync("turn:1") is { GivenUp: true });
        Assert.Empty(bench.Server.Taken);
    }

    [Fact]
    public async Task A_carrier_that_throws_is_a_failure_of_its_row_only()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await bench.WriteAsync(OutboxBench.Turn("turn:1", ana), OutboxBench.Turn("turn:2", ana));

        Assert.Equal(2, await bench.Relay(new BrokenCarrier()).DrainAsync(Cancel));

        Assert.All(await bench.RowsAsync(), row => Assert.Equal("The program failed on it: NotSupportedException.", row.LastError));
    }

    [Fact]
    public async Task Rows_of_a_topic_this_release_does_not_know_are_left_alone()
    {
        await using var bench = await OutboxBench.CreateAsync();
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        await bench.Test.AsOwnerAsync("UPDATE outbox SET topic = 'webhook'");

        Assert.Equal(0, await bench.Relay().DrainAsync(Cancel));
        Assert.True(await bench.RowAsync("turn:1") is { Attempts: 0 });
    }

    [Fact]
    public async Task The_address_of_a_sign_in_letter_is_gone_from_the_database_once_delivered()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var letter = new Letter(LetterNames.SignIn, ana, "/sign-in/s3cret");
        await bench.WriteAsync(new KeyedLetter("sign_in:1", letter with { Lasts = TimeSpan.FromMinutes(30) }));

        await bench.Relay().DrainAsync(Cancel);

        Assert.Contains("https://reviews.example/sign-in/s3cret", bench.Server.Taken[0].Body, StringComparison.Ordinal);
        Assert.Contains("It works once, within 30 minutes of this letter.", bench.Server.Taken[0].Body, StringComparison.Ordinal);
        Assert.Equal("{}", (await bench.RowAsync("sign_in:1")).Body);
    }

    [Fact]
    public async Task Nobody_writes_to_a_closed_account()
    {
        await using var bench = await OutboxBench.CreateAsync();
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));
        await bench.Test.AsOwnerAsync("UPDATE person SET closed_at = app.clock()");

        await bench.Relay().DrainAsync(Cancel);

        Assert.Empty(bench.Server.Taken);
        Assert.True(await bench.RowAsync("turn:1") is { GivenUp: true, LastError: "The account of its reader is closed." });
    }

    [Fact]
    public async Task A_wake_empties_the_outbox_at_once()
    {
        await using var bench = await OutboxBench.CreateAsync();
        var signal = new OutboxSignal();
        using var worker = new OutboxWorker(
            bench.Relay(), signal, Microsoft.Extensions.Logging.Abstractions.NullLogger<OutboxWorker>.Instance);
        await worker.StartAsync(Cancel);
        await bench.WriteAsync(OutboxBench.Turn("turn:1", await bench.PersonAsync("Ana")));

        signal.Wake();

        Assert.Equal("ana@example.org", (await bench.Server.NextAsync(Cancel)).To);
        await worker.StopAsync(Cancel);
        Assert.True((await bench.RowAsync("turn:1")).Delivered);
    }

    private static async Task<DateTimeOffset> LeaseAsync(OutboxBench bench) =>
        (await bench.Test.AsOwnerAsync<DateTimeOffset>("SELECT leased_until FROM outbox"))[0];

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            Cancel.ThrowIfCancellationRequested();
    }

    private sealed class SlowCarrier(TaskCompletionSource begun, Task go) : IOutboxCarrier
    {
        public string Topic => "mail";

        public async Task<Carried> CarryAsync(OutboxRow row, CancellationToken cancel)
        {
            begun.SetResult();
            await go;
            return new Carried.Delivered(Erase: false);
        }
    }

    private sealed class BrokenCarrier : IOutboxCarrier
    {
        public string Topic => "mail";

        public Task<Carried> CarryAsync(OutboxRow row, CancellationToken cancel) => throw new NotSupportedException("names of people");
    }
}
