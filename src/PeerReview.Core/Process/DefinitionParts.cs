using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>What the reader found, before the tables are made.</summary>
internal sealed record DefinitionParts
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string Hash { get; init; }
    public required string Title { get; init; }
    public required bool Offered { get; init; }
    public required string End { get; init; }
    public required string? Publication { get; init; }
    public required ImmutableArray<Party> Parties { get; init; }
    public required ImmutableArray<Role> Roles { get; init; }
    public required ImmutableArray<Variant> Variants { get; init; }
    public required ImmutableArray<Subject> Subjects { get; init; }
    public required ImmutableArray<Stage> Stages { get; init; }
    public required ImmutableArray<Milestone> Milestones { get; init; }
    public required ImmutableArray<ReminderProfile> ReminderProfiles { get; init; }
    public required ImmutableArray<EscalationLevel> Escalation { get; init; }
    public required ProcessLimits Limits { get; init; }
    public required ImmutableArray<Guard> Guards { get; init; }
    public required ImmutableArray<Condition> Conditions { get; init; }
    public required ImmutableArray<Document> Documents { get; init; }
    public required ImmutableArray<NamedText> PauseReasons { get; init; }
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> May { get; init; }
    public required DrawRules? Draw { get; init; }
}

public sealed partial class ProcessDefinition
{
    private static ImmutableArray<ulong> ExistenceMasks(DefinitionParts parts) =>
    [
        .. from v in Enumerable.Range(0, parts.Variants.Length)
           from s in parts.Subjects
           select parts.Stages
               .Where(stage => stage.Days[v] is not null && (stage.Subjects.IsEmpty || stage.Subjects.Has(s.Id)))
               .Aggregate(0UL, (mask, stage) => mask | stage.Bit),
    ];

    /// <summary>Each stage after all its predecessors; ties in file order, so every machine walks alike.</summary>
    private static ImmutableArray<int> TopologicalOrder(ImmutableArray<Stage> stages)
    {
        var order = ImmutableArray.CreateBuilder<int>(stages.Length);
        ulong placed = 0;
        while (order.Count < stages.Length)
        {
            var next = stages.First(s => (placed & s.Bit) == 0 && (placed & s.AfterMask) == s.AfterMask);
            placed |= next.Bit;
            order.Add(next.Index);
        }

        return order.MoveToImmutable();
    }

    private static ImmutableArray<ulong> DescendantMasks(ImmutableArray<Stage> stages, ImmutableArray<int> order)
    {
        var masks = new ulong[stages.Length];
        foreach (var i in order.Reverse())
        {
            foreach (var later in stages.Where(s => (s.AfterMask & stages[i].Bit) != 0))
                masks[i] |= later.Bit | masks[later.Index];
        }

        return [.. masks];
    }
}
