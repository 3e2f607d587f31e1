using PeerReview.Server.Cli;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Tests.Platform.Reminders;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Cli;

public sealed class ClockVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-clock-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clock_moves_on_and_what_was_due_has_happened_when_it_answers()
    {
        await using var bench = await ReminderBench.CreateAsync();
        var ana = await bench.PersonAsync("Ana");
        var day = DateOnly.FromDateTime((await bench.Clock.NowAsync(Cancel)).UtcDateTime).AddDays(3);
        var review = await bench.ReviewAsync(("self_assess", day));
        await bench.ReconcileAsync(review, ReminderBench.Step(review, ana, "self_assess", day, 0));
        await bench.Test.AsOwnerAsync("INSERT INTO app.setting (key, value) VALUES ('address', 'https://reviews.example/')");

        var (exit, output, errors) = await AdvanceAsync(bench, "7d");

        Assert.Equal((CommandLine.Done, ""), (exit, errors));
        Assert.Contains("after 1 instants with something due, 2 things done.", output, StringComparison.Ordinal);
        Assert.InRange(await bench.Clock.NowAsync(Cancel), TimeProvider.System.GetUtcNow().AddDays(7).AddMinutes(-5), TimeProvider.System.GetUtcNow().AddDays(7).AddMinutes(5));
        var mail = Assert.Single(Eml.ReadAll(Path.Combine(_folder, "mail")));
        Assert.Contains("Portugal – Light voluntary report", mail.Body, StringComparison.Ordinal);
        Assert.Contains("Where: https://reviews.example/\n", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_time_is_answered_with_what_may_be_said()
    {
        await using var bench = await ReminderBench.CreateAsync();

        var (exit, output, errors) = await AdvanceAsync(bench, "tomorrow");

        Assert.Equal((CommandLine.Misused, ""), (exit, output));
        Assert.Contains("Say how far (7d, 12h, 30m)", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_clock_stays_where_it_is()
    {
        await using var bench = await ReminderBench.CreateAsync();
        await bench.Test.AsOwnerAsync("UPDATE app.clock_shift SET manual = false, shift = '0'");

        var (exit, _, errors) = await AdvanceAsync(bench, "7d");

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("real one", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_settings_that_cannot_be_used_are_one_sentence()
    {
        await using var bench = await ReminderBench.CreateAsync();

        var (exit, _, errors) = await RunningProgram.RunAsync(
            _folder, ["clock", "advance", "1d", "--data", _folder], Cancel,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE"] = bench.Test.Connections.App, ["PEERREVIEW_SMTP"] = "mail.example:smtp" });

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Equal("PEERREVIEW_SMTP is host or host:port, with a port from 1 to 65535.", errors.Trim());
    }

    [Fact]
    public async Task A_program_under_test_shows_every_letter_it_wrote()
    {
        await using var app = await TestApp.StartAsync();
        var ana = await app.PersonAsync("COORD", name: "Ana");
        await using (var unit = await app.Database.Database.BeginAsync(Scope.None, Cancel))
        {
            var letter = new Letter(LetterNames.SignIn, new(ana.Id), "/sign-in");
            OutboxWriter.Keep(unit, null, null, [new KeyedLetter("a", letter with { Values = letter.Values.Add("lasts", "soon") })]);
            await unit.CommitAsync(Cancel);
        }

        Assert.Contains($"Where: {app.Address}sign-in\n", Assert.Single(await app.LettersAsync()).Body, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int ExitCode, string Output, string Errors)> AdvanceAsync(ReminderBench bench, string target) => RunningProgram.RunAsync(
        _folder, ["clock", "advance", target, "--data", _folder], Cancel,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE"] = bench.Test.Connections.App });
}
