using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Collects the moves of one signal and keeps the tokens up to date while doing so: what becomes of a stage when an
/// engine says that its turn has come, that it is done, waived, failed or sent back.</summary>
/// <remarks>Which stage an engine asks about, and when, is the engine's own; <see cref="Interpreter"/> is one.</remarks>
public sealed class StageMoves(ProcessDefinition definition, ProcessState state, ProcessFacts facts, DateTimeOffset now)
{
    private readonly ImmutableArray<ProcessEvent>.Builder _events = ImmutableArray.CreateBuilder<ProcessEvent>(4);
    private readonly ulong _exists = state.ExistsMask;
    private ulong _closed = state.ClosedMask;
    private ulong _open = state.OpenMask;
    private ulong _failed;

    /// <summary>Moves made so far.</summary>
    public int Count => _events.Count;

    /// <summary>The stage as it stands after the moves made so far.</summary>
    public StageState this[Stage stage] => state.Evolve(_events.ToImmutable())[stage];

    /// <summary>Whether the stage is open now.</summary>
    public bool IsOpen(Stage stage) => (_open & stage.Bit) != 0;

    /// <summary>Whether the turn of the stage has come: it waits, everything before it is closed, and it is known whether it takes
    /// place.</summary>
    public bool MayEnter(Stage stage) =>
        ((_closed | _open) & stage.Bit) == 0 && (_closed & stage.AfterMask) == stage.AfterMask && !HasEnded && IsDecided(stage);

    /// <summary>Whether the last stage is closed.</summary>
    public bool HasEnded => (_closed & definition.End.Bit) != 0;

    /// <summary>All moves, in order. Nothing can be added afterwards.</summary>
    public ImmutableArray<ProcessEvent> ToImmutable() => _events.DrainToImmutable();

    /// <summary>The moves of an engine that enters stages in an order of its own, as the interpreter lists them: what
    /// happens at one instant is told in the order in which the definition reaches the stages.</summary>
    /// <param name="entered">How many moves there were before the first stage was entered.</param>
    public ImmutableArray<ProcessEvent> ToImmutable(int entered)
    {
        var moves = ToImmutable();
        return [.. moves.Take(entered), .. moves.Skip(entered).OrderBy(PlaceOf)];

        int PlaceOf(ProcessEvent move) => move switch
        {
            ProcessEvent.StageOpened e => definition.Ordered.IndexOf(definition.Stage(e.Stage)),
            ProcessEvent.StageSkipped { Cause: not SkipCause.Ended } e => definition.Ordered.IndexOf(definition.Stage(e.Stage)),
            _ => int.MaxValue,
        };
    }

    /// <summary>The review is launched: its first stage opens and is done.</summary>
    public void Launch()
    {
        var first = definition.First;
        if (((_open | _closed) & first.Bit) != 0)
            return;
        Open(first, [], []);
        Close(first, StageStatus.Done);
    }

    /// <summary>A role did its part: closes the branch, and the stage with the last one, if nothing is missing.</summary>
    public void Complete(Stage stage, string? branch)
    {
        if ((_open & stage.Bit) == 0)
            return;
        var at = state[stage];
        var i = at.IndexOf(branch);
        if (i < 0 || at.Parts[i].Status != PartStatus.Open || !Interpreter.IsDone(stage, at.Parts[i]))
            return;
        ClosePart(stage, i, PartStatus.Done, StageStatus.Done);
    }

    /// <summary>The right the stage, or one branch of it, protects was given up.</summary>
    public void Waive(Stage stage, string? branch)
    {
        if ((_open & stage.Bit) == 0)
            return;
        var at = state[stage];
        var i = at.IndexOf(branch);
        if (i >= 0 && at.Parts[i].Status == PartStatus.Open)
            ClosePart(stage, i, PartStatus.Waived, StageStatus.Waived);
    }

    /// <summary>The stage failed.</summary>
    public void Fail(Stage stage)
    {
        if (IsOpen(stage))
            Close(stage, StageStatus.Failed);
    }

