using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>How reviewing States are drawn. Read by the selection of reviewers, not by the engine.</summary>
/// <param name="Slots">One State is drawn for each.</param>
/// <param name="ReservesPerSlot">Drawn at the same time.</param>
/// <param name="HardRules">Bars that are never released.</param>
/// <param name="SoftRules">Released one by one in this order while a pool is too small.</param>
/// <param name="MinPool">States a slot must have to draw from.</param>
/// <param name="Redraws">Free redraws per review, within <paramref name="RedrawDays"/> calendar days.</param>
/// <param name="DeclinesPerCycle">How often a drawn State may decline, within <paramref name="DeclineDays"/> days.</param>
/// <param name="ServicePerCycle">Reviews each State is expected to serve; a nudge.</param>
/// <param name="DefersPerCycle">How often a reviewing State may defer, beside the year of its own review.</param>
/// <param name="CycleDays">Length of a cycle in calendar days.</param>
public sealed record DrawRules(
    ImmutableArray<DrawSlot> Slots,
    int ReservesPerSlot,
    ImmutableArray<string> HardRules,
    ImmutableArray<string> SoftRules,
    int MinPool,
    int Redraws,
    int RedrawDays,
    int DeclinesPerCycle,
    int DeclineDays,
    int ServicePerCycle,
    int DefersPerCycle,
    int CycleDays);

/// <summary>A place among the reviewing States.</summary>
/// <param name="Pool">From where it is drawn.</param>
public sealed record DrawSlot(string Id, DrawPool Pool);

/// <summary>Where a slot is drawn from.</summary>
public enum DrawPool
{
    /// <summary>The subject's regional group.</summary>
    SameGroup,

    /// <summary>Any other regional group.</summary>
    OtherGroup,

    /// <summary>Every State that is not barred.</summary>
    Anywhere,
}
