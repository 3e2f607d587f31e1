using System.Collections.Immutable;
using System.Diagnostics;

namespace PeerReview.Core.Process;

public sealed partial record ProcessState
{
    /// <summary>The state after one more event. Total: every kind of event is folded in every state.</summary>
    public ProcessState Evolve(ProcessEvent @event) => @event switch
    {
        ProcessEvent.PartCompleted e => On(e),
        ProcessEvent.StageOpened e => On(e),
        ProcessEvent.StageClosed e => On(e),
        ProcessEvent.DeadlineSet e => WithPart(e.Stage, e.Branch, p => p with { Deadline = new(e.Starts, e.Day, e.Zone, e.Why) }),
        ProcessEvent.StageSkipped e => On(e),
        ProcessEvent.PartClosed e => WithPart(e.Stage, e.Branch, p => p with { Status = e.How, ClosedAt = e.At }),
        ProcessEvent.Extended e => WithPart(e.Stage, e.Branch, p => p with { Extensions = p.Extensions + 1 }),
        ProcessEvent.SilenceCounted e => WithPart(e.Stage, e.Branch, p => p with { Silent = true }),
        ProcessEvent.StageReset e => With(e.Stage, s => s with
        {
            Status = StageStatus.Waiting, OpenedAt = null, ClosedAt = null, Skipped = null, Parts = [], Quorum = [],
        }),
        ProcessEvent.BranchOpened e => On(e),
        ProcessEvent.FailureDeclared or ProcessEvent.RightWaived => this,
        ProcessEvent.Returned e => With(e.Stage, s => s with { Returns = s.Returns + 1 })
            .With(e.To, s => s with { ReturnedBy = e.Stage }),
        ProcessEvent.SkipChosen e => this with { ChosenSkips = ChosenSkips | Definition.Stage(e.Stage).Bit },
        _ => EvolveReview(@event),
    };

    /// <summary>The state after all of them, in order.</summary>
    public ProcessState Evolve(ImmutableArray<ProcessEvent> events)
    {
        var state = this;
        foreach (var e in events)
            state = state.Evolve(e);
        return state;
    }

    private ProcessState EvolveReview(ProcessEvent @event) => @event switch
    {
        ProcessEvent.Launched e => On(e),
        ProcessEvent.ClockPaused e => this with { Pauses = Pauses.Add(new(e.Party, e.Branch, e.Reason, e.At)) },
        ProcessEvent.ClockResumed e => this with
        {
            Pauses = Pauses.RemoveAll(p => p.Party == e.Party && p.Branch == e.Branch),
        },
        ProcessEvent.VariantChanged e => this with { Variant = e.To },
        ProcessEvent.Deferred e => this with
        {
            Status = ReviewStatus.Deferred, StatusSince = e.At, DeferredUntil = e.Until, Deferrals = Count(e.Rule),
        },
        ProcessEvent.Suspended e => this with { Status = ReviewStatus.Suspended, StatusSince = StatusSince ?? e.At },
        ProcessEvent.Resumed e => On(e),
        ProcessEvent.Withdrawn e => this with { Status = ReviewStatus.Withdrawn, StatusSince = e.At, DeferredUntil = null },
        ProcessEvent.BranchReplaced => this,
        ProcessEvent.ReviewClosed e => this with { Status = ReviewStatus.Closed, StatusSince = e.At },
        _ => throw new UnreachableException($"No fold for {@event.GetType().Name}."),
    };

    private ProcessState On(ProcessEvent.Launched e) => this with
    {
        Status = ReviewStatus.Running,
        Variant = e.Variant,
        Subject = e.Subject,
        LaunchedAt = e.At,
        ChosenSkips = e.Skip.Aggregate(0UL, (mask, id) => mask | Definition.Stage(id).Bit),
        Deferrals = [.. Enumerable.Repeat(0, Definition.Limits.Deferral.Length)],
    };

    private ProcessState On(ProcessEvent.PartCompleted e) => WithPart(e.Stage, e.Branch, p =>
    {
        if (e.Passed.IsEmpty)
            return p with { Completions = p.Completions.Add(new(e.Role, e.Person, e.At)) };
        var passed = e.Passed.Where(r => !p.HasDone(r)).Select(r => new Completion(r, null, e.At));
        return p with { Completions = [.. p.Completions, .. passed, new(e.Role, e.Person, e.At)] };
    });

