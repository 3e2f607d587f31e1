using System.Collections.Immutable;
using System.Diagnostics;

namespace PeerReview.Core.Process;

/// <summary>Says whether a command is accepted and what then happened: rights, guards and limits. Pure.</summary>
/// <remarks>It moves no tokens: the signal it returns is for the engine.</remarks>
public static class Decider
{
    /// <summary>Decides one command.</summary>
    /// <param name="facts">Must answer every guard of <see cref="GuardsAsked"/>.</param>
    /// <param name="now">Business time, UTC.</param>
    public static Verdict<Decision> Decide(
        ProcessDefinition definition, ProcessState state, ProcessCommand command, ProcessFacts facts, DateTimeOffset now)
    {
        var on = new Deciding(definition, state, facts, now);
        return command switch
        {
            ProcessCommand.Complete c => StageDecisions.Complete(on, c),
            ProcessCommand.Launch c => ReviewDecisions.Launch(on, c),
            ProcessCommand.Fail c => StageDecisions.Fail(on, c),
            ProcessCommand.Return c => StageDecisions.Return(on, c),
            ProcessCommand.Waive c => StageDecisions.Waive(on, c),
            ProcessCommand.Skip c => StageDecisions.Skip(on, c),
            ProcessCommand.Extend c => ClockDecisions.Extend(on, c),
            ProcessCommand.Pause c => ClockDecisions.Pause(on, c),
            ProcessCommand.ResumeClock c => ClockDecisions.ResumeClock(on, c),
            ProcessCommand.ChangeVariant c => ReviewDecisions.ChangeVariant(on, c),
            ProcessCommand.Defer c => ReviewDecisions.Defer(on, c),
            ProcessCommand.Suspend c => ReviewDecisions.Suspend(on, c),
            ProcessCommand.Resume c => ReviewDecisions.Resume(on, c),
            ProcessCommand.Withdraw c => ReviewDecisions.Withdraw(on, c),
            ProcessCommand.Replace c => StageDecisions.Replace(on, c),
            ProcessCommand.Lapse c => StageDecisions.Lapse(on, c),
            _ => throw new UnreachableException($"No decision for {command.GetType().Name}."),
        };
    }

    /// <summary>The guards a command may ask for, so that the domain answers these and no others.</summary>
    public static ImmutableArray<string> GuardsAsked(ProcessDefinition definition, ProcessCommand command)
    {
        var stage = StageLeft(definition, command);
        return stage is null ? [] : [.. stage.Exit.Select(e => e.Guard)];
    }

    /// <summary>The stage a command would leave; null where it leaves none.</summary>
    public static Stage? StageLeft(ProcessDefinition definition, ProcessCommand command) => command switch
    {
        ProcessCommand.Launch => definition.First,
        ProcessCommand.Complete c => definition.FindStage(c.Stage),
        ProcessCommand.Lapse c => definition.FindStage(c.Stage),
        ProcessCommand.Waive c => definition.FindStage(c.Stage),
        _ => null,
    };
}

/// <summary>What a decision is about.</summary>
internal sealed record Deciding(
    ProcessDefinition Definition, ProcessState State, ProcessFacts Facts, DateTimeOffset Now)
{
    /// <summary>Why nothing is done while the review does not run; null when it runs.</summary>
    public Refusal? NotRunning() => State.Status switch
    {
        ReviewStatus.Running => null,
        ReviewStatus.NotLaunched => ProcessRefusals.Conflict(ProcessRefusals.NotLaunched),
        ReviewStatus.Deferred => ProcessRefusals.Conflict(ProcessRefusals.ReviewDeferred)
            .With("until", State.DeferredUntil!.Value.Text()),
        ReviewStatus.Suspended => ProcessRefusals.Conflict(ProcessRefusals.ReviewSuspended),
        ReviewStatus.Withdrawn => ProcessRefusals.Conflict(ProcessRefusals.ReviewWithdrawn),
        ReviewStatus.Closed => ProcessRefusals.Conflict(ProcessRefusals.ReviewClosed),
    };

    /// <summary>The role under which somebody may give a steering command; null when under none.</summary>
    public string? MaySteer(Acting by, string command)
    {
        if (!Definition.May.TryGetValue(command, out var roles))
            return null;
        foreach (var role in roles)
        {
            if (IsHeldBy(by, role))
                return role;
        }

        return null;
    }

    /// <summary>The refusal of a steering command, naming who may.</summary>
    public Refusal MayNotSteer(string command) => ProcessRefusals.NotAllowed(
        ProcessRefusals.NotYourCommand, Definition.May.GetValueOrDefault(command, []));

    public bool IsHeldBy(Acting by, string role)
    {
        foreach (var held in by.Roles)
        {
            if (Definition.ActsAs(held, role))
                return true;
        }

        return false;
    }
}
