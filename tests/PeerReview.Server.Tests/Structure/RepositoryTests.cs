using System.Globalization;
using System.Text.RegularExpressions;
using PeerReview.Core;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Yaml;
using Xunit;

namespace PeerReview.Server.Tests.Structure;

public sealed partial class RepositoryTests
{
    private static readonly string[] AllowedInRoot =
    [
        ".ci", ".editorconfig", ".gitignore", "CHANGELOG.md", "Directory.Build.props", "Directory.Packages.props",
        "LICENSE", "PeerReview.sln", "README.md", "bench", "docs", "global.json", "migrations", "run", "src", "test",
        "tests", "workflows",

        // Made by Git, by the build and by running; none of it is kept.
        ".git", ".cache", ".data", ".idea", ".vs", "artifacts",
    ];

    [Fact]
    public void The_root_holds_nothing_but_what_a_reader_looks_for() =>
        Assert.Empty(Strangers(Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!)));

    [Fact]
    public void A_stranger_in_the_root_is_seen() =>
        Assert.Equal(["PLAN.md"], Strangers(["src", "PLAN.md", "run"]));

    [Fact]
    public void Decision_records_are_numbered_once_each_without_gaps() =>
        Assert.Empty(MisnumberedRecords(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "decisions")).Select(path => Path.GetFileName(path)!)));

    [Fact]
    public void A_record_numbered_twice_a_gap_and_a_nameless_one_are_seen() =>
        Assert.Equal(
            ["0001-b.md: the number is taken", "0004-d.md: 0003 is missing before it", "notes.md: not NNNN-title.md"],
            MisnumberedRecords(["0001-a.md", "0001-b.md", "0002-c.md", "0004-d.md", "notes.md"]));

    [Fact]
    public void Every_test_named_by_the_list_of_faults_is_there() =>
        Assert.Empty(TestClass().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "faults.md"))).Select(named => named.Groups["name"].Value + ".cs")
            .Except(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!), StringComparer.Ordinal));

    [Fact]
    public void Every_definition_that_ships_reads_without_a_problem()
    {
        var workflows = Path.Combine(Repository.Root, "workflows");
        Assert.Equal([], Problems(Path.Combine(workflows, "processes"), (root, path) => DefinitionReader.Read(root, path).Problems));
        Assert.Equal([], Problems(Path.Combine(workflows, "frameworks"), (root, path) => FrameworkReader.Read(root, path).Problems));
        Assert.Equal([], LetterCatalog.Read(Path.Combine(workflows, "letters")).Problems);
    }

    [Fact]
    public void A_definition_with_a_problem_is_seen()
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-definitions-").FullName;
        File.WriteAllText(Path.Combine(folder, "odd.v1.yaml"), "process: odd\nversion: 1\nbogus: true\n");

        var problems = Problems(folder, (root, path) => DefinitionReader.Read(root, path).Problems);

        Directory.Delete(folder, recursive: true);
        Assert.Contains(problems, one => one.Contains("bogus", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_set_on_a_session_for_it_is_not_reset() =>
        Assert.Equal(
            [
                // A connection of its own, not pooled.
                Path.Combine("src", "PeerReview.Server", "Platform", "Data", "Migrator.cs"),
                // Connections of its own, which are reset, and the lock is given back.
                Path.Combine("src", "PeerReview.Server", "Stacks", "Elsa", "HangfireStore.cs"),
            ],
            SessionSettings(Repository.Sources("src")));

    [Theory]
    [InlineData("SELECT set_config('app.programmes', @P, false)")]
    [InlineData("SET app.programmes = '{}'")]
    [InlineData("SET SESSION statement_timeout = 1")]
    [InlineData("SELECT pg_advisory_lock(1)")]
    [InlineData("SET ROLE pr_owner")]
    public void A_session_setting_is_seen(string sql) =>
        Assert.Equal(["a.cs"], SessionSettings([("a.cs", $"const string X = \"{sql}\";")]));

    [Theory]
    [InlineData("SELECT set_config('app.programmes', @P, true)")]
    [InlineData("SET LOCAL lock_timeout = 1")]
    [InlineData("UPDATE x SET role = 'COORD'")]
    [InlineData("SELECT pg_advisory_xact_lock(1)")]
    public void A_setting_of_the_transaction_is_fine(string sql) =>
        Assert.Empty(SessionSettings([("a.cs", $"const string X = \"{sql}\";")]));

    [Fact]
    public void Long_files_are_named_for_a_second_look()
    {
        foreach (var one in LongFiles(Repository.Sources("src").Concat(Repository.Sources("tests"))))
            TestContext.Current.SendDiagnosticMessage("{0}", one);
        Assert.Equal(["a.cs has 301 lines"], LongFiles([("a.cs", new string('\n', 300)), ("b.cs", new string('\n', 299))]));
    }

    private static IReadOnlyList<string> Strangers(IEnumerable<string> names) =>
        [.. names.Except(AllowedInRoot, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static List<string> MisnumberedRecords(IEnumerable<string> names)
    {
        var problems = new List<string>();
        var last = 0;
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            if (!RecordName().IsMatch(name))
            {
                problems.Add($"{name}: not NNNN-title.md");
                continue;
            }

            var number = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
            if (number == last)
                problems.Add($"{name}: the number is taken");
            else if (number != last + 1)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {last + 1:0000} is missing before it"));
            last = number;
        }

        return problems;
    }

    private static IReadOnlyList<string> Problems(
        string folder, Func<DataNode, string, IEnumerable<DataProblem>> read) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml")
            // name.v1.fr.yaml holds texts; TranslationTests read them.
            .Where(path => Path.GetFileName(path).Split('.').Length == 3)
            .Order(StringComparer.Ordinal)
            .SelectMany(path =>
            {
                var document = YamlNodes.Parse(File.ReadAllText(path), path);
                return document.Root is { } root ? document.Problems.Concat(read(root, path)) : document.Problems;
            })
            .Select(problem => problem.ToString())];

    private static IReadOnlyList<string> SessionSettings(IEnumerable<(string Path, string Text)> sources) =>
        [.. sources.Where(one => SessionSetting().IsMatch(one.Text)).Select(one => one.Path)];

    private static IReadOnlyList<string> LongFiles(IEnumerable<(string Path, string Text)> sources) =>
        [.. sources
            .Select(one => (one.Path, Lines: one.Text.AsSpan().Count('\n') + 1))
            .Where(one => one.Lines > 300)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Path} has {one.Lines} lines"))];

    [GeneratedRegex("^[0-9]{4}-[a-z0-9-]+\\.md$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecordName();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+(Tests|Conformance))`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestClass();

    [GeneratedRegex(
        "set_config\\([^)]*,\\s*false\\s*\\)|\"\\s*SET\\s+(?!LOCAL\\b)|\\bSET\\s+(SESSION|ROLE|app\\.)|pg_(try_)?advisory_lock\\(",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SessionSetting();
}
