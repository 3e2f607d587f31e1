using PeerReview.Core.Calendar;

namespace PeerReview.Core.Process;

/// <summary>Decisions about the review as a whole.</summary>
internal static class ReviewDecisions
{
    public static Verdict<Decision> Launch(Deciding on, ProcessCommand.Launch c)
    {
        if (on.State.Status != ReviewStatus.NotLaunched)
            return ProcessRefusals.Conflict(ProcessRefusals.AlreadyLaunched);
        if (on.Definition.FindVariant(c.Variant) is null)
            return ProcessRefusals.Invalid(ProcessRefusals.UnknownVariant, "variant", c.Variant);
        if (on.Definition.FindSubject(c.Subject) is null)
            return ProcessRefusals.Invalid(ProcessRefusals.UnknownSubject, "subject", c.Subject);
        var first = on.Definition.First;
        if (first.Acts.FirstOrDefault(r => on.IsHeldBy(c.By, r)) is not { } role || c.By.Branch is not null)
            return ProcessRefusals.NotAllowed(ProcessRefusals.NotYourStage, first.Acts).With("stage", first.Id);
        foreach (var id in c.LeaveOut)
        {
            if (on.Definition.FindStage(id) is not { } stage)
                return ProcessRefusals.Unknown(id);
            if (!stage.OptionalIn.Has(c.Variant))
                return ProcessRefusals.Of(ProcessRefusals.NotOptional, stage).With("variant", c.Variant);
        }

        Refusal? refusal = null;
        foreach (var exit in first.Exit)
            refusal = StageDecisions.Ask(on, exit.Guard, null, refusal);
        if (refusal is not null)
            return refusal.With("stage", first.Id);
        return new Decision(
            [new ProcessEvent.Launched(on.Now, c.By.Person, role, c.LeaveOut, c.Subject, c.Variant)], new Signal.Launched());
    }

    /// <summary>Lighter until publication, deeper until a milestone.</summary>
    public static Verdict<Decision> ChangeVariant(Deciding on, ProcessCommand.ChangeVariant c)
    {
        if (on.NotRunning() is { } halted)
            return halted;
        if (on.Definition.FindVariant(c.Variant) is not { } wanted)
            return ProcessRefusals.Invalid(ProcessRefusals.UnknownVariant, "variant", c.Variant);
        if (on.MaySteer(c.By, "change_variant") is not { } role)
            return on.MayNotSteer("change_variant");
        if (c.Variant == on.State.Variant)
            return ProcessRefusals.Conflict(ProcessRefusals.SameVariant).With("variant", c.Variant);
        var current = on.Definition.FindVariant(on.State.Variant)!;
        var deeper = on.Definition.Variants.IndexOf(wanted) > on.Definition.Variants.IndexOf(current);
        var published = on.Definition.Publication is { } p && on.State[p].Status.IsClosed();
        var late = deeper && on.Definition.Limits.VariantUpBefore is { } m && on.State.Reached(m);
        if (published || late)
        {
            return ProcessRefusals.Conflict(ProcessRefusals.TooLateToChange)
                .With("from", on.State.Variant).With("to", c.Variant);
        }

        return new Decision(
        [
            new ProcessEvent.VariantChanged(on.Now, on.State.Variant, c.By.Person, role, c.Variant),
            .. Deadlines.ForVariant(on, c.Variant),
        ], new Signal.VariantChanged());
    }

    // Five years, where a definition sets no limit: a day beyond the calendar cannot be reckoned with.
    private const int LongestDeferral = 1_826;

    public static Verdict<Decision> Defer(Deciding on, ProcessCommand.Defer c)
    {
        if (on.NotRunning() is { } halted)
            return halted;
        if (on.MaySteer(c.By, "defer") is not { } role)
            return on.MayNotSteer("defer");
        var rules = on.Definition.Limits.Deferral;
        var index = 0;
        while (index < rules.Length && rules[index].Before is { } milestone && on.State.Reached(milestone))
            index++;
        if (index == rules.Length)
            return ProcessRefusals.Conflict(ProcessRefusals.DeferralsUsed).With("times", 0);
        var rule = rules[index];
        if (rule.Times is { } times && on.State.Deferrals[index] >= times)
            return ProcessRefusals.Conflict(ProcessRefusals.DeferralsUsed).With("times", times);
        var zone = on.Facts.CalendarOf(on.Definition.Role(role), c.By.Branch).Zone;
        var today = DueDay.In(zone, on.Now);
        if (c.Until <= today)
            return ProcessRefusals.Invalid(ProcessRefusals.DeferralInPast, "until", c.Until.Text());
        var last = today.AddDays(rule.MaxDays ?? LongestDeferral);
        if (c.Until > last)
            return ProcessRefusals.Invalid(ProcessRefusals.DeferralTooLong, "until", c.Until.Text()).With("max", last.Text());
        return new Decision([new ProcessEvent.Deferred(on.Now, c.By.Person, role, index, c.Until)], null);
    }

    public static Verdict<Decision> Suspend(Deciding on, ProcessCommand.Suspend c)
    {
        if (on.State.Status != ReviewStatus.Deferred && on.NotRunning() is { } halted)
            return halted;
        return on.MaySteer(c.By, "suspend") is { } role
            ? new Decision([new ProcessEvent.Suspended(on.Now, c.By.Person, role)], null)
            : on.MayNotSteer("suspend");
    }

    public static Verdict<Decision> Resume(Deciding on, ProcessCommand.Resume c)
    {
        if (on.State.Status == ReviewStatus.Running)
            return ProcessRefusals.Conflict(ProcessRefusals.NotHalted);
        if (on.State.Status is not (ReviewStatus.Deferred or ReviewStatus.Suspended))
            return on.NotRunning()!;
        if (on.MaySteer(c.By, "resume") is not { } role)
        {
            // A deferral names the day on which it ends: nobody has to sign for that day to come.
            if (!on.IsHeldBy(c.By, Acting.SystemRole) || on.State.DeferredUntil is not { } until)
                return on.MayNotSteer("resume");
            if (on.Now < DueDay.StartOf(until, on.Facts.CalendarOf(on.Definition.Role(on.Definition.First.Acts[0]), null).Zone))
                return on.NotRunning()!;
            role = Acting.SystemRole;
        }

        return new Decision(
        [
            new ProcessEvent.Resumed(on.Now, c.By.Person, role),
            .. Deadlines.AfterStandstill(on),
        ], null);
    }

    public static Verdict<Decision> Withdraw(Deciding on, ProcessCommand.Withdraw c)
    {
        if (on.State.Status is ReviewStatus.NotLaunched or ReviewStatus.Withdrawn or ReviewStatus.Closed)
            return on.NotRunning()!;
        if (on.MaySteer(c.By, "withdraw") is not { } role)
            return on.MayNotSteer("withdraw");
        if (on.Definition.Limits.WithdrawBefore is { } milestone && on.State.Reached(milestone))
            return ProcessRefusals.Conflict(ProcessRefusals.TooLateToWithdraw).With("milestone", milestone);
        return new Decision([new ProcessEvent.Withdrawn(on.Now, c.By.Person, role)], null);
    }
}
