using System.Collections.Immutable;

namespace PeerReview.Core.Selection;

/// <summary>How many States of one regional group are ready to review.</summary>
/// <param name="Group">See <see cref="RegionalGroup"/>.</param>
/// <param name="OptedIn">States that said they are ready.</param>
/// <param name="Ready">Those of them that are not on deferral today.</param>
public sealed record GroupHealth(string Group, int OptedIn, int Ready)
{
    /// <summary>States a group needs for a draw to find somebody nearly always: with fewer than five, at eight reviews a year,
    /// one draw in a hundred or more finds nobody (simulation in process B.4).</summary>
    public const int Enough = 5;

    /// <summary>Whether the coordinator is warned.</summary>
    public bool IsThin => Ready < Enough;
}

/// <summary>Looks whether a pool can bear the reviews that are launched, before dates are confirmed.</summary>
public static class PoolHealth
{
    /// <summary>Every group of the United Nations in a fixed order, whether or not anybody of it is in the pool: no ranking.</summary>
    public static ImmutableArray<GroupHealth> Of(IReadOnlyCollection<PoolMember> pool, DateOnly today) =>
    [
        .. RegionalGroup.OfTheUnitedNations.Select(group => new GroupHealth(
            group,
            pool.Count(member => member.Group == group && member.IsOptedIn),
            pool.Count(member => member.Group == group && member.IsReady(today)))),
    ];
}
