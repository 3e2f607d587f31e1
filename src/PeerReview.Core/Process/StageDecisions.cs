using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Decisions about one stage.</summary>
internal static class StageDecisions
{
    public static Verdict<Decision> Complete(Deciding on, ProcessCommand.Complete c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (Rights.Find(on, stage, c.By, out var place) is { } noPlace)
            return noPlace;
        if (Rights.NotTurn(on, place, out var passed, out var finishes) is { } notTurn)
            return notTurn;
        if (NotStarted(on, place) is { } early)
            return early;
        if (GuardsNotHeld(on, place, finishes) is { } refused)
            return refused;

        var branch = place.PartState.Branch;
        return new Decision(
            [new ProcessEvent.PartCompleted(on.Now, branch, passed, c.By.Person, place.Role, stage.Id)],
            new Signal.Completed(stage.Id, branch));
    }

    public static Verdict<Decision> Fail(Deciding on, ProcessCommand.Fail c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (stage.OnFail is null)
            return ProcessRefusals.Of(ProcessRefusals.CannotFail, stage);
        if (Rights.Find(on, stage, c.By, out var place) is { } noPlace)
            return noPlace;
        return new Decision(
            [new ProcessEvent.FailureDeclared(on.Now, place.PartState.Branch, c.By.Person, place.Role, stage.Id)],
            new Signal.Failed(stage.Id));
    }

    public static Verdict<Decision> Return(Deciding on, ProcessCommand.Return c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (on.Definition.FindStage(c.To) is not { } to)
            return ProcessRefusals.Unknown(c.To);
        if (stage.Return is not { } rule || !rule.To.Has(c.To))
            return ProcessRefusals.Of(ProcessRefusals.CannotReturn, stage).With("to", c.To);
        if (Rights.Find(on, stage, c.By, out var place) is { } noPlace)
            return noPlace;
        if (on.State[to].Status is StageStatus.Skipped)
            return ProcessRefusals.Of(ProcessRefusals.CannotReturn, stage).With("to", c.To);
        if (on.State[stage].Returns >= rule.Max)
            return ProcessRefusals.Of(ProcessRefusals.ReturnsUsed, stage).With("max", rule.Max);
        return new Decision(
            [new ProcessEvent.Returned(on.Now, c.By.Person, place.Role, stage.Id, c.To)],
            new Signal.Returned(stage.Id, c.To));
    }

    public static Verdict<Decision> Waive(Deciding on, ProcessCommand.Waive c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (!stage.Waivable)
            return ProcessRefusals.Of(ProcessRefusals.NotWaivable, stage);
        if (Rights.Find(on, stage, c.By, out var place) is { } noPlace)
            return noPlace;
        if (place.PartState.Status != PartStatus.Open)
            return ProcessRefusals.Of(ProcessRefusals.AlreadyDone, stage).With("role", place.Role);
        // A right is given up, not what it set going: an objection that is open is decided first.
        if (GuardsNotHeld(on, place, finishes: true) is { } refused)
            return refused;
        var branch = place.PartState.Branch;
        return new Decision(
            [new ProcessEvent.RightWaived(on.Now, branch, c.By.Person, place.Role, stage.Id)],
            new Signal.Waived(stage.Id, branch));
    }

    public static Verdict<Decision> Skip(Deciding on, ProcessCommand.Skip c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (!stage.OptionalIn.Has(on.State.Variant))
            return ProcessRefusals.Of(ProcessRefusals.NotOptional, stage).With("variant", on.State.Variant);
        if (on.MaySteer(c.By, "skip") is not { } role)
            return on.MayNotSteer("skip");
        if (on.State[stage].Status.IsClosed() || (on.State.ChosenSkips & stage.Bit) != 0)
            return ProcessRefusals.Of(ProcessRefusals.StageClosed, stage).With("status", ProcessCodes.Of(StageStatus.Skipped));
        return new Decision(
            [new ProcessEvent.SkipChosen(on.Now, c.By.Person, role, stage.Id)], new Signal.Skipped(stage.Id));
    }

