using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PeerReview.Core.Process;

public sealed partial record ProcessState
{
    /// <summary>The state after one more event. Total: every kind of event is folded in every state.</summary>
    public ProcessState Evolve(ProcessEvent @event)
    {
        var fold = new StateFold(this);
        fold.Apply(@event);
        return fold.ToState();
    }

    /// <summary>The state after all of them, in order; copies once.</summary>
    public ProcessState Evolve(ImmutableArray<ProcessEvent> events)
    {
        if (events.IsEmpty)
            return this;
        var fold = new StateFold(this);
        foreach (var e in events)
            fold.Apply(e);
        return fold.ToState();
    }

    /// <summary>The state after all of them, in order; copies once.</summary>
    public ProcessState Evolve(IEnumerable<ProcessEvent> events)
    {
        var fold = new StateFold(this);
        foreach (var e in events)
            fold.Apply(e);
        return fold.ToState();
    }

    /// <summary>Folds events into a copy that nobody else sees until it is done.</summary>
    private ref struct StateFold(ProcessState state)
    {
        private readonly ProcessDefinition _definition = state.Definition;
        private ProcessState _review = state;
        private StageState[]? _stages;
        private ulong _open = state.OpenMask;
        private ulong _closed = state.ClosedMask;

        public readonly ProcessState ToState() => _stages is null
            ? _review
            : _review with
            {
                Stages = ImmutableCollectionsMarshal.AsImmutableArray(_stages),
                OpenMask = _open,
                ClosedMask = _closed,
            };

        public void Apply(ProcessEvent @event)
        {
            switch (@event)
            {
                case ProcessEvent.PartCompleted e: On(e); break;
                case ProcessEvent.StageOpened e: On(e); break;
                case ProcessEvent.StageClosed e: On(e); break;
                case ProcessEvent.StageSkipped e: On(e); break;
                case ProcessEvent.DeadlineSet e: On(e); break;
                case ProcessEvent.PartClosed e: On(e); break;
                case ProcessEvent.Extended e: On(e); break;
                case ProcessEvent.SilenceCounted e: On(e); break;
                case ProcessEvent.StageReset e: On(e); break;
                case ProcessEvent.BranchOpened e: On(e); break;
                case ProcessEvent.Returned e: On(e); break;
                case ProcessEvent.FailureDeclared or ProcessEvent.RightWaived or ProcessEvent.BranchReplaced: break;
                default: _review = Review(_review, @event); break;
            }
        }

        private static ProcessState Review(ProcessState review, ProcessEvent @event) => @event switch
        {
            ProcessEvent.Launched e => Launch(review, e),
            ProcessEvent.SkipChosen e => review with { ChosenSkips = review.ChosenSkips | review.Definition.Stage(e.Stage).Bit },
            ProcessEvent.ClockPaused e => review with { Pauses = review.Pauses.Add(new(e.Party, e.Branch, e.Reason, e.At)) },
            ProcessEvent.ClockResumed e => review with
            {
                Pauses = review.Pauses.RemoveAll(p => p.Party == e.Party && p.Branch == e.Branch),
            },
            ProcessEvent.VariantChanged e => review with
            {
                Variant = e.To,
                ExistsMask = review.Subject.Length == 0 ? 0 : review.Definition.ExistsMask(e.To, review.Subject),
            },
            ProcessEvent.Deferred e => review with
            {
                Status = ReviewStatus.Deferred,
                StatusSince = e.At,
                DeferredUntil = e.Until,
                Deferrals = Count(review, e.Rule),
            },
            ProcessEvent.Suspended e => review with
            {
                Status = ReviewStatus.Suspended,
                StatusSince = review.StatusSince ?? e.At,
                DeferredUntil = null,
            },
            ProcessEvent.Resumed e => Resume(review, e),
            ProcessEvent.Withdrawn e => review with { Status = ReviewStatus.Withdrawn, StatusSince = e.At, DeferredUntil = null },
            ProcessEvent.ReviewClosed e => review with { Status = ReviewStatus.Closed, StatusSince = e.At },
            _ => throw new UnreachableException($"No fold for {@event.GetType().Name}."),
        };

        private static ProcessState Launch(ProcessState review, ProcessEvent.Launched e) => review with
        {
            Status = ReviewStatus.Running,
            Variant = e.Variant,
            Subject = e.Subject,
            LaunchedAt = e.At,
            ExistsMask = review.Definition.ExistsMask(e.Variant, e.Subject),
            ChosenSkips = e.Skip.Aggregate(0UL, (mask, id) => mask | review.Definition.Stage(id).Bit),
            Deferrals = [.. new int[review.Definition.Limits.Deferral.Length]],
        };

        private static ProcessState Resume(ProcessState review, ProcessEvent.Resumed e)
        {
            // A clock that stood before the interruption stands as long as before; the interruption itself is counted once.
            var gone = review.StatusSince is { } since ? e.At - since : TimeSpan.Zero;
            return review with
            {
                Status = ReviewStatus.Running,
                StatusSince = null,
                DeferredUntil = null,
                Pauses = [.. review.Pauses.Select(p => p with { Since = p.Since + gone })],
            };
        }

        private static ImmutableArray<int> Count(ProcessState review, int rule) => rule < review.Deferrals.Length
            ? review.Deferrals.SetItem(rule, review.Deferrals[rule] + 1)
            : review.Deferrals;

        private void On(ProcessEvent.PartCompleted e)
        {
            if (!Find(e.Stage, e.Branch, out var stage, out var i))
                return;
            var part = At(stage).Parts[i];
            var done = new Completion(e.Role, e.Person, e.At);
            var completions = e.Passed.IsEmpty
                ? part.Completions.Add(done)
                : [.. part.Completions, .. e.Passed.Where(r => !part.HasDone(r)).Select(r => new Completion(r, null, e.At)), done];
            SetPart(stage, i, part with { Completions = completions });
        }

        private void On(ProcessEvent.StageOpened e)
        {
            var stage = _definition.Stage(e.Stage);
            var was = At(stage);
            var beside = stage.Beside.IsEmpty ? 0 : 1;
            var parts = new PartState[e.Branches.Length + beside];
            if (beside == 1)
                parts[0] = new PartState { OpenedAt = e.At };
            for (var i = beside; i < parts.Length; i++)
            {
                var branch = e.Branches[i - beside];
                parts[i] = new PartState { OpenedAt = e.At, Branch = branch.Key, Group = GroupOf(stage, branch.Over) };
            }

            Set(stage, was with
            {
                Status = StageStatus.Open,
                OpenedAt = e.At,
                ClosedAt = null,
                Skipped = null,
                Round = was.Round + 1,
                Parts = ImmutableCollectionsMarshal.AsImmutableArray(parts),
                Quorum = e.Quorum,
            });
        }

        private void On(ProcessEvent.StageClosed e)
        {
            var stage = _definition.Stage(e.Stage);
            var was = At(stage);
            var how = was.Parts.Length > 1 ? PartStatus.Dropped : e.How switch
            {
                StageStatus.Done => PartStatus.Done,
                StageStatus.Waived => PartStatus.Waived,
                _ => PartStatus.Dropped,
            };
            Set(stage, was with { Status = e.How, ClosedAt = e.At, ReturnedBy = null, Parts = CloseOpen(was.Parts, how, e.At) });
        }

        private void On(ProcessEvent.StageSkipped e)
        {
            var stage = _definition.Stage(e.Stage);
            var was = At(stage);
            Set(stage, was with
            {
                Status = StageStatus.Skipped,
                ClosedAt = e.At,
                Skipped = e.Cause,
                ReturnedBy = null,
                Parts = CloseOpen(was.Parts, PartStatus.Dropped, e.At),
            });
        }

        private void On(ProcessEvent.StageReset e)
        {
            var stage = _definition.Stage(e.Stage);
            Set(stage, At(stage) with
            {
                Status = StageStatus.Waiting,
                OpenedAt = null,
                ClosedAt = null,
                Skipped = null,
                Parts = [],
                Quorum = [],
            });
        }

        private void On(ProcessEvent.BranchOpened e)
        {
            var stage = _definition.Stage(e.Stage);
            var part = new PartState { OpenedAt = e.At, Branch = e.Key, Group = GroupOf(stage, e.Over) };
            Set(stage, At(stage) with { Parts = At(stage).Parts.Add(part) });
        }

        private void On(ProcessEvent.Returned e)
        {
            var (stage, to) = (_definition.Stage(e.Stage), _definition.Stage(e.To));
            Set(stage, At(stage) with { Returns = At(stage).Returns + 1 });
            Set(to, At(to) with { ReturnedBy = e.Stage });
        }

        private void On(ProcessEvent.DeadlineSet e)
        {
            if (Find(e.Stage, e.Branch, out var stage, out var i))
                SetPart(stage, i, At(stage).Parts[i] with { Deadline = new(e.Starts, e.Day, e.Zone, e.Why) });
        }

        private void On(ProcessEvent.PartClosed e)
        {
            if (Find(e.Stage, e.Branch, out var stage, out var i))
                SetPart(stage, i, At(stage).Parts[i] with { Status = e.How, ClosedAt = e.At });
        }

        private void On(ProcessEvent.Extended e)
        {
            if (Find(e.Stage, e.Branch, out var stage, out var i))
                SetPart(stage, i, At(stage).Parts[i] with { Extensions = At(stage).Parts[i].Extensions + 1 });
        }

        private void On(ProcessEvent.SilenceCounted e)
        {
            if (Find(e.Stage, e.Branch, out var stage, out var i))
                SetPart(stage, i, At(stage).Parts[i] with { Silent = true });
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

        private readonly StageState At(Stage stage) => _stages is null ? _review.Stages[stage.Index] : _stages[stage.Index];

        private readonly bool Find(string id, string? branch, out Stage stage, out int part)
        {
            stage = _definition.Stage(id);
            part = At(stage).IndexOf(branch);
            return part >= 0;
        }

        private void SetPart(Stage stage, int i, PartState part) =>
            Set(stage, At(stage) with { Parts = At(stage).Parts.SetItem(i, part) });

        private void Set(Stage stage, StageState to)
        {
            _stages ??= _review.Stages.AsSpan().ToArray();
            _stages[stage.Index] = to;
            _open = to.Status == StageStatus.Open ? _open | stage.Bit : _open & ~stage.Bit;
            _closed = to.Status.IsClosed() ? _closed | stage.Bit : _closed & ~stage.Bit;
        }
    }
}
