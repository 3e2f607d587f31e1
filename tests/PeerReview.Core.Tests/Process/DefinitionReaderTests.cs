using PeerReview.Core.Process;
using Xunit;

namespace PeerReview.Core.Tests.Process;

public sealed class DefinitionReaderTests
{
    /// <summary>The smallest process with something of everything.</summary>
    private const string Small = """
        process: small
        version: 1
        title: Small
        end: finish
        publication: finish
        parties:
          us: { title: Us, authority: BOSS }
        roles:
          BOSS: { title: Boss, party: us }
          CLERK: { title: Clerk, party: us }
          DEPUTY: { title: Deputy, party: us, alternate_of: CLERK }
          READER: { title: Reader, party: us, acts: false }
        variants:
          short: { title: Short, reviewing_states: 0, items_max: 5, words_per_answer: 100 }
          long: { title: Long, reviewing_states: 1, items_max: 9, words_per_answer: 100 }
        subjects:
          national: { title: State, owner: State }
          regional: { title: Region, owner: Region }
        stages:
          begin:
            title: Begin
            what: Begin it.
            acts: [BOSS]
            days: 0
            exit: [G-SIGN]
            makes: [paper]
          work:
            title: Work
            what: Work on it.
            acts: [CLERK, BOSS]
            mode: sequence
            after: [begin]
            days: { short: 10, long: 20 }
            extend: { times: 1, max_days: 5 }
          check:
            title: Check
            what: Check it.
            acts: [BOSS]
            after: [work]
            days: { long: 7 }
            each: expert
            exit: [TICKED]
            return: { to: [work], times: 2, days: 5 }
            on_fail: mend
          mend:
            title: Mend
            what: Mend it.
            acts: [CLERK]
            after: [check]
            days: 5
            when: check_failed
            optional: [short]
          finish:
            title: Finish
            what: Finish it.
            acts: [BOSS]
            after: [check, mend]
            days: 3
        milestones:
          worked: { short: work, long: work }
        limits:
          deferral:
            - { before: worked, times: 1, max_days: 30 }
          withdraw_before: worked
          deeper_before: worked
        may:
          skip: [BOSS]
          lapse: [SYSTEM]
        reminders:
          all: { from_days: 0, before: [2], after: [1] }
        escalation:
          L1: { overdue_days: 7, to: [acting, authority], effect: log_contact, what: Call. }
        conditions:
          check_failed: { holds_when: The check failed., stage_failed: check }
        guards:
          G-SIGN: { holds_when: It is signed. }
          TICKED: { holds_when: It is ticked., attested: true }
        documents:
          paper: { title: Paper, visibility: launch_notice }
        """;

    /// <summary>What is changed, and the one problem that follows.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        // Unknown names, with the nearest one.
        { "acts: [CLERK, BOSS]", "acts: [CLERK, BOS]", "unknown role 'BOS' in stage work: did you mean 'BOSS'?" },
        { "after: [begin]", "after: [start]", "unknown stage 'start' in stage work: declare it or correct the name" },
        { "exit: [TICKED]", "exit: [TICKET]", "unknown guard 'TICKET' in stage check: did you mean 'TICKED'?" },
        { "when: check_failed", "when: check_failing", "unknown condition 'check_failing' in stage mend: did you mean 'check_failed'?" },
        { "makes: [paper]", "makes: [papers]", "unknown document 'papers' in stage begin: did you mean 'paper'?" },
        { "days: { short: 10, long: 20 }", "days: { short: 10, lang: 20 }", "unknown key 'lang' in days: did you mean 'long'?" },
        { "optional: [short]", "optional: [shirt]", "unknown variant 'shirt' in stage mend: did you mean 'short'?" },
        { "each: expert", "each: experts", "unknown set 'experts': a stage can have a branch for each" },
        { "to: [acting, authority]", "to: [actor, authority]", "unknown role 'actor' in escalation L1" },
        { "withdraw_before: worked", "withdraw_before: walked", "unknown milestone 'walked' in limits: did you mean 'worked'?" },
        { "visibility: launch_notice", "visibility: everybody", "unknown row of the visibility table 'everybody'" },
        { "alternate_of: CLERK", "alternate_of: CLARK", "unknown role 'CLARK' in roles DEPUTY: did you mean 'CLERK'?" },
        { "end: finish", "end: fin", "unknown stage 'fin' in the process" },
        { "  TICKED: { holds_when: It is ticked., attested: true }", "  TICKED: { holds_when: It is ticked. }", "set 'attested: true'" },
        { ", stage_failed: check }", " }", "set 'stage_failed'" },
        { "mode: sequence", "mode: queue", "'mode: queue' of stage work must be one of any, all, sequence" },
        { "    mode: sequence", "    mod: sequence", "unknown key 'mod' in stage work: did you mean 'mode'?" },
        { "version: 1", "version: 1\nverzion: 2", "unknown key 'verzion' in the process: did you mean 'version'?" },

