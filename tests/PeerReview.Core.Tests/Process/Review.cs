using System.Collections.Immutable;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using Xunit;

namespace PeerReview.Core.Tests.Process;

/// <summary>One review in the hands of a test: everything holds and nothing rolls unless the test says otherwise.</summary>
internal sealed class Review(ProcessDefinition definition)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public ProcessDefinition Definition { get; } = definition;

    public DateTimeOffset Now { get; private set; } = Start;

    public ProcessFacts Facts { get; set; } = Everything(definition);

    public List<ProcessEvent> Events { get; } = [];

    public ProcessState State { get; private set; } = ProcessState.Initial(definition);

    public static Review Launched(string variant, string subject = "national", params string[] leaveOut)
    {
        var review = new Review(Shipped.Voluntary);
        review.Accept(new ProcessCommand.Launch(As("STATE_AUTH"), variant, subject, [.. leaveOut]));
        return review;
    }

    /// <summary>A review brought to the point where these stages are open, each other stage being done as it comes.</summary>
    public static Review At(string variant, params string[] stages)
    {
        var review = Launched(variant, "national", "stake_call");
        review.Reach(stages);
        return review;
    }

    public static ProcessFacts Everything(ProcessDefinition definition) => new()
    {
        Rolling = false,
        Guards = definition.Guards.ToImmutableDictionary(g => g.Id, _ => GuardAnswer.Yes),
        Conditions = new Dictionary<string, bool?> { ["working_language_differs"] = false, ["stakeholder_inputs_exist"] = false },
        Branches = new Dictionary<string, ImmutableArray<string>>
        {
            ["reviewing_state"] = ["AAA", "BBB"],
            ["expert"] = ["e1", "e2", "e3"],
            ["participating_state"] = ["CCC", "DDD"],
            ["endorsing_state"] = [],
        },
    };

    /// <summary>A person who holds these roles; the same person for the same roles.</summary>
    public static Acting As(string roles, string? branch = null) => new(
        new PersonId(new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(roles + branch)).AsSpan(0, 16))),
        [.. roles.Split(' ')], branch);

    public void Pass(int days) => Now = Now.AddDays(days);

    public void Pass(TimeSpan time) => Now += time;

    public ImmutableArray<ProcessEvent> Accept(ProcessCommand command)
    {
        switch (ProcessStep.Take(Definition, State, command, Facts, Now))
        {
            case Verdict<Step>.Accepted { Value: var step }:
                Events.AddRange(step.Events);
                State = step.State;
                return step.Events;
            case Verdict<Step>.Refused { Reason: var reason }:
                throw new InvalidOperationException($"{command} was refused: {reason.Code} {string.Join(", ", reason.Args)}");
            default:
                throw new InvalidOperationException();
        }
    }

    /// <summary>Sees that the command is refused with this code, and that nothing changed.</summary>
    public Refusal Refuse(string code, ProcessCommand command)
    {
        var before = State;
        var refused = Assert.IsType<Verdict<Step>.Refused>(ProcessStep.Take(Definition, State, command, Facts, Now));
        Assert.Equal(code, refused.Reason.Code);
        Assert.Same(before, State);
        return refused.Reason;
    }

    public void Done(string stage, string role, string? branch = null) =>
        Accept(new ProcessCommand.Complete(As(role, branch), stage));

    public ImmutableArray<string> Open => [.. State.Open.Select(s => s.Id)];

    public Forecast Forecast() =>
        Core.Process.Forecast.Of(Definition, State, Facts, DueDay.In(TimeZoneInfo.Utc, Now), []);

    public Deadline? Deadline(string stage, string? branch = null) => State[stage].Part(branch)?.Deadline;

    /// <summary>Does what there is to do, a stage at a time, until all of these are open.</summary>
    public void Reach(params string[] stages)
    {
        while (stages.Any(s => State[s].Status != StageStatus.Open))
        {
            var turn = Turn.Of(Definition, State, Facts).First(t => !stages.Contains(t.Stage.Id));
            Done(turn.Stage.Id, turn.Roles[0], turn.Branch);
        }
    }

    /// <summary>Does a stage, all its parts and roles.</summary>
    public void Finish(string stage)
    {
        while (Turn.Of(Definition, State, Facts).FirstOrDefault(t => t.Stage.Id == stage) is { } turn)
            Done(stage, turn.Roles[0], turn.Branch);
    }
}
