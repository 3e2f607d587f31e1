using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;

namespace PeerReview.Conformance;

/// <summary>One review moved by an engine, a new one for each command, as after a restart.</summary>
internal sealed class EngineRun(Func<IProcessEngine> engine, ProcessDefinition definition)
{
    /// <summary>Business time of the next command, UTC.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public ProcessState State { get; private set; } = ProcessState.Initial(definition);

    public string EngineState { get; private set; } = "";

    public ProcessFacts Facts { get; set; } = new()
    {
        Guards = definition.Guards.ToImmutableDictionary(g => g.Id, _ => GuardAnswer.Yes),
        Conditions = definition.Conditions.ToImmutableDictionary(c => c.Id, _ => (bool?)false),
        Branches = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["reviewing_state"] = ["AAA", "BBB"],
            ["expert"] = ["e1", "e2", "e3"],
        },
    };

    public ImmutableArray<string> Open => [.. State.Open.Select(s => s.Id)];

    /// <summary>Where the review stands, as far as the order of what led there does not matter.</summary>
    public string Tokens => string.Concat(State.Stages.Select(s =>
        $"{(int)s.Status}{string.Concat(s.Parts.Select(p => $"{(int)p.Status}{string.Join('+', p.Completions.Select(c => c.Role).Order(StringComparer.Ordinal))}"))},"));

    public EngineRun Copy() => new(engine, definition) { Now = Now, State = State, EngineState = EngineState, Facts = Facts };

    /// <summary>Goes on with a review that was brought somewhere else to where it stands.</summary>
    public void TakeUp(ProcessState state, string engineState) => (State, EngineState) = (state, engineState);

    public Task LaunchAsync(string variant)
    {
        var optional = definition.Stages.Where(s => s.OptionalIn.Contains(variant, StringComparer.Ordinal)).Select(s => s.Id);
        return DoAsync(new ProcessCommand.Launch(
            ProcessEngineConformance.By(definition.First.Acts[0]), variant, "national", [.. optional]));
    }

    public Task CompleteAsync(string stage, string role, string? branch = null) =>
        DoAsync(new ProcessCommand.Complete(ProcessEngineConformance.By(role, branch), stage));

    public async Task DoAsync(ProcessCommand command)
    {
        var decided = Decider.Decide(definition, State, command, Facts, Now);
        var decision = decided is Verdict<Decision>.Accepted { Value: var accepted }
            ? accepted
            : throw new InvalidOperationException($"{command} was refused: {((Verdict<Decision>.Refused)decided).Reason}");
        var after = State.Evolve(decision.Events);
        if (decision.Signal is { } signal)
        {
            var call = new EngineCall(definition, after, signal, Facts, Now);
            var result = State.Status == ReviewStatus.NotLaunched
                ? await engine().StartAsync(call, CancellationToken.None)
                : await engine().AdvanceAsync(EngineState, call, CancellationToken.None);
            EngineState = result.EngineState;
            after = after.Evolve(result.Moves);
        }

        State = after.Evolve(Deadlines.Settle(definition, after, Facts, Now));
    }

    /// <summary>Advances with a text that is not this review's.</summary>
    public async Task AdvanceWithAsync(string engineState, string stage, string role)
    {
        EngineState = engineState;
        await CompleteAsync(stage, role);
    }

    public async Task FinishAsync(string stage)
    {
        while (Turn.Of(definition, State, Facts).FirstOrDefault(t => t.Stage.Id == stage) is { } turn)
            await CompleteAsync(stage, turn.Roles[0], turn.Branch);
    }

    public async Task ReachAsync(string stage)
    {
        while (State[stage].Status != StageStatus.Open)
        {
            var turn = Turn.Of(definition, State, Facts).First(t => t.Stage.Id != stage);
            await CompleteAsync(turn.Stage.Id, turn.Roles[0], turn.Branch);
        }
    }
}