    /// <summary>The optional stage is left out though it is open already.</summary>
    public void LeaveOut(Stage stage)
    {
        if (IsOpen(stage))
            Skip(stage, SkipCause.Optional);
    }

    /// <summary>What lies between the stage sent back and the one that sent it waits again; so does whatever is open beyond.</summary>
    public void Return(Stage from, Stage to)
    {
        if ((_closed & to.Bit) == 0 || (_open & from.Bit) == 0)
            return;
        foreach (var stage in definition.Ordered)
        {
            var between = (definition.Descendants[to.Index] & stage.Bit) != 0 && (definition.Descendants[stage.Index] & from.Bit) != 0;
            if ((stage.Index == to.Index || stage.Index == from.Index || between) && ((_open | _closed) & stage.Bit) != 0)
                Reset(stage, ResetCause.Returned);
        }

        ResetPremature(ResetCause.Returned);
    }

    /// <summary>Stages the old variant lacked, or had no need of, wait for their turn, unless what comes after them is already done;
    /// those the new one has no need of end.</summary>
    public void ChangeVariant()
    {
        ulong worked = 0;
        foreach (var stage in definition.Stages)
        {
            if (state[stage].Status is StageStatus.Done or StageStatus.Waived or StageStatus.Failed)
                worked |= stage.Bit;
        }

        foreach (var stage in definition.Ordered)
        {
            var exists = !IsAbsent(stage);
            if (exists && WasLacking(stage) && (definition.Descendants[stage.Index] & worked) == 0)
                Reset(stage, ResetCause.Variant);
            else if (!exists && IsOpen(stage))
                Skip(stage, SkipCause.Absent);
            else if (IsOpen(stage) && stage.When is { } condition && Answer(condition) == false)
                Skip(stage, SkipCause.Condition, condition);
        }

        ResetPremature(ResetCause.Variant);
    }

    /// <summary>One branch key took the place of another wherever its branch is open.</summary>
    public void Replace(Signal.Replaced signal)
    {
        foreach (var stage in state.Open)
        {
            var at = state[stage];
            var i = at.IndexOf(signal.From);
            if (i < 0 || at.Parts[i].Status != PartStatus.Open || stage.Each[at.Parts[i].Group].Over != signal.Over)
                continue;
            _events.Add(new ProcessEvent.PartClosed(now, signal.From, PartStatus.Dropped, stage.Id));
            _events.Add(new ProcessEvent.BranchOpened(now, signal.To, signal.Over, stage.Id));
        }
    }

    /// <summary>The turn of the stage has come: it opens, or is skipped.</summary>
    /// <returns>Whether it is open now.</returns>
    public bool Enter(Stage stage)
    {
        if (IsAbsent(stage))
            Skip(stage, SkipCause.Absent);
        else if (IsLeftOut(stage))
            Skip(stage, SkipCause.Optional);
        else if (stage.When is { } condition && Answer(condition) == false)
            Skip(stage, SkipCause.Condition, condition);
        else if (stage.Each.IsEmpty)
            Open(stage, [], []);
        else
            FanOut(stage);
        return IsOpen(stage);
    }

    /// <summary>Ends the review, once its last stage is closed: whatever is left does not take place.</summary>
    public void EndReview()
    {
        if (!HasEnded || state.Status == ReviewStatus.Closed)
            return;
        foreach (var stage in definition.Ordered)
        {
            if ((_closed & stage.Bit) == 0)
                Skip(stage, SkipCause.Ended);
        }

        _events.Add(new ProcessEvent.ReviewClosed(now));
    }