        // The graph.
        { "after: [begin]", "after: [begin, mend]", "wait for each other" },
        { "after: [begin]", "after: []", "stage work cannot be reached: only begin begins" },
        { "    acts: [BOSS]\n    after: [work]", "    acts: []\n    after: [work]", "nobody can act in stage check" },
        { "    acts: [CLERK]", "    acts: [READER]", "READER only reads and cannot act in stage mend" },
        { "days: { long: 7 }", "days: {}", "stage check cannot be reached: give it days in at least one variant" },
        { "    after: [check, mend]\n    days: 3", "    after: [check, mend]\n    days: { short: 3 }", "variant long has no end" },
        { "    after: [check, mend]\n    days: 3", "    after: [check, mend]\n    subjects: [national]\n    days: 3", "must always take place" },
        { "    after: [check]\n    days: 5", "    after: [check, finish]\n    days: 5", "wait for each other" },
        { "on_fail: mend", "on_fail: finish\n    offset: 0", "" },
        { "on_fail: mend", "on_fail: work", "stage work takes over when check fails, so it must come 'after' it" },
        { "return: { to: [work]", "return: { to: [finish]", "can send back only what comes before it; finish does not" },
        { "    after: [work]\n", "    after: [work]\n    waivable: maybe\n", "'waivable' must be true or false" },
        { "    on_fail: mend\n", "", "stage mend cannot be reached: check must come before it and have an 'on_fail'" },
        { "    title: Begin\n", "    title: Begin\n    when: check_failed\n", "the first stage begin is the launch" },
        { "each: expert", "each: { over: expert, by: [] }", "nobody acts in a branch of stage check" },
        { "acts: [CLERK, BOSS]", "acts: [CLERK, BOSS]\n    beside: [CLERK]", "BOSS acts in no part of stage work" },
        { "milestones:\n  worked: { short: work, long: work }", "milestones:\n  worked: { short: check, long: work }", "stage check does not exist in short" },
        { "optional: [short]", "optional: [short]\n    exit: [{ guard: TICKED, from: CLERK }]", "'from' of TICKED needs 'mode: sequence'" },
        { "  skip: [BOSS]\n", "", "nobody may leave a stage out" },
        { "alternate_of: CLERK", "alternate_of: READER", "DEPUTY stands in for READER, which does not act itself" },