    private ProcessState On(ProcessEvent.StageOpened e)
    {
        var stage = Definition.Stage(e.Stage);
        var beside = stage.Beside.IsEmpty ? 0 : 1;
        var parts = ImmutableArray.CreateBuilder<PartState>(e.Branches.Length + beside);
        if (beside == 1)
            parts.Add(new PartState { OpenedAt = e.At });
        foreach (var branch in e.Branches)
            parts.Add(new PartState { OpenedAt = e.At, Branch = branch.Key, Group = GroupOf(stage, branch.Over) });
        var was = Stages[stage.Index];
        return WithStage(stage, was with
        {
            Status = StageStatus.Open,
            OpenedAt = e.At,
            ClosedAt = null,
            Skipped = null,
            Round = was.Round + 1,
            Parts = parts.MoveToImmutable(),
            Quorum = e.Quorum,
        });
    }

    private ProcessState On(ProcessEvent.StageClosed e)
    {
        var stage = Definition.Stage(e.Stage);
        var was = Stages[stage.Index];
        var how = was.Parts.Length > 1 ? PartStatus.Dropped : e.How switch
        {
            StageStatus.Done => PartStatus.Done,
            StageStatus.Waived => PartStatus.Waived,
            _ => PartStatus.Dropped,
        };
        return WithStage(stage, was with
        {
            Status = e.How, ClosedAt = e.At, ReturnedBy = null, Parts = CloseOpen(was.Parts, how, e.At),
        });
    }

    private ProcessState On(ProcessEvent.StageSkipped e)
    {
        var stage = Definition.Stage(e.Stage);
        var was = Stages[stage.Index];
        return WithStage(stage, was with
        {
            Status = StageStatus.Skipped,
            ClosedAt = e.At,
            Skipped = e.Cause,
            ReturnedBy = null,
            Parts = CloseOpen(was.Parts, PartStatus.Dropped, e.At),
        });
    }

    private ProcessState On(ProcessEvent.BranchOpened e)
    {
        var stage = Definition.Stage(e.Stage);
        var part = new PartState { OpenedAt = e.At, Branch = e.Key, Group = GroupOf(stage, e.Over) };
        return WithStage(stage, Stages[stage.Index] with { Parts = Stages[stage.Index].Parts.Add(part) });
    }

    private ProcessState On(ProcessEvent.Resumed e)
    {
        // A clock that stood before the interruption stands as long as before; the interruption itself is counted once.
        var gone = StatusSince is { } since ? e.At - since : TimeSpan.Zero;
        return this with
        {
            Status = ReviewStatus.Running,
            StatusSince = null,
            DeferredUntil = null,
            Pauses = [.. Pauses.Select(p => p with { Since = p.Since + gone })],
        };
    }

    private static ImmutableArray<PartState> CloseOpen(ImmutableArray<PartState> parts, PartStatus how, DateTimeOffset at)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Status == PartStatus.Open)
                parts = parts.SetItem(i, parts[i] with { Status = how, ClosedAt = at });
        }

        return parts;
    }

    private static int GroupOf(Stage stage, string over)
    {
        for (var i = 0; i < stage.Each.Length; i++)
        {
            if (stage.Each[i].Over == over)
                return i;
        }

        return -1;
    }

    private ImmutableArray<int> Count(int rule) =>
        rule < Deferrals.Length ? Deferrals.SetItem(rule, Deferrals[rule] + 1) : Deferrals;

    private ProcessState With(string stage, Func<StageState, StageState> change) =>
        WithStage(Definition.Stage(stage), change(this[stage]));

    private ProcessState WithPart(string stage, string? branch, Func<PartState, PartState> change)
    {
        var s = Definition.Stage(stage);
        var was = Stages[s.Index];
        var i = was.IndexOf(branch);
        return i < 0 ? this : WithStage(s, was with { Parts = was.Parts.SetItem(i, change(was.Parts[i])) });
    }

    private ProcessState WithStage(Stage stage, StageState state) => this with
    {
        Stages = Stages.SetItem(stage.Index, state),
        OpenMask = state.Status == StageStatus.Open ? OpenMask | stage.Bit : OpenMask & ~stage.Bit,
        ClosedMask = state.Status.IsClosed() ? ClosedMask | stage.Bit : ClosedMask & ~stage.Bit,
    };
}
