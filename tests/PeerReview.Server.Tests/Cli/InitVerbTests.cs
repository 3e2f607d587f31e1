using PeerReview.Server.Cli;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Cli;

/// <summary>The first use of a database: a programme and the people who run it.</summary>
public sealed class InitVerbTests : IDisposable
{
    private static readonly string[] Whole =
        ["--programme", "africa", "--name", "Programme of Africa", "--email", "Ana@Example.org", "--person", "Ana Example"];

    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-init-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_programme_is_created_with_its_coordinators_and_says_what_comes_next()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);

        var (exit, output, errors) = await InitAsync(
            test, [.. Whole, "--second-email", "ben@example.org", "--second-person", "Ben", "--head-email", "head@example.org", "--head-person", "Head"]);

        Assert.Equal((CommandLine.Done, ""), (exit, errors));
        Assert.Contains("The programme africa is created", output, StringComparison.Ordinal);
        Assert.Contains("/sign-in", output, StringComparison.Ordinal);
        Assert.Equal(
            ["COORD ana@example.org", "COORD ben@example.org", "COORD_HEAD head@example.org"],
            await test.AsOwnerAsync<string>("SELECT g.role || ' ' || p.email FROM role_grant g JOIN person p ON p.id = g.person_id ORDER BY 1"));
        await test.RequireSoundAsync();
    }

    [Fact]
    public async Task Run_again_it_refuses_by_name_and_changes_nothing()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await InitAsync(test, Whole);
        var before = await test.HoldingsAsync();

        var (exit, output, errors) = await InitAsync(test, [.. Whole[..^4], "--email", "other@example.org", "--person", "Other"]);

        Assert.Equal((CommandLine.Wrong, ""), (exit, output));
        Assert.Contains("africa", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, await test.HoldingsAsync());
    }

    [Fact]
    public async Task A_second_programme_takes_the_account_that_is_there_and_leaves_its_name()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await InitAsync(test, Whole);

        var (exit, output, _) = await InitAsync(
            test, ["--programme", "asia", "--name", "Asia", "--email", "ana@example.org", "--person", "Somebody Else"]);

        Assert.Equal(CommandLine.Done, exit);
        Assert.Contains("COORD: Ana Example", output, StringComparison.Ordinal);
        Assert.Equal(["Ana Example"], await test.AsOwnerAsync<string>("SELECT name FROM person"));
    }

    [Theory]
    [InlineData("--programme", "Two Words", CommandLine.Wrong, "lower-case letters")]
    [InlineData("--programme", "", CommandLine.Wrong, "lower-case letters")]
    [InlineData("--name", " ", CommandLine.Wrong, "programme")]
    [InlineData("--email", "nobody", CommandLine.Wrong, "e-mail")]
    [InlineData("--person", "A\nB", CommandLine.Wrong, "name")]
    [InlineData("--second-email", "ben@example.org", CommandLine.Wrong, "name")] // without --second-person
    [InlineData("--bogus", "x", CommandLine.Misused, "--bogus")]
    public async Task A_wrong_argument_is_one_sentence_and_nothing_is_created(string option, string value, int status, string says)
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        var before = await test.HoldingsAsync();
        var at = Array.IndexOf(Whole, option);

        var (exit, output, errors) = await InitAsync(test, at < 0 ? [.. Whole, option, value] : [.. Whole[..(at + 1)], value, .. Whole[(at + 2)..]]);

        Assert.Equal((status, ""), (exit, output));
        Assert.Contains(says, Assert.Single(errors.Trim().Split('\n')), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await test.HoldingsAsync());
    }

    [Fact]
    public async Task A_missing_argument_is_named()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);

        var (exit, _, errors) = await InitAsync(test, Whole[..^2]);

        Assert.Equal(CommandLine.Misused, exit);
        Assert.Contains("--person", errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> InitAsync(TestDatabase test, IEnumerable<string> arguments) =>
        RunningProgram.RunAsync(
            _folder, ["init", .. arguments], TestContext.Current.CancellationToken,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE"] = test.Connections.App });
}
