using PeerReview.Core.Process;

namespace PeerReview.Testing;

/// <summary>What holds after every command.</summary>
public static class WalkInvariants
{
    /// <summary>The first thing that does not hold; null when all does.</summary>
    /// <param name="fold">Whether to fold the whole history too.</param>
    public static string? Broken(WalkStep step, bool fold)
    {
        var state = step.Step.State;
        return (fold ? Folding(step) : null) ?? Tokens(step) ?? Limits(state) ?? Deadlines(step) ?? Repetition(step);
    }

    private static string? Folding(WalkStep step)
    {
        var state = step.Step.State;
        var folded = step.History.Aggregate(ProcessState.Initial(state.Definition), (s, e) => s.Evolve(e));
        if (!folded.Equals(state))
            return "the events do not fold to the state";
        if (!ProcessJson.ReadState(state.Definition, ProcessJson.WriteState(state)).Equals(state))
            return "the state does not survive its text";
        var lost = step.Step.Events.FirstOrDefault(
            e => ProcessJson.Write(ProcessJson.Read(ProcessJson.KindOf(e), ProcessJson.Write(e))) != ProcessJson.Write(e));
        return lost is null ? null : $"{lost} does not survive its text";
    }

    private static string? Tokens(WalkStep step)
    {
        var state = step.Step.State;
        foreach (var stage in state.Definition.Stages)
        {
            var status = state[stage].Status;
            var ready = stage.After.All(a => state[a].Status.IsClosed());
            if (status == StageStatus.Open && !ready)
                return $"{stage.Id} is open before its time";
            if (status == StageStatus.Open && !state.Exists(stage))
                return $"{stage.Id} is open but does not exist in {state.Variant}";
            if (status == StageStatus.Open && state[stage].Parts.All(p => p.Status != PartStatus.Open))
                return $"{stage.Id} is open with nothing left to do";
            // What has become known moves nothing by itself: the next signal finds it.
            var unknown = stage.When is { } condition && (step.Decision.Signal is null || IsUnknown(step.Facts, condition));
            if (status == StageStatus.Waiting && ready && !unknown && state.Status != ReviewStatus.NotLaunched)
                return $"{stage.Id} waits for nothing";
            if (status == StageStatus.Open && step.Before[stage].Status == StageStatus.Waiting && stage.When is { } when && IsUnknown(step.Facts, when))
                return $"{stage.Id} opened before anybody knew whether it takes place";
        }

        return state.Status == ReviewStatus.Closed && state.Stages.Any(s => !s.Status.IsClosed())
            ? "the review is closed and a stage is not"
            : null;
    }

    private static bool IsUnknown(ProcessFacts facts, string condition) =>
        facts.Conditions.TryGetValue(condition, out var holds) && holds is null;

    private static string? Limits(ProcessState state)
    {
        foreach (var stage in state.Definition.Stages)
        {
            if (state[stage].Returns > (stage.Return?.Max ?? 0))
                return $"{stage.Id} sent back too often";
            if (state[stage].Parts.Any(p => p.Extensions > (stage.Extend?.Times ?? 0)))
                return $"{stage.Id} was extended too often";
        }

        return null;
    }

    private static string? Deadlines(WalkStep step)
    {
        var state = step.Step.State;
        foreach (var stage in state.Open)
        {
            foreach (var part in state[stage].Parts.Where(p => p.Status == PartStatus.Open))
            {
                if (part.Deadline is not { } deadline)
                    return $"{stage.Id}/{part.Branch} has no deadline";
                var earlier = step.Before[stage].Round == state[stage].Round ? step.Before[stage].Part(part.Branch)?.Deadline : null;
                if (earlier is not null && earlier.Day > deadline.Day)
                    return $"the deadline of {stage.Id}/{part.Branch} moved forward";
                if (earlier is not null && earlier != deadline
                    && !step.Step.Events.Any(e => e is ProcessEvent.DeadlineSet d && d.Stage == stage.Id && d.Branch == part.Branch))
                {
                    return $"the deadline of {stage.Id}/{part.Branch} moved without an event";
                }
            }
        }

        return null;
    }

    private static string? Repetition(WalkStep step)
    {
        if (step.Decision.Signal is not { } signal)
            return null;
        var again = Interpreter.Advance(step.Step.State.Definition, step.Step.State, signal, step.Facts, step.Now);
        return again.IsEmpty ? null : $"{signal} told twice moved {again[0]}";
    }
}
