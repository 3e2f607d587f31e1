using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Yaml;

namespace PeerReview.Bench;

/// <summary>How many decisions the interpreter makes in a second on one core: a light review from launch to its end, and a
/// desk review with its branches, over and over. A decision is what a command costs us: deciding, moving the tokens, folding
/// the events; deadlines are counted apart, because they cost calendars.</summary>
internal static class InterpreterBench
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static Task RunAsync(Arguments _)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "workflows", "processes", "voluntary-review.v1.yaml");
        var read = DefinitionReader.Read(YamlNodes.Parse(File.ReadAllText(path), path).Root!, path);
        var definition = read.Definition ?? throw new InvalidOperationException(string.Join('\n', read.Problems));
        foreach (var variant in (string[])["light", "desk"])
        {
            var script = Script(definition, variant);
            Report($"{variant}, decide + move + fold", script.Length, () => Play(definition, script, deadlines: false));
            Report($"{variant}, with deadlines", script.Length, () => Play(definition, script, deadlines: true));
        }

        return Task.CompletedTask;
    }

    /// <summary>The commands of one whole review.</summary>
    private static ImmutableArray<ProcessCommand> Script(ProcessDefinition definition, string variant)
    {
        var commands = ImmutableArray.CreateBuilder<ProcessCommand>();
        var facts = Facts(definition);
        var state = ProcessState.Initial(definition);
        ProcessCommand next = new ProcessCommand.Launch(new Acting(default, ["STATE_AUTH"]), variant, "national", ["stake_call"]);
        while (true)
        {
            commands.Add(next);
            var step = ProcessStep.Take(definition, state, next, facts, Start);
            state = ((Verdict<Step>.Accepted)step).Value.State;
            if (state.Status == ReviewStatus.Closed)
                return commands.ToImmutable();
            var turn = Turn.Of(definition, state, facts)[0];
            next = new ProcessCommand.Complete(new Acting(default, [turn.Roles[0]], turn.Branch), turn.Stage.Id);
        }
    }

    private static void Play(ProcessDefinition definition, ImmutableArray<ProcessCommand> script, bool deadlines)
    {
        var facts = Facts(definition);
        var state = ProcessState.Initial(definition);
        foreach (var command in script)
        {
            var decision = ((Verdict<Decision>.Accepted)Decider.Decide(definition, state, command, facts, Start)).Value;
            state = state.Evolve(decision.Events);
            state = state.Evolve(Interpreter.Advance(definition, state, decision.Signal!, facts, Start));
            if (deadlines)
                state = state.Evolve(Deadlines.Settle(definition, state, facts, Start));
        }

        if (state.Status != ReviewStatus.Closed)
            throw new InvalidOperationException("The review did not reach its end.");
    }

    private static void Report(string what, int decisions, Action play)
    {
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < TimeSpan.FromSeconds(1);)
            play();
        // The best of several short runs: a shared machine takes time away, it never gives any.
        var best = 0.0;
        for (var run = 0; run < 10; run++)
        {
            var plays = 0;
            var watch = Stopwatch.StartNew();
            for (; watch.Elapsed < TimeSpan.FromMilliseconds(300); plays++)
                play();
            best = Math.Max(best, plays * decisions / watch.Elapsed.TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32} {best,12:N0} decisions/s"));
    }

    private static readonly Dictionary<ProcessDefinition, ProcessFacts> Known = [];

    private static ProcessFacts Facts(ProcessDefinition definition)
    {
        if (!Known.TryGetValue(definition, out var facts))
        {
            Known[definition] = facts = new ProcessFacts
            {
                Guards = definition.Guards.ToDictionary(g => g.Id, _ => GuardAnswer.Yes, StringComparer.Ordinal),
                Conditions = definition.Conditions.ToDictionary(c => c.Id, _ => (bool?)false, StringComparer.Ordinal),
                Branches = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
                {
                    ["reviewing_state"] = ["AAA", "BBB"],
                    ["expert"] = ["e1", "e2", "e3", "e4"],
                },
            };
        }

        return facts;
    }
}