    private void FanOut(Stage stage)
    {
        var keys = ImmutableArray.CreateBuilder<BranchKey>();
        var quorum = ImmutableArray.CreateBuilder<int>(stage.Each.Length);
        foreach (var each in stage.Each)
        {
            var before = keys.Count;
            foreach (var key in facts.Branches.GetValueOrDefault(each.Over, []))
            {
                if (!keys.Any(k => k.Key == key))
                    keys.Add(new BranchKey(key, each.Over));
            }

            var count = keys.Count - before;
            var wanted = facts.Quorum.TryGetValue(stage.Id, out var known) ? known : each.Quorum ?? count;
            quorum.Add(Math.Clamp(wanted, 0, count));
        }

        if (keys.Count == 0 && stage.Beside.IsEmpty)
            Skip(stage, SkipCause.NoBranches);
        else
            Open(stage, keys.ToImmutable(), quorum.MoveToImmutable());
    }

    private bool IsAbsent(Stage stage) => (_exists & stage.Bit) == 0;

    private bool IsLeftOut(Stage stage) => (state.ChosenSkips & stage.Bit) != 0 && stage.OptionalIn.Has(state.Variant);

    private bool IsDecided(Stage stage) =>
        stage.When is not { } condition || IsAbsent(stage) || IsLeftOut(stage) || Answer(condition) is not null;

    /// <summary>Whether the stage was skipped for what the variant was, and may take place in another.</summary>
    private bool WasLacking(Stage stage) => state[stage].Skipped switch
    {
        SkipCause.Absent => true,
        // What may be left out of a lighter variant and not of this one.
        SkipCause.Optional => !IsLeftOut(stage),
        SkipCause.Condition => Answer(stage.When!) != false,
        _ => false,
    };

    /// <summary>Whether a condition holds; null while nobody can know.</summary>
    private bool? Answer(string condition)
    {
        foreach (var c in definition.Conditions)
        {
            if (c.Id != condition)
                continue;
            if (c.FailedStage is not { } failed)
                break;
            var stage = definition.Stage(failed);
            return state[stage].Status == StageStatus.Failed || (_failed & stage.Bit) != 0;
        }

        return facts.Conditions.TryGetValue(condition, out var holds)
            ? holds
            : throw new InvalidOperationException($"Nobody answered the condition {condition}.");
    }

    private void ClosePart(Stage stage, int part, PartStatus partHow, StageStatus stageHow)
    {
        var at = state[stage];
        if (at.Parts.Length > 1)
        {
            _events.Add(new ProcessEvent.PartClosed(now, at.Parts[part].Branch, partHow, stage.Id));
            if (!Interpreter.IsComplete(at, part))
                return;
            // Waived only if nobody did any work in it.
            var worked = at.Parts.Where((p, i) => i != part && p.Status == PartStatus.Done).Any();
            stageHow = worked ? StageStatus.Done : stageHow;
        }

        Close(stage, stageHow);
    }

    private void ResetPremature(ResetCause cause)
    {
        foreach (var stage in definition.Ordered)
        {
            if ((_open & stage.Bit) != 0 && (_closed & stage.AfterMask) != stage.AfterMask)
                Reset(stage, cause);
        }
    }

    private void Open(Stage stage, ImmutableArray<BranchKey> branches, ImmutableArray<int> quorum)
    {
        _open |= stage.Bit;
        _events.Add(new ProcessEvent.StageOpened(now, branches, stage.When, quorum, stage.Id));
    }

    private void Close(Stage stage, StageStatus how)
    {
        _open &= ~stage.Bit;
        _closed |= stage.Bit;
        if (how == StageStatus.Failed)
            _failed |= stage.Bit;
        _events.Add(new ProcessEvent.StageClosed(now, how, stage.Id));
    }

    private void Skip(Stage stage, SkipCause cause, string? condition = null)
    {
        _open &= ~stage.Bit;
        _closed |= stage.Bit;
        _events.Add(new ProcessEvent.StageSkipped(now, cause, condition, stage.Id));
    }

    private void Reset(Stage stage, ResetCause cause)
    {
        _open &= ~stage.Bit;
        _closed &= ~stage.Bit;
        _events.Add(new ProcessEvent.StageReset(now, cause, stage.Id));
    }
}
