using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Yaml;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Conformance;

/// <summary>What every engine behind the port must do. A stack gets it by deriving from it; nothing here knows an engine.</summary>
/// <remarks>An engine is right when it makes the moves of the interpreter, which is small, pure and tested by itself.</remarks>
public abstract class ProcessEngineConformance
{
    private static readonly Lazy<ImmutableDictionary<string, ProcessDefinition>> Shipped = new(ReadAll);

    /// <summary>A fresh engine; the suite keeps nothing of it but its text.</summary>
    protected abstract IProcessEngine NewEngine();

    public static TheoryData<string> Processes => ["voluntary-review", "uncac-like", "nis2-like", "vnr-like"];

    [Fact]
    public async Task A_launch_opens_the_first_stages()
    {
        var run = new EngineRun(NewEngine, Definition("voluntary-review"));

        await run.LaunchAsync("light");

        Assert.Equal(["acknowledge", "appoint"], run.Open);
    }

    [Theory]
    [InlineData("voluntary-review", "light", 20)]
    [InlineData("nis2-like", "remote", 20)]
    [InlineData("vnr-like", "repeat", 12)] // hardly anything in it runs side by side
    public async Task Every_order_of_completion_ends_alike(string process, string variant, int atLeast)
    {
        var definition = Definition(process);
        var first = new EngineRun(NewEngine, definition);
        await first.LaunchAsync(variant);
        var seen = new HashSet<string>(StringComparer.Ordinal) { first.Tokens };
        var open = new Stack<EngineRun>([first]);
        var ends = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var run))
        {
            var turns = Turn.Of(definition, run.State, run.Facts);
            foreach (var turn in turns)
            {
                var next = run.Copy();
                await next.CompleteAsync(turn.Stage.Id, turn.Roles[0], turn.Branch);
                if (seen.Add(next.Tokens))
                    open.Push(next);
            }

            if (turns.IsEmpty)
                ends.Add(run.State.Status.ToString());
        }

        Assert.Equal(["Closed"], ends);
        Assert.True(seen.Count >= atLeast, $"only {seen.Count} states were reached");
    }

    [Fact]
    public async Task Branches_open_for_each_key_and_close_the_stage_with_the_last()
    {
        var run = await AtAsync("desk", "desk_review");

        await run.CompleteAsync("desk_review", "REV_EXPERT", "e2");
        Assert.Contains("desk_review", run.Open);
        await run.CompleteAsync("desk_review", "REV_EXPERT", "e1");
        await run.CompleteAsync("desk_review", "REV_EXPERT", "e3");

        Assert.Equal(["consolidate"], run.Open);
    }

    [Fact]
    public async Task A_quorum_closes_the_stage_before_the_last_branch()
    {
        var run = new EngineRun(NewEngine, Definition("nis2-like"));
        run.Facts = run.Facts with
        {
            Branches = run.Facts.Branches.ToImmutableDictionary().SetItem("reviewing_state", ["AAA", "BBB", "CCC"]),
        };
        await run.LaunchAsync("remote");
        await run.CompleteAsync("scope", "STATE_FP");
        await run.CompleteAsync("designate", "REV_FP", "CCC");
        Assert.Contains("designate", run.Open);
        await run.CompleteAsync("designate", "REV_FP", "AAA");

        Assert.DoesNotContain("designate", run.Open);
    }

    [Fact]
    public async Task A_stage_sent_back_opens_again_and_what_came_between_waits()
    {
        var run = await AtAsync("light", "complete");

        await run.DoAsync(new ProcessCommand.Return(By("COORD"), "complete", "self_assess"));

        Assert.Equal(["self_assess"], run.Open);
        await run.FinishAsync("self_assess");
        Assert.Equal(["complete"], run.Open);
    }

    [Fact]
    public async Task A_waived_stage_and_a_left_out_stage_are_closed()
    {
        var run = await AtAsync("desk", "redraw_window");

        await run.DoAsync(new ProcessCommand.Waive(By("STATE_FP"), "redraw_window"));

        Assert.Equal(StageStatus.Waived, run.State["redraw_window"].Status);
        Assert.Equal(StageStatus.Skipped, run.State["stake_call"].Status);
    }

    [Fact]
    public async Task A_failed_stage_hands_over()
    {
        var run = await AtAsync("desk", "agree");

        await run.DoAsync(new ProcessCommand.Fail(By("STATE_AUTH"), "agree"));

        Assert.Equal(["reconcile"], run.Open);
    }

    [Fact]
    public async Task A_review_becomes_lighter_and_deeper_and_comes_to_its_end()
    {
        var run = await AtAsync("desk", "desk_review");

        await run.DoAsync(new ProcessCommand.ChangeVariant(By("STATE_AUTH"), "light"));
        Assert.Equal(["clarify"], run.Open);
        await run.DoAsync(new ProcessCommand.ChangeVariant(By("STATE_AUTH"), "full"));
        // What a desk review may leave out, a full one calls for.
        Assert.Equal(["stake_call", "desk_review"], run.Open);
        run.Now = run.Now.AddDays(run.State.Definition.Stage("stake_call").Offset + 1);
        await run.ReachAsync("close");
    }

    [Theory]
    [InlineData(true, "translate")]
    [InlineData(false, "desk_review")]
    public async Task A_stage_waits_until_it_is_known_whether_it_takes_place(bool holds, string opens)
    {
        var run = new EngineRun(NewEngine, Definition("voluntary-review"));
        run.Facts = Knowing(run.Facts, null);
        await run.LaunchAsync("desk");
        await run.ReachAsync("opening");
        await run.FinishAsync("self_assess");
        await run.FinishAsync("complete");
        Assert.Equal(["opening"], run.Open);

        run.Facts = Knowing(run.Facts, holds);
        await run.FinishAsync("opening");

        Assert.Equal([opens], run.Open);
        await run.ReachAsync("close");
    }

    [Fact]
    public async Task The_same_signal_twice_moves_nothing_twice()
    {
        foreach (var step in Walk.Take(Definition("voluntary-review"), seed: 7).Where(s => s.Decision.Signal is not null))
        {
            var engine = NewEngine();
            var definition = step.Step.State.Definition;
            var text = (await engine.RebuildAsync(definition, step.History, CancellationToken.None)).EngineState;

            var again = await engine.AdvanceAsync(
                text, new EngineCall(definition, step.Step.State, step.Decision.Signal!, step.Facts, step.Now), CancellationToken.None);

            Assert.Empty(again.Moves);
            Assert.Equal(text, again.EngineState);
        }
    }

    [Fact]
    public async Task A_review_can_be_rebuilt_from_its_events_at_every_point()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var definition = Definition("voluntary-review");
            string? text = null;
            foreach (var step in Walk.Take(definition, seed))
            {
                text = await AdvanceAsync(NewEngine(), text, step);
                var rebuilt = await NewEngine().RebuildAsync(definition, step.History, CancellationToken.None);

                Assert.Empty(rebuilt.Moves);
                text = rebuilt.EngineState;
            }
        }
    }

    [Fact]
    public async Task A_text_of_another_state_is_noticed()
    {
        var run = await AtAsync("light", "self_assess");
        var other = await AtAsync("light", "clarify");

        await Assert.ThrowsAsync<EngineStateException>(() => run.AdvanceWithAsync(other.EngineState, "self_assess", "STATE_CONTRIB"));
    }

    [Fact]
    public async Task Two_versions_run_side_by_side()
    {
        var older = Definition("voluntary-review");
        var newer = Read(Text("voluntary-review")
            .Replace("version: 1", "version: 2", StringComparison.Ordinal)
            .Replace("    after: [complete]\n    days: { light: 21 }", "    after: [complete, appoint]\n    days: { light: 21 }", StringComparison.Ordinal),
            "voluntary-review.v2.yaml");
        var engine = NewEngine();
        var (a, b) = (new EngineRun(() => engine, older), new EngineRun(() => engine, newer));
        foreach (var run in (EngineRun[])[a, b])
        {
            await run.LaunchAsync("light");
            await run.CompleteAsync("acknowledge", "COORD");
        }

        foreach (var stage in (string[])["self_assess", "complete"])
        {
            await a.FinishAsync(stage);
            await b.FinishAsync(stage);
        }

        Assert.Equal(["appoint", "clarify"], a.Open);
        Assert.Equal(["appoint"], b.Open);
    }

    [Theory, MemberData(nameof(Processes))]
    public async Task A_thousand_walks_are_those_of_the_interpreter(string process)
    {
        var definition = Definition(process);
        for (var seed = 0; seed < 250; seed++)
        {
            var engine = NewEngine();
            string? text = null;
            foreach (var step in Walk.Take(definition, seed, most: 60))
                text = await AdvanceAsync(engine, text, step);
        }
    }

    /// <summary>Lets the engine make a step of a walk and sees that it moves as the interpreter did.</summary>
    private static async Task<string?> AdvanceAsync(IProcessEngine engine, string? text, WalkStep step)
    {
        if (step.Decision.Signal is not { } signal)
            return text;
        var told = new EngineCall(step.Before.Definition, step.Before.Evolve(step.Decision.Events), signal, step.Facts, step.Now);
        var answer = text is null
            ? await engine.StartAsync(told, CancellationToken.None)
            : await engine.AdvanceAsync(text, told, CancellationToken.None);
        var expected = step.Step.Events.Skip(step.Decision.Events.Length).Where(e => e is not ProcessEvent.DeadlineSet);
        Assert.Equal(expected.Select(ProcessJson.Write), answer.Moves.Select(ProcessJson.Write));
        return answer.EngineState;
    }

    private static ProcessFacts Knowing(ProcessFacts facts, bool? holds) => facts with
    {
        Conditions = facts.Conditions.ToImmutableDictionary().SetItem("working_language_differs", holds),
    };

    private async Task<EngineRun> AtAsync(string variant, string stage)
    {
        var run = new EngineRun(NewEngine, Definition("voluntary-review"));
        await run.LaunchAsync(variant);
        await run.ReachAsync(stage);
        return run;
    }

    internal static Acting By(string role, string? branch = null) => new(new PersonId(new Guid(1, 0, 0, new byte[8])), [role], branch);

    internal static ProcessDefinition Definition(string process) => Shipped.Value[process];

    private static ImmutableDictionary<string, ProcessDefinition> ReadAll() =>
        Processes.Select(p => Read(Text(p.Data), Path.GetFileName(FileOf(p.Data)))).ToImmutableDictionary(d => d.Id, StringComparer.Ordinal);

    private static string Text(string process) => File.ReadAllText(FileOf(process));

    private static string FileOf(string process) =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "workflows", "processes"), $"{process}.v?.yaml").Single();

    private static ProcessDefinition Read(string text, string file)
    {
        var result = DefinitionReader.Read(YamlNodes.Parse(text, file).Root!, file);
        return result.Definition ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }
}