    public static Verdict<Decision> Lapse(Deciding on, ProcessCommand.Lapse c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (on.MaySteer(c.By, "lapse") is null)
            return on.MayNotSteer("lapse");
        if (stage.OnSilence is not { Effect: not SilenceEffect.Wait } silence)
            return ProcessRefusals.Of(ProcessRefusals.SilenceDoesNotCount, stage);
        if (Rights.NotOpen(on, stage) is { } notOpen)
            return notOpen;
        var at = on.State[stage];
        var i = at.IndexOf(c.Branch);
        if (i < 0)
            return ProcessRefusals.Of(ProcessRefusals.UnknownBranch, stage).With("branch", c.Branch ?? "");
        var place = new Place(stage, at, i, "");
        if (place.PartState.Status != PartStatus.Open)
            return ProcessRefusals.Of(ProcessRefusals.AlreadyDone, stage);
        if (Turn.IsPaused(on.Definition, on.State, stage, place.PartState, on.Facts))
            return ProcessRefusals.Of(ProcessRefusals.ClockStands, stage);
        if (place.PartState.Deadline is not { } deadline || on.Now < Deadlines.LateFrom(deadline))
            return ProcessRefusals.Of(ProcessRefusals.DeadlineNotPassed, stage);
        if (GuardsNotHeld(on, place, finishes: true) is { } refused)
            return refused;
        return new Decision(
            [new ProcessEvent.SilenceCounted(on.Now, c.Branch, silence.Effect, stage.Id)],
            new Signal.Completed(stage.Id, c.Branch));
    }

    public static Verdict<Decision> Replace(Deciding on, ProcessCommand.Replace c)
    {
        if (on.NotRunning() is { } halted)
            return halted;
        if (on.MaySteer(c.By, "replace") is not { } role)
            return on.MayNotSteer("replace");
        var stages = on.State.Open.Where(s => s.Each.Any(e => e.Over == c.Over)).ToImmutableArray();
        if (!stages.Any(s => on.State[s].Part(c.From) is { Status: PartStatus.Open }))
            return ProcessRefusals.Conflict(ProcessRefusals.UnknownBranch).With("branch", c.From);
        if (stages.Any(s => on.State[s].Part(c.To) is not null))
            return ProcessRefusals.Conflict(ProcessRefusals.BranchExists).With("branch", c.To);
        return new Decision(
            [new ProcessEvent.BranchReplaced(on.Now, c.From, c.Over, c.By.Person, role, c.To)],
            new Signal.Replaced(c.Over, c.From, c.To));
    }

    /// <summary>Which guards do not hold; null when all that are asked now do.</summary>
    /// <param name="finishes">Whether the part is done with this act.</param>
    internal static Refusal? GuardsNotHeld(Deciding on, Place place, bool finishes)
    {
        var stage = place.Stage;
        if (stage.Exit.IsEmpty)
            return null;
        var closes = finishes && (place.At.Parts.Length == 1 || Interpreter.IsComplete(place.At, place.Part));
        Refusal? refusal = null;
        foreach (var exit in stage.Exit)
        {
            var branch = place.PartState.Branch;
            if (exit.Branch && finishes && branch is not null)
                refusal = Ask(on, exit.Guard, branch, refusal);
            if (closes || (exit.From is { } from && IsFrom(stage, place.Role, from)))
                refusal = Ask(on, exit.Guard, null, refusal);
        }

        return refusal?.With("stage", stage.Id);
    }

    /// <summary>One guard; refusals are gathered, so that a person sees all that is missing at once.</summary>
    internal static Refusal? Ask(Deciding on, string guard, string? branch, Refusal? before)
    {
        var answer = on.Facts.Guard(guard, branch);
        if (answer.Holds)
            return before;
        var refusal = before ?? ProcessRefusals.Conflict(ProcessRefusals.GuardNotHeld);
        var named = refusal.Args.TryGetValue("guards", out var others) ? $"{others} {guard}" : guard;
        refusal = refusal.With("guards", named);
        return answer.Detail is { } detail ? refusal.With($"detail.{guard}", detail) : refusal;
    }

    private static bool IsFrom(Stage stage, string role, string from) =>
        stage.Mode == ActsMode.Sequence && stage.Acts.IndexOf(role) >= stage.Acts.IndexOf(from);

    private static Refusal? NotStarted(Deciding on, Place place) =>
        place.Stage.Offset > 0 && place.PartState.Deadline is { } d && Deadlines.DayOf(on.Now, d) < d.Starts
            ? ProcessRefusals.Of(ProcessRefusals.NotStarted, place.Stage).With("starts", d.Starts.Text())
            : null;
}
