namespace PeerReview.Core.Process;

/// <summary>Decisions about deadlines and clocks.</summary>
internal static class ClockDecisions
{
    /// <summary>Whoever acts extends their own part; who steers extends anybody's.</summary>
    public static Verdict<Decision> Extend(Deciding on, ProcessCommand.Extend c)
    {
        if (Rights.FindStage(on, c.Stage, out var stage) is { } noStage)
            return noStage;
        if (stage.Extend is not { } rule)
            return ProcessRefusals.Of(ProcessRefusals.NoExtension, stage);
        if (FindPart(on, stage, c, out var part, out var role) is { } noPart)
            return noPart;
        if (part.Extensions >= rule.Times)
            return ProcessRefusals.Of(ProcessRefusals.ExtensionsUsed, stage).With("times", rule.Times);
        if (c.Days < 1 || c.Days > rule.MaxDays)
        {
            return new Refusal(ProcessRefusals.ExtensionTooLong, RefusalKind.Invalid, "days")
                .With("days", c.Days).With("max", rule.MaxDays).With("stage", stage.Id);
        }

        var due = new DuePart(stage, part, part.Deadline!);
        var moved = Deadlines.Move(on, due, c.Days, DeadlineCause.Extended);
        return IsOver(on, due, moved.Day)
            ? WouldBeOver(on, due, rule.MaxDays)
            : new Decision([new ProcessEvent.Extended(on.Now, part.Branch, c.Days, c.By.Person, role, stage.Id), moved], null);
    }

    // More time that ends on a day already past helps nobody and would use up the right to it. A clock that stands still moves the
    // day once it goes on, so that nothing is said yet about what will be past.
    private static bool IsOver(Deciding on, DuePart due, DateOnly day) =>
        day <= Deadlines.DayOf(on.Now, due.Deadline)
        && !on.State.Pauses.Any(pause => Turn.Stops(on.Definition, pause, due.Stage, due.Part, on.Facts));

    /// <summary>Says the fewest days that reach a day still to come, where the rule allows as many.</summary>
    private static Refusal WouldBeOver(Deciding on, DuePart due, int most)
    {
        for (var days = 1; days <= most; days++)
        {
            if (Deadlines.Move(on, due, days, DeadlineCause.Extended).Day is var day && !IsOver(on, due, day))
            {
                return new Refusal(ProcessRefusals.ExtensionInPast, RefusalKind.Invalid, "days")
                    .With("min", days).With("first", day.Text()).With("stage", due.Stage.Id);
            }
        }

        return ProcessRefusals.Of(ProcessRefusals.ExtensionTooLate, due.Stage).With("max", most);
    }

    public static Verdict<Decision> Pause(Deciding on, ProcessCommand.Pause c)
    {
        if (on.NotRunning() is { } halted)
            return halted;
        if (on.Definition.FindParty(c.Party) is null)
            return ProcessRefusals.Invalid(ProcessRefusals.UnknownParty, "party", c.Party);
        if (!on.Definition.PauseReasons.Any(r => r.Id == c.Reason))
            return ProcessRefusals.Invalid(ProcessRefusals.UnknownReason, "pause_reason", c.Reason);
        if (on.MaySteer(c.By, "pause") is not { } role)
            return on.MayNotSteer("pause");
        // One clock stands once: a pause of the party and one of its branch would count the same days twice.
        if (on.State.Pauses.Any(p => p.Party == c.Party && (p.Branch is null || c.Branch is null || p.Branch == c.Branch)))
            return ProcessRefusals.Conflict(ProcessRefusals.ClockStands).With("party", c.Party);
        return new Decision([new ProcessEvent.ClockPaused(on.Now, c.Branch, c.Party, c.By.Person, c.Reason, role)], null);
    }

    public static Verdict<Decision> ResumeClock(Deciding on, ProcessCommand.ResumeClock c)
    {
        if (on.NotRunning() is { } halted)
            return halted;
        if (on.Definition.FindParty(c.Party) is null)
            return ProcessRefusals.Invalid(ProcessRefusals.UnknownParty, "party", c.Party);
        if (on.MaySteer(c.By, "pause") is not { } role)
            return on.MayNotSteer("pause");
        if (on.State.Pauses.FirstOrDefault(p => p.Party == c.Party && p.Branch == c.Branch) is not { } pause)
            return ProcessRefusals.Conflict(ProcessRefusals.ClockRuns).With("party", c.Party);
        return new Decision(
        [
            new ProcessEvent.ClockResumed(on.Now, c.Branch, c.Party, c.By.Person, role),
            .. Deadlines.AfterPause(on, pause),
        ], null);
    }

    private static Refusal? FindPart(Deciding on, Stage stage, ProcessCommand.Extend c, out PartState part, out string role)
    {
        part = new PartState();
        if (on.MaySteer(c.By, "extend") is { } steering)
        {
            role = steering;
            if (Rights.NotOpen(on, stage) is { } notOpen)
                return notOpen;
            var i = on.State[stage].IndexOf(c.Branch);
            if (i < 0)
            {
                return c.Branch is null
                    ? ProcessRefusals.Of(ProcessRefusals.BranchNeeded, stage)
                    : ProcessRefusals.Of(ProcessRefusals.UnknownBranch, stage).With("branch", c.Branch);
            }

            part = on.State[stage].Parts[i];
        }
        else
        {
            role = "";
            if (Rights.Find(on, stage, c.By, out var place) is { } noPlace)
                return noPlace;
            role = place.Role;
            part = place.PartState;
        }

        return part.Status == PartStatus.Open && part.Deadline is not null
            ? null
            : ProcessRefusals.Of(ProcessRefusals.AlreadyDone, stage);
    }
}
