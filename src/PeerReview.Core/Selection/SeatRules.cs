using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Selection;

/// <summary>The State named for a place, with those that would step in.</summary>
/// <param name="Slot">The place, as the process names it.</param>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
/// <param name="Reserves">In the order in which they are asked.</param>
public sealed record Seating(string Slot, string State, ImmutableArray<string> Reserves);

/// <summary>Whether States may take the places of a review that a coordinator names them for.</summary>
public static class SeatRules
{
    /// <summary>Everything that is wrong with a naming, each with its field; empty when it stands.</summary>
    /// <param name="wanted">A State for each place.</param>
    /// <param name="pool">Every State by its code.</param>
    /// <returns><c>selection.unknown-slot</c>, <c>selection.state-missing</c> {pool}, <c>selection.unknown-state</c>,
    /// <c>selection.named-twice</c>, <c>selection.wrong-group</c>, <c>selection.barred</c> {rule}, <c>selection.too-many-reserves</c>
    /// {count}.</returns>
    public static IEnumerable<Refusal> Check(
        IReadOnlyList<Seating> wanted, SelectionGround ground, IReadOnlyDictionary<string, PoolMember> pool)
    {
        if (wanted.Any(one => ground.Rules.Slots.All(slot => slot.Id != one.Slot)) || wanted.DistinctBy(one => one.Slot, StringComparer.Ordinal).Count() != wanted.Count)
            yield return new Refusal("selection.unknown-slot", RefusalKind.Invalid);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slot in ground.Rules.Slots)
        {
            var seating = wanted.FirstOrDefault(one => one.Slot == slot.Id) ?? new Seating(slot.Id, "", []);
            var field = $"states.{slot.Id}";
            if (seating.State.Length == 0)
                yield return new Refusal("selection.state-missing", RefusalKind.Invalid, field).With("pool", ProcessCodes.Of(slot.Pool));
            else if (Problem(seating.State, slot, ground, pool, taken) is { } problem)
                yield return problem with { Field = field };
            if (seating.Reserves.Length > ground.Rules.ReservesPerSlot)
                yield return new Refusal("selection.too-many-reserves", RefusalKind.Invalid, FormattableString.Invariant($"reserves.{slot.Id}.{ground.Rules.ReservesPerSlot}")).With("count", ground.Rules.ReservesPerSlot);
        }

        // After the places: a State named twice is wrong as a reserve, not in its place.
        foreach (var slot in ground.Rules.Slots)
        {
            var reserves = wanted.FirstOrDefault(one => one.Slot == slot.Id)?.Reserves ?? [];
            foreach (var (at, state) in reserves.Index())
            {
                if (Problem(state, slot, ground, pool, taken) is { } problem)
                    yield return problem with { Field = FormattableString.Invariant($"reserves.{slot.Id}.{at + 1}") };
            }
        }
    }

    /// <summary>Whether any State of the subject's own group could review it.</summary>
    public static bool HasOwnGroup(SelectionGround ground, IEnumerable<PoolMember> pool) =>
        pool.Any(member => member.Group == ground.Group && Bars.Of(member, ground).IsEmpty);

    /// <summary>Why a State cannot take a place; null when it can.</summary>
    /// <param name="taken">States that have a place already; the one asked about is added.</param>
    public static Refusal? Problem(
        string state, DrawSlot slot, SelectionGround ground, IReadOnlyDictionary<string, PoolMember> pool, ISet<string> taken)
    {
        if (!pool.TryGetValue(state, out var member))
            return new Refusal("selection.unknown-state", RefusalKind.Invalid);
        if (Bars.Of(member, ground) is [var rule, ..])
            return new Refusal("selection.barred", RefusalKind.Invalid).With("rule", rule);
        if (!ground.Takes(slot, member.Group))
            return new Refusal("selection.wrong-group", RefusalKind.Invalid);
        return taken.Add(state) ? null : new Refusal("selection.named-twice", RefusalKind.Invalid);
    }
}

/// <summary>The subject's right to another State in a place, without a reason (process B.4).</summary>
public static class RedrawRules
{
    /// <summary>Why it cannot be asked for; null when it can. The window itself is a stage of the process.</summary>
    /// <param name="team">As it stands.</param>
    /// <param name="state">The State to be replaced.</param>
    /// <param name="rules">Of the process.</param>
    public static Refusal? Check(Reviews.ReviewTeam team, string state, DrawRules rules)
    {
        if (team.Find(state) is null)
            return new Refusal("selection.not-reviewing", RefusalKind.Invalid, "state");
        if (team.CauseOf(state) is not null)
            return new Refusal("selection.redraw-asked", RefusalKind.Conflict, "state");
        return team.Redraws < rules.Redraws
            ? null
            : new Refusal("selection.redraws-used", RefusalKind.Conflict, "state").With("count", rules.Redraws);
    }
}