        // Numbers and words.
        { "days: { short: 10, long: 20 }", "days: { short: 10, long: 1 month }", "write calendar days as a whole number" },
        { "days: { short: 10, long: 20 }", "days: { short: P1Y, long: 20 }", "write calendar days as a whole number" },
        { "days: { short: 10, long: 20 }", "days: { short: -1, long: 20 }", "must be a whole number from 0 to 3660" },
        { "extend: { times: 1, max_days: 5 }", "extend: { times: 0, max_days: 5 }", "'times' must be a whole number from 1 to 20" },
        { "    days: 0\n", "", "stage begin lacks 'days': add it" },
        { "    what: Begin it.\n", "", "stage begin lacks 'what': add it" },
        { "    title: Begin\n", "    title: Begin\n    title: Start\n", "stage begin has 'title' twice" },
        { "  CLERK: { title: Clerk, party: us }", "  CLERK: { title: Clerk, party: us }\n  CLERK: { title: Clerk, party: us }", "'roles' has 'CLERK' twice" },
        { "  READER: {", "  SYSTEM: {", "SYSTEM is the program itself" },
        { "  work:\n", "  Work-It:\n", "must be in snake_case" },
        { "process: small", "process: Small One", "must be in kebab-case" },
        { "version: 1", "version: 2", "the file must be named small.v2.yaml" },
        { "from_days: 0,", "from_days: 0, to_days: 9,", "0 reminder profiles fit" },
        { "roles:\n", "roles: none\nrooms:\n", "'roles' must be a mapping of names" },
        { "acts: [CLERK, BOSS]", "acts: [CLERK, BOSS, CLERK]", "names CLERK twice" },
    };

    [Fact]
    public void The_small_process_reads() => Assert.Empty(Read(Small).Problems);

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_line_and_remedy(string right, string wrong, string says)
    {
        var at = Small.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The small process has no '{right}'.");

        var result = Read(Small[..at] + wrong + Small[(at + right.Length)..]);

        if (says.Length == 0)
        {
            Assert.Empty(result.Problems);
            return;
        }

        Assert.Null(result.Definition);
        Assert.Contains(result.Problems, p => p.Message.Contains(says, StringComparison.Ordinal));
        Assert.All(result.Problems, p => Assert.InRange(p.Line, 1, 200));
        Assert.StartsWith("workflows/processes/small.v1.yaml:", result.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_lines()
    {
        var text = Small.Replace("acts: [CLERK, BOSS]", "acts: [CLERK, BOS]", StringComparison.Ordinal)
            .Replace("exit: [TICKED]", "exit: [TICKET]", StringComparison.Ordinal)
            .Replace("words_per_answer: 100", "words_per_answer: lots", StringComparison.Ordinal)
            .Replace("deeper_before: worked", "deeper_before: walked", StringComparison.Ordinal);

        var problems = Read(text).Problems;

        Assert.Equal(5, problems.Length);
        Assert.Equal(problems.Select(p => p.Line).Order(), problems.Select(p => p.Line));
    }

    [Fact]
    public void A_problem_stands_on_the_line_of_the_mistake()
    {
        var text = Small.Replace("after: [begin]", "after: [start]", StringComparison.Ordinal);
        var line = text[..text.IndexOf("after: [start]", StringComparison.Ordinal)].Count(c => c == '\n') + 1;

        Assert.Equal(line, Assert.Single(Read(text).Problems).Line);
    }

    [Fact]
    public void Too_many_stages_are_refused()
    {
        var more = string.Concat(Enumerable.Range(0, 64).Select(n =>
            $"  more_{n}: {{ title: More, what: More., acts: [BOSS], after: [begin], days: 1 }}\n"));

        Assert.Contains(Read(Small.Replace("  finish:\n", more + "  finish:\n", StringComparison.Ordinal)).Problems,
            p => p.Message.Contains("64 are allowed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x", "anchors and aliases are not read")]
    [InlineData("a: !!int 1", "tags are not read")]
    [InlineData("a: [1, 2", "not YAML")]
    [InlineData("", "the file is empty")]
    [InlineData("a: 1\n---\nb: 2", "a second document begins here")]
    [InlineData("? [a, b]\n: 1", "a key must be a word")]
    public void Yaml_that_is_not_read_is_refused_with_its_line(string yaml, string says) =>
        Assert.Contains(says, Assert.Single(Read(yaml).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Yaml_nested_too_deep_or_too_long_is_refused()
    {
        Assert.Contains("levels deep", Read(new string('[', 1000) + new string(']', 1000)).Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("split it", Read(new string('a', 4_000_001)).Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("must be a mapping", Read("[1, 2]").Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_is_of_what_the_file_says_and_not_of_how()
    {
        var hash = Read(Small).Definition!.Hash;
        var otherwise = Small.Replace("title: Small", "# a comment\ntitle: \"Small\"", StringComparison.Ordinal)
            .Replace("days: { short: 10, long: 20 }", "days:\n      long: 20\n      short: 10", StringComparison.Ordinal);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Read(otherwise).Definition!.Hash);
        Assert.NotEqual(hash, Read(Small.Replace("short: 10", "short: 11", StringComparison.Ordinal)).Definition!.Hash);
        Assert.NotEqual(hash, Read(Small.Replace("Work on it.", "Work at it.", StringComparison.Ordinal)).Definition!.Hash);
    }

    private static DefinitionResult Read(string yaml) => Shipped.Read(yaml, "workflows/processes/small.v1.yaml");
}
