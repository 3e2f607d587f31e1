using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>Reads the rules of the draw.</summary>
internal sealed class DrawReading(Problems problems, DataNode node, KnownNames known)
{
    public DrawRules Read()
    {
        var f = new Fields(problems, node, "draw");
        var slots = ImmutableArray.CreateBuilder<DrawSlot>();
        foreach (var entry in f.Entries("slots"))
        {
            var slot = new Fields(problems, entry.Value, $"slot {entry.Key}");
            slot.Required("pool");
            slots.Add(new DrawSlot(entry.Key, slot.Code("pool", DrawPool.Anywhere)));
            slot.Done();
        }

        var rules = new DrawRules(
            slots.ToImmutable(),
            f.Whole("reserves_per_slot", 0, 10),
            f.Names("hard_rules", "rule of the draw", known.DrawRules),
            f.Names("soft_rules", "rule of the draw", known.DrawRules),
            f.Whole("min_pool", 1, 100),
            f.Whole("redraws", 0, 100),
            f.Whole("redraw_days", 0, 365),
            f.Whole("declines_per_cycle", 0, 100),
            f.Whole("decline_days", 0, 365),
            f.Whole("service_per_cycle", 0, 100),
            f.Whole("defers_per_cycle", 0, 100),
            f.Whole("cycle_days", 1, 3660));
        f.Done();
        return rules;
    }
}
