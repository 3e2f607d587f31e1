using System.Text.Json;
using PeerReview.Server.Cli;
using PeerReview.Server.Platform.Data;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"peerreview-cli-{Guid.NewGuid():N}");

    public CommandLineTests() => Directory.CreateDirectory(_folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("fly", "There is no verb \"fly\". There are: serve, ")]
    [InlineData("serve --bogus", "--bogus")]
    [InlineData("", "Say what to do, one of: serve, ")]
    public async Task A_command_not_understood_is_answered_with_what_there_is(string line, string sentence)
    {
        var (exit, output, errors) = await RunAsync(line, null);

        Assert.Equal((CommandLine.Misused, ""), (exit, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=pr_app;Database=x", "cannot be reached")]
    [InlineData("Hst=127.0.0.1", "cannot be read")]
    public async Task A_database_that_cannot_be_used_is_one_sentence_and_a_status(string connection, string sentence)
    {
        var (exit, _, errors) = await RunAsync("serve", connection);

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains(sentence, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_named_as_such()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);

        var (exit, _, errors) = await RunAsync("serve", test.Connections.App.Replace(test.Name, "pr_none", StringComparison.Ordinal));

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("does not exist", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_refuses_a_clock_moved_by_hand_and_a_login_with_power()
    {
        await using var manual = await TestDatabase.CreateAsync(manualClock: true);
        var (exit, _, errors) = await RunAsync("serve", manual.Connections.App);
        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("moved by hand", errors, StringComparison.Ordinal);

        (exit, _, errors) = await RunAsync("serve", manual.Connections.Owner!);
        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("row-level security does not bind", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_letter_that_cannot_be_used_stops_the_start()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        var letters = Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(letters, "your_turn.en.md"), "---\nsubject: x\n---\n{{ nmae }}\n", Cancel);

        var (exit, _, errors) = await RunningProgram.RunAsync(
            _folder,
            ["serve", "--urls", "http://127.0.0.1:0", "--connection", test.Connections.App],
            Cancel,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PEERREVIEW_LETTERS"] = letters });

        Assert.Equal(CommandLine.Wrong, exit);
        Assert.Equal(
            $"{letters}/your_turn.en.md:4: no value is called 'nmae'; use one of address, due, left, name, programme, review, stage, state.",
            errors.Trim());
    }

    [Fact]
    public async Task A_newer_database_is_refused()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await test.AsOwnerAsync("INSERT INTO schema_migration (number, name, checksum) VALUES (9999, '9999_later', '')");

        var (exit, _, errors) = await RunAsync("serve", test.Connections.App);

        Assert.Equal(CommandLine.Unusable, exit);
        Assert.Contains("newer than this program: it knows the step 9999_later", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_answers_until_it_is_asked_to_stop()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await using var program = RunningProgram.Start(
            _folder, ["serve", "--urls", "http://127.0.0.1:0"], Variables(test.Connections.App));
        var line = await program.WaitForAsync("answers at", Cancel);
        using var client = new HttpClient();

        Assert.Equal("""{"status":"pass"}""", await client.GetStringAsync(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..] + "/health/live"), Cancel));
        Assert.Equal(CommandLine.Done, await program.StopAsync(Cancel));
    }

    [Fact]
    public async Task A_process_file_is_read_and_every_problem_stands_with_its_line()
    {
        var shipped = Path.Combine(ProgramFiles.Workflows, "processes", "voluntary-review.v1.yaml");
        var good = await RunningProgram.RunAsync(_folder, ["process", "check", shipped], Cancel);
        Assert.Equal((CommandLine.Done, ""), (good.ExitCode, good.Errors));
        Assert.Contains("voluntary-review v1 is in order", good.Output, StringComparison.Ordinal);

        var wrong = Path.Combine(_folder, "voluntary-review.v1.yaml");
        var text = await File.ReadAllTextAsync(shipped, Cancel);
        await File.WriteAllTextAsync(
            wrong,
            text.Replace("process: voluntary-review", "process: voluntary review", StringComparison.Ordinal) + "\nbogus: 1\n",
            Cancel);
        var bad = await RunningProgram.RunAsync(_folder, ["process", "check", wrong], Cancel);
        Assert.Equal((CommandLine.Wrong, ""), (bad.ExitCode, bad.Output));
        Assert.All(
            bad.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            line => Assert.Matches("^.*voluntary-review.v1.yaml:[0-9]+: .+", line));

        var absent = await RunningProgram.RunAsync(_folder, ["process", "check", "none.yaml"], Cancel);
        Assert.Equal(CommandLine.Unusable, absent.ExitCode);
    }

    [Fact]
    public async Task A_process_is_exported_as_a_workflow_with_a_node_for_each_stage()
    {
        var shipped = Path.Combine(ProgramFiles.Workflows, "processes", "vnr-like.v1.yaml");

        var (code, text, _) = await RunningProgram.RunAsync(_folder, ["process", "export", "--format", "elsa", shipped], Cancel);
        var root = JsonDocument.Parse(text).RootElement.GetProperty("root");

        Assert.Equal(CommandLine.Done, code);
        Assert.Equal(
            ["entry", "letter", "first_workshop", "consultation", "society_input", "second_workshop", "main_messages", "report", "third_workshop", "presentation", "end"],
            root.GetProperty("activities").EnumerateArray().Select(activity => activity.GetProperty("id").GetString()));
        Assert.Contains(
            "{\"source\":{\"activity\":\"society_input\",\"port\":\"Skipped\"},\"target\":{\"activity\":\"main_messages\"}}",
            root.GetProperty("connections").EnumerateArray().Select(connection => JsonSerializer.Serialize(connection)));

        var unknown = await RunningProgram.RunAsync(_folder, ["process", "export", "--format", "bpmn", shipped], Cancel);
        Assert.Equal(CommandLine.Misused, unknown.ExitCode);
        Assert.Contains("elsa", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_restored_into_an_empty_database_and_only_there()
    {
        await using var test = await TestDatabase.CreateAsync(manualClock: false);
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await test.AsOwnerAsync(
            """
            INSERT INTO programme (id, slug, name, created_at)
            VALUES ('11111111-1111-4111-8111-111111111111', 'africa', 'Africa', '2026-11-22T00:00Z')
            """);
        var file = Path.Combine(_folder, "all.dump");

        Assert.Equal(CommandLine.Done, (await OwnerAsync("backup", file, test.Connections.Owner!)).ExitCode);
        Assert.Equal(CommandLine.Unusable, (await OwnerAsync("backup", file, test.Connections.Owner!)).ExitCode);
        var full = await OwnerAsync("restore", file, test.Connections.Owner!);
        Assert.Equal(CommandLine.Unusable, full.ExitCode);
        Assert.Contains("not empty", full.Errors, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Done, (await OwnerAsync("restore", file, empty.Connections.Owner!)).ExitCode);

        Assert.Equal(["africa"], await empty.AsOwnerAsync<string>("SELECT slug FROM programme"));
        await DatabaseStart.RequireUsableAsync(empty.Database, manualClock: false, Cancel);
    }

    private Task<(int ExitCode, string Output, string Errors)> OwnerAsync(string verb, string file, string owner) =>
        RunningProgram.RunAsync(_folder, [verb, file, "--connection", owner], Cancel);

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string line, string? connection) =>
        RunningProgram.RunAsync(
            _folder, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), Cancel,
            connection is null ? null : Variables(connection));

    private static Dictionary<string, string> Variables(string connection) =>
        new(StringComparer.Ordinal) { ["PEERREVIEW_DATABASE"] = connection };
}
