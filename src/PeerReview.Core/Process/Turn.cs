using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>For whom an open stage waits now.</summary>
/// <param name="Branch">The branch; null for the part beside the branches.</param>
/// <param name="Roles">One of them (<see cref="ActsMode.Any"/>), each of them (<see cref="ActsMode.All"/>), or exactly one
/// (<see cref="ActsMode.Sequence"/>).</param>
/// <param name="Deadline">Null only while a command is being carried out.</param>
/// <param name="Paused">Whether the clock of the waiting party stands.</param>
public sealed record Turn(Stage Stage, string? Branch, ImmutableArray<string> Roles, Deadline? Deadline, bool Paused)
{
    /// <summary>Whose turn it is in every open stage, in the order of the definition; none unless the review is running.</summary>
    public static ImmutableArray<Turn> Of(ProcessDefinition definition, ProcessState state, ProcessFacts facts)
    {
        if (state.Status != ReviewStatus.Running)
            return [];
        return
        [
            .. from stage in state.Open
               from part in state[stage].Parts
               where part.Status == PartStatus.Open
               select new Turn(stage, part.Branch, Waited(stage, part, facts), part.Deadline,
                   IsPaused(definition, state, stage, part, facts)),
        ];
    }

    /// <summary>The roles a part still waits for.</summary>
    internal static ImmutableArray<string> Waited(Stage stage, PartState part, ProcessFacts facts)
    {
        var roles = stage.RolesOf(part.Group);
        return stage.Mode switch
        {
            ActsMode.Any => roles,
            ActsMode.All => [.. roles.Where(r => !part.HasDone(r))],
            ActsMode.Sequence => Next(roles, part, facts) is { } next ? [next] : [],
        };
    }

    /// <summary>Whether the clock of a part stands: of the leading role's party, or, where each role must act, of any party
    /// still waited for.</summary>
    internal static bool IsPaused(
        ProcessDefinition definition, ProcessState state, Stage stage, PartState part, ProcessFacts facts)
    {
        foreach (var pause in state.Pauses)
        {
            if (Stops(definition, pause, stage, part, facts))
                return true;
        }

        return false;
    }

    /// <summary>Whether this pause stops the clock of this part.</summary>
    internal static bool Stops(
        ProcessDefinition definition, ClockPause pause, Stage stage, PartState part, ProcessFacts facts)
    {
        if (pause.Branch is not null && pause.Branch != part.Branch)
            return false;
        var waited = Waited(stage, part, facts);
        if (waited.IsEmpty)
            return false;
        return stage.Mode == ActsMode.Any
            ? definition.Role(waited[0]).Party == pause.Party
            : waited.Any(r => definition.Role(r).Party == pause.Party);
    }

    private static string? Next(ImmutableArray<string> roles, PartState part, ProcessFacts facts)
    {
        foreach (var role in roles)
        {
            if (!part.HasDone(role) && facts.IsHeld(role))
                return role;
        }

        return null;
    }
}
