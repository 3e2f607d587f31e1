using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerReview.Core.Ledger;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Telemetry;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Stacks;
using PeerReview.Server.Tests.Platform.Letters;
using PeerReview.Server.Tests.Platform.Mail;
using PeerReview.Server.Tests.Platform.Reminders;
using PeerReview.Server.Tests.Web;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Clock;

public sealed class RhythmTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_sends_by_itself_what_others_left_and_names_the_address_it_listens_at()
    {
        await using var server = new SmtpServer();
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        await using (var unit = await bench.Test.Database.BeginAsync(Scope.None, Cancel))
        {
            var letter = new Letter(LetterNames.SignIn, ana, "/sign-in/x");
            OutboxWriter.Keep(unit, null, null, [new KeyedLetter("a", letter with { Values = letter.Values.Add("lasts", "soon") })]);
            await unit.CommitAsync(Cancel);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => Database.Open(bench.Test.Connections)).AddSingleton<BusinessClock>()
            .AddMetrics().AddSingleton<ServerMetrics>().AddSingleton<IStageTitles>(new LetterTests.Titles())
            .AddSingleton(new Site(null)).AddSingleton(TestTexts.Catalogue).AddSingleton(TestTexts.States)
            .AddMail(SmtpMailerTests.Options(server.Port), new OwnLetters(null))
            .AddRecurringWork();
        BuiltStacks.Find("embedded")!.Add(
            builder.Services, new AppOptions(bench.Test.Connections, Path.GetTempPath(), [], ManualClock: true));
        await using var app = builder.Build();
        app.MapGet("/", () => Results.Ok());
        await app.StartAsync(Cancel);

        var mail = await server.NextAsync(Cancel);
        var address = await app.Services.GetRequiredService<PublicAddress>().GetAsync(Cancel);
        Assert.Contains($"Where: {address}sign-in/x\n", mail.Body, StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1:", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(address, await new PublicAddress(bench.Test.Database, new Site(null)).GetAsync(Cancel));
        await app.StopAsync(Cancel);
        Assert.Equal(
            ["clean-up", "day-anchor", "outbox", "reminders"],
            await bench.Test.AsOwnerAsync<string>("SELECT job_name FROM scheduler.qrtz_job_details ORDER BY 1"));
    }

    [Fact]
    public async Task The_anchor_of_a_day_is_made_once_over_every_head()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var reviews = new[] { await bench.ReviewAsync(), await bench.ReviewAsync(), await bench.ReviewAsync() };
        var anchors = new DayAnchors(bench.Test.Database);
        await anchors.MakeAsync(Cancel);
        await bench.ReviewAsync();
        await anchors.MakeAsync(Cancel);

        var (reviewCount, root) = Assert.Single(await bench.Test.AsOwnerAsync<(int, byte[])>("SELECT reviews, root FROM day_anchor"));
        Assert.Equal(3, reviewCount);
        Assert.Equal(DayAnchor.Root(reviews.Select(review => new LedgerHead(review, 1, new Digest(new byte[32])))).ToArray(), root);

        await bench.Clock.AdvanceAsync(await bench.Clock.NowAsync(Cancel) + TimeSpan.FromDays(1), Cancel);
        await anchors.MakeAsync(Cancel);
        Assert.Equal([3, 4], await bench.Test.AsOwnerAsync<int>("SELECT reviews FROM day_anchor ORDER BY day"));
    }

    [Fact]
    public async Task What_real_time_made_worthless_is_removed_and_nothing_else()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = (await bench.PersonAsync("Ana")).Value;
        await bench.Test.AsOwnerAsync(
            """
            INSERT INTO sign_in_link (token_hash, person_id, created_at, expires_at)
            SELECT sha256(d::text::bytea), @ana, now(), now() - make_interval(days => d) FROM unnest(ARRAY[0, 2]) AS d;
            INSERT INTO session (token_hash, person_id, created_at, expires_at)
            SELECT sha256(d::text::bytea), @ana, now(), now() - make_interval(days => d) FROM unnest(ARRAY[-1, 2]) AS d;
            INSERT INTO idempotency (person_id, key, request, answer, at)
            SELECT @ana, d::text, '', '', now() - make_interval(days => d) FROM unnest(ARRAY[0, 2]) AS d;
            """,
            new { ana });

        await new CleanUp(bench.Test.Database).RunAsync(Cancel);

        foreach (var table in new[] { "sign_in_link", "session", "idempotency" })
            Assert.Equal([1], await bench.Test.AsOwnerAsync<int>($"SELECT count(*)::int FROM {table}"));
    }

    [Theory]
    [InlineData(null, null, "/data/mail", null, 587)]
    [InlineData("mail.example", null, null, "mail.example", 587)]
    [InlineData("mail.example:2525", "none", null, "mail.example", 2525)]
    [InlineData("mail.example", "tls", null, "mail.example", 465)]
    public void Mail_goes_where_the_environment_says(string? smtp, string? security, string? pickup, string? host, int port)
    {
        var options = MailOptions.FromEnvironment(
            name => name switch { "PEERREVIEW_SMTP" => smtp, "PEERREVIEW_SMTP_SECURITY" => security, _ => null }, "/data/mail");

        Assert.Equal((pickup, host, port), (options.Pickup, options.Host, options.Port));
    }

    [Theory]
    [InlineData("mail.example:x", null)]
    [InlineData("mail.example:70000", null)]
    [InlineData("mail.example", "ssl")]
    public void A_wrong_environment_is_told(string smtp, string? security) => Assert.Throws<MailSettingsException>(() => MailOptions.FromEnvironment(
        name => name switch { "PEERREVIEW_SMTP" => smtp, "PEERREVIEW_SMTP_SECURITY" => security, _ => null }, "/data/mail"));
}
