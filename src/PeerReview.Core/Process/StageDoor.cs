namespace PeerReview.Core.Process;

/// <summary>Whether a stage can be worked in now, for work that is no step of the process: answers, files, questions.</summary>
public static class StageDoor
{
    /// <summary>Why nobody can work in a stage now; null when it is open and the review runs.</summary>
    /// <returns>The same refusals a command on the stage would get: <c>process.too-early</c>, <c>process.already-done</c>,
    /// <c>process.suspended</c> ….</returns>
    public static Refusal? Closed(ProcessState state, string stage)
    {
        var on = new Deciding(state.Definition, state, new ProcessFacts(), default);
        return Rights.FindStage(on, stage, out var found) ?? Rights.NotOpen(on, found);
    }

    /// <summary>The same for one person: why they cannot do their part of it now; null when they can.</summary>
    public static Refusal? Closed(ProcessState state, string stage, Acting by)
    {
        var on = new Deciding(state.Definition, state, new ProcessFacts(), default);
        return Rights.FindStage(on, stage, out var found) is { } no ? no
            : Rights.Find(on, found, by, out var place) is { } notYours ? notYours
            : place.PartState.Status == PartStatus.Open ? null
            : ProcessRefusals.Of(ProcessRefusals.AlreadyDone, found).With("role", place.Role);
    }

    /// <summary>Whether what somebody does is the last thing their part of an open stage waits for.</summary>
    /// <param name="facts">Who holds which role.</param>
    public static bool Finishes(ProcessState state, string stage, Acting by, ProcessFacts facts)
    {
        var on = new Deciding(state.Definition, state, facts, default);
        return Rights.FindStage(on, stage, out var found) is null && Rights.Find(on, found, by, out var place) is null
            && Rights.NotTurn(on, place, out _, out var finishes) is null && finishes;
    }

    /// <summary>Why it is not the turn of somebody who acts in a stage: beside the reasons above, that they have done their part, or that
    /// in a sequence somebody before them has not done theirs; null when it is.</summary>
    /// <param name="facts">Who holds which role.</param>
    public static Refusal? NotTheirTurn(ProcessState state, string stage, Acting by, ProcessFacts facts)
    {
        var on = new Deciding(state.Definition, state, facts, default);
        return Rights.FindStage(on, stage, out var found) ?? Rights.Find(on, found, by, out var place) ?? Rights.NotTurn(on, place, out _, out _);
    }
}
