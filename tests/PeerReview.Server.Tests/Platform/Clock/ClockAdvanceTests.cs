using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Tests.Platform.Letters;
using PeerReview.Server.Tests.Platform.Mail;
using PeerReview.Server.Tests.Platform.Reminders;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Clock;

public sealed class ClockAdvanceTests : IAsyncDisposable
{
    private static readonly DateOnly Monday = new(2099, 3, 2);

    private readonly SmtpServer _server = new();
    private readonly List<SmtpMailer> _mailers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_on_the_way_happens_at_its_own_instant_and_its_mail_is_out()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var review = await bench.ReviewAsync(("self_assess", Monday));
        await bench.ReconcileAsync(
            review,
            [
                .. new[] { -7, -2, 0, 3 }.Select(days => ReminderBench.Step(review, ana, "self_assess", Monday, days)),
                ReminderBench.Step(review, ana, "self_assess", Monday, 7, atOnce: true),
            ]);

        var moved = await Clock(bench).ToAsync(At(Monday.AddDays(30)), Cancel);

        Assert.Equal(5, moved.Instants);
        Assert.Equal(
            ["What waits for you on 23 February 2099", "What waits for you on 28 February 2099", "What waits for you on 2 March 2099",
                "What waits for you on 5 March 2099"],
            _server.Taken.SkipLast(1).Select(mail => mail.Subject));
        Assert.Matches("^Portugal – Light voluntary report [0-9]{4}: self assess is past its date$", _server.Taken[^1].Subject);
        Assert.Matches(@"- self assess, Portugal – Light voluntary report [0-9]{4}: due 2 March 2099 \(UTC\), 7 days left\n", _server.Taken[0].Body);
        Assert.Contains("due today\n", _server.Taken[2].Body, StringComparison.Ordinal);
        Assert.Contains("3 days late\n", _server.Taken[3].Body, StringComparison.Ordinal);
        Assert.StartsWith("Mon, 23 Feb 2099 09:00:", _server.Taken[0]["Date"], StringComparison.Ordinal);
        Assert.All(await bench.RowsAsync(), row => Assert.Equal("sent", row.Outcome));
        Assert.InRange(await bench.Clock.NowAsync(Cancel), At(Monday.AddDays(30)), At(Monday.AddDays(31)));
        Assert.Matches(@"^2099-04-01T09:00:\d\dZ after 5 instants with something due, 10 things done\.$", moved.ToString());
    }

    [Fact]
    public async Task Work_that_makes_more_work_due_is_followed_to_the_end()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var chain = new Chain(bench.Clock, At(Monday), TimeSpan.FromDays(10), 5);

        var moved = await Clock(bench, chain).ToAsync(At(Monday.AddDays(35)), Cancel);

        Assert.Equal([.. Enumerable.Range(0, 4).Select(i => At(Monday.AddDays(i * 10)))], chain.Done);
        Assert.Equal(4, moved.Instants);
    }

    [Fact]
    public async Task It_waits_for_mail_another_relay_has_in_hand()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await using (var unit = await bench.Test.Database.BeginAsync(Scope.None, Cancel))
        {
            OutboxWriter.Keep(unit, null, null, [new KeyedLetter("a", new Letter(LetterNames.SignIn, ana, "/") { Values = new Letter("", ana, "").Values.Add("lasts", "soon") })]);
            await unit.CommitAsync(Cancel);
        }

        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _server.Behaviour = async _ =>
        {
            begun.TrySetResult();
            await go.Task;
            return SmtpBehaviour.Take;
        };
        var other = Relay(bench).DrainAsync(Cancel);
        await begun.Task;

        var moving = Clock(bench).ByAsync(TimeSpan.FromHours(1), Cancel);
        Assert.False(moving.IsCompleted);
        go.SetResult();
        await moving;

        Assert.Single(_server.Taken);
        await other;
    }

    [Fact]
    public async Task A_real_clock_is_not_moved_and_nothing_is_sent()
    {
        await using var bench = await ReminderBench.CreateAsync();
        await bench.Test.AsOwnerAsync("UPDATE app.clock_shift SET manual = false, shift = '0'");

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => Clock(bench).ByAsync(TimeSpan.FromDays(1), Cancel));

        Assert.Contains("real one", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7d", "2026-01-08T12:00:00Z")]
    [InlineData("12h", "2026-01-02T00:00:00Z")]
    [InlineData("30m", "2026-01-01T12:30:00Z")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01T09:00:00+02:00", "2026-03-01T07:00:00Z")]
    [InlineData("7", null)]
    [InlineData("d", null)]
    [InlineData("-1d", null)]
    [InlineData("99999999d", null)]
    [InlineData("1.3.2026", null)]
    public void A_target_is_read_as_people_type_it(string text, string? instant)
    {
        var now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(instant, ClockTarget.Parse(text, now)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var mailer in _mailers)
            await mailer.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);

    private static OutboxClaims Claims(ReminderBench bench) => new(bench.Test.Database, TimeProvider.System);

    private OutboxRelay Relay(ReminderBench bench)
    {
        var options = SmtpMailerTests.Options(_server.Port);
        _mailers.Add(new SmtpMailer(options));
        var address = new PublicAddress(bench.Test.Database, new Site("https://reviews.example/"));
        return new OutboxRelay(
            Claims(bench), [new MailCarrier(LetterTests.Composer(), new LetterTests.Titles(), _mailers[^1], options, address)], new OutboxOptions(),
            OutboxChance.Shared, NullLogger<OutboxRelay>.Instance);
    }

    private ClockAdvance Clock(ReminderBench bench, params IDueWork[] more) =>
        new(bench.Clock, [bench.Run(), .. more], Relay(bench), Claims(bench));

    /// <summary>Something that, once done, falls due again some time later, a number of times.</summary>
    private sealed class Chain(BusinessClock clock, DateTimeOffset first, TimeSpan apart, int links) : IDueWork
    {
        private DateTimeOffset? _next = first;

        public List<DateTimeOffset> Done { get; } = [];

        public string Name => "chain";

        public Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel) =>
            Task.FromResult(_next > after ? _next : null);

        public async Task<int> DrainAsync(CancellationToken cancel)
        {
            if (_next is not { } due || due > await clock.NowAsync(cancel))
                return 0;
            Done.Add(due);
            _next = Done.Count < links ? due + apart : null;
            return 1;
        }
    }
}
