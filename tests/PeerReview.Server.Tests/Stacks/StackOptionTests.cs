using PeerReview.Server.Cli;
using PeerReview.Server.Stacks;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Stacks;

/// <summary>The stack on the command line of the real program.</summary>
public sealed class StackOptionTests : IDisposable
{
    private const string NotBuilt = "There is no stack \"nowhere\" in this program. It is built with embedded";

    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-stack-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("serve --stack nowhere", "")]
    [InlineData("demo --stack nowhere", "")]
    [InlineData("serve", "nowhere")]
    [InlineData("demo", "nowhere")]
    public async Task A_stack_that_is_not_built_is_answered_with_those_that_are(string line, string variable)
    {
        var (exit, output, errors) = await RunningProgram.RunAsync(
            _folder, line.Split(' '), Cancel, new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_STACK"] = variable });

        Assert.Equal((CommandLine.Misused, ""), (exit, output));
        Assert.StartsWith(NotBuilt, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_option_holds_before_the_variable()
    {
        var (exit, _, errors) = await RunningProgram.RunAsync(
            _folder, ["serve", "--stack", "embedded", "--connection", "Hst=x"], Cancel,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_STACK"] = "nowhere" });

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("connection string cannot be read", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve --urls http://127.0.0.1:0")]
    [InlineData("clock advance 1d")]
    public async Task A_database_on_a_stack_that_is_not_built_is_refused_with_the_remedy(string line)
    {
        await using var test = await OnAsync("nowhere", manualClock: line.StartsWith("clock", StringComparison.Ordinal));

        var (exit, output, errors) = await RunningProgram.RunAsync(_folder, line.Split(' '), Cancel, Variables(test));

        Assert.Equal((CommandLine.Unusable, ""), (exit, output));
        Assert.StartsWith(
            "This database runs on the stack \"nowhere\", which this program was built without.",
            Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["nowhere"], await RememberedAsync(test));
    }

    [Theory]
    [InlineData("--stack embedded", "")]
    [InlineData("", "embedded")]
    public async Task By_hand_it_is_changed_over_and_remembered(string option, string variable)
    {
        await using var test = await OnAsync("nowhere", manualClock: false);
        var variables = Variables(test);
        variables["PEERREVIEW_STACK"] = variable;

        await using var program = RunningProgram.Start(
            _folder, ["serve", "--urls", "http://127.0.0.1:0", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)], variables);
        await program.WaitForAsync("answers at", Cancel);

        Assert.Equal(["embedded"], await RememberedAsync(test));
        Assert.Equal(CommandLine.Done, await program.StopAsync(Cancel));
    }

    [Fact]
    public async Task A_clock_moved_beside_the_program_leaves_the_stack_as_it_is()
    {
        await using var test = await OnAsync("embedded", manualClock: true);

        var (exit, _, errors) = await RunningProgram.RunAsync(_folder, ["clock", "advance", "1d"], Cancel, Variables(test));

        Assert.Equal((CommandLine.Done, ""), (exit, errors));
        Assert.Equal(["embedded"], await RememberedAsync(test));
    }

    [Fact]
    public async Task The_version_names_the_program_and_every_stack_with_its_libraries()
    {
        var (exit, output, errors) = await RunningProgram.RunAsync(_folder, ["--version"], Cancel);

        Assert.Equal((CommandLine.Done, ""), (exit, errors));
        var lines = output.Trim().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Matches(@"^peerreview \d+\.\d+\.\d+", lines[0]);
        Assert.Matches(@"^embedded: Quartz \d[\d.]*, Handlebars\.Net \d[\d.]*$", lines[1]);
        Assert.Equal(BuiltStacks.All.Select(one => one.Name), lines[1..].Select(line => line.Split(':')[0]));
    }

    private Dictionary<string, string> Variables(TestDatabase test) => new(StringComparer.Ordinal)
    {
        ["PEERREVIEW_DATABASE"] = test.Connections.App,
        ["PEERREVIEW_DATA"] = _folder,
    };

    private static async Task<TestDatabase> OnAsync(string stack, bool manualClock)
    {
        var test = await TestDatabase.CreateAsync(manualClock);
        await test.AsOwnerAsync("INSERT INTO app.setting (key, value) VALUES ('stack', @stack)", new { stack });
        return test;
    }

    private static Task<IReadOnlyList<string>> RememberedAsync(TestDatabase test) =>
        test.AsOwnerAsync<string>("SELECT value FROM app.setting WHERE key = 'stack'");
}
