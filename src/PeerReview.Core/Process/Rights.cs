using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>The part of a stage somebody acts on, and the role in which.</summary>
internal readonly record struct Place(Stage Stage, StageState At, int Part, string Role)
{
    public PartState PartState => At.Parts[Part];
}

/// <summary>Finds the part and role of an actor in a stage, or the reason why there is none.</summary>
internal static class Rights
{
    /// <summary>The open stage somebody acts in, with the reasons in the order in which a person can mend them.</summary>
    public static Refusal? FindStage(Deciding on, string id, out Stage stage)
    {
        stage = on.Definition.First;
        if (on.NotRunning() is { } halted)
            return halted;
        if (on.Definition.FindStage(id) is not { } found)
            return ProcessRefusals.Unknown(id);
        stage = found;
        return on.State.Exists(stage)
            ? null
            : ProcessRefusals.Of(ProcessRefusals.NotInVariant, stage).With("variant", on.State.Variant);
    }

    /// <summary>Why the stage cannot be acted on now; null when it is open.</summary>
    public static Refusal? NotOpen(Deciding on, Stage stage)
    {
        var at = on.State[stage];
        if (at.Status == StageStatus.Open)
            return null;
        if (at.Status != StageStatus.Waiting)
        {
            var code = at.Status == StageStatus.Done ? ProcessRefusals.AlreadyDone : ProcessRefusals.StageClosed;
            return ProcessRefusals.Of(code, stage).With("status", ProcessCodes.Of(at.Status));
        }

        var missing = stage.After.Where(a => !on.State[a].Status.IsClosed());
        return ProcessRefusals.Of(ProcessRefusals.TooEarly, stage).With("waits_for", string.Join(' ', missing));
    }

    /// <summary>The part an actor may work on, and in which role. The stage must be open.</summary>
    public static Refusal? Find(Deciding on, Stage stage, Acting by, out Place place)
    {
        place = default;
        if (!HoldsAny(on, stage.Acts, by))
            return ProcessRefusals.NotAllowed(ProcessRefusals.NotYourStage, stage.Acts).With("stage", stage.Id);
        if (NotOpen(on, stage) is { } notOpen)
            return notOpen;

        var at = on.State[stage];
        var branchRoles = false;
        for (var i = 0; i < at.Parts.Length; i++)
        {
            var part = at.Parts[i];
            if (part.Status == PartStatus.Dropped)
                continue;
            var role = RoleIn(on, stage, part, by);
            if (role is null)
                continue;
            if (part.Branch is null || part.Branch == by.Branch)
            {
                place = new Place(stage, at, i, role);
                return null;
            }

            branchRoles = true;
        }

        if (!branchRoles)
            return ProcessRefusals.NotAllowed(ProcessRefusals.NotYourStage, stage.Acts).With("stage", stage.Id);
        return by.Branch is null
            ? ProcessRefusals.Of(ProcessRefusals.BranchNeeded, stage)
            : ProcessRefusals.Of(ProcessRefusals.UnknownBranch, stage).With("branch", by.Branch);
    }

    private static bool HoldsAny(Deciding on, ImmutableArray<string> roles, Acting by)
    {
        foreach (var role in roles)
        {
            if (on.IsHeldBy(by, role))
                return true;
        }

        return false;
    }

    /// <summary>The role in which an actor works on a part: the next that is theirs; null when none is.</summary>
    /// <remarks>Whoever acts for a branch does not act for the review as a whole, unless the role is held per branch
    /// anyway: a participating State's authority is not the owner's.</remarks>
    private static string? RoleIn(Deciding on, Stage stage, PartState part, Acting by)
    {
        string? first = null;
        foreach (var role in stage.RolesOf(part.Group))
        {
            if (part.Branch is null && by.Branch is not null && on.Definition.Role(role).HeldPer is null)
                continue;
            if (!on.IsHeldBy(by, role))
                continue;
            if (!part.HasDone(role))
                return role;
            first ??= role;
        }

        return first;
    }

    /// <summary>Why the role cannot complete its part now; null when it can.</summary>
    /// <param name="passed">Roles of a sequence that nobody holds and that are passed over.</param>
    /// <param name="finishes">Whether the part is done with this.</param>
    public static Refusal? NotTurn(Deciding on, Place place, out ImmutableArray<string> passed, out bool finishes)
    {
        passed = [];
        finishes = true;
        var part = place.PartState;
        if (part.Status != PartStatus.Open || part.HasDone(place.Role))
            return ProcessRefusals.Of(ProcessRefusals.AlreadyDone, place.Stage).With("role", place.Role);
        var roles = place.Stage.RolesOf(part.Group);
        if (place.Stage.Mode == ActsMode.All)
        {
            foreach (var role in roles)
                finishes &= role == place.Role || part.HasDone(role);
        }

        return place.Stage.Mode == ActsMode.Sequence ? NotNext(on, place, roles, out passed, out finishes) : null;
    }

    private static Refusal? NotNext(
        Deciding on, Place place, ImmutableArray<string> roles, out ImmutableArray<string> passed, out bool finishes)
    {
        passed = [];
        finishes = true;
        var mine = roles.IndexOf(place.Role);
        for (var i = 0; i < roles.Length; i++)
        {
            if (i == mine || place.PartState.HasDone(roles[i]))
                continue;
            if (!on.Facts.IsHeld(roles[i]))
                passed = passed.Add(roles[i]);
            else if (i < mine)
                return ProcessRefusals.Of(ProcessRefusals.NotYourTurn, place.Stage).With("role", roles[i]);
            else
                finishes = false;
        }

        // Somebody may still be named for a later role that nobody holds yet, unless this act ends the stage.
        if (!finishes)
            passed = passed.RemoveAll(r => roles.IndexOf(r) > mine);
        return null;
    }
}
