using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Selection;

/// <summary>What the rules of selection look at beside the State asked about.</summary>
/// <param name="Subject">The State reviewed.</param>
/// <param name="Group">Its regional group.</param>
/// <param name="Rules">Of the process.</param>
/// <param name="Now">UTC.</param>
public sealed record SelectionGround(StateCode Subject, string Group, DrawRules Rules, DateTimeOffset Now)
{
    /// <summary>States that take part in a regional subject.</summary>
    public ImmutableArray<StateCode> Participants { get; init; } = [];

    /// <summary>The services of every State of the pool, and of the subject.</summary>
    public ImmutableArray<Service> Services { get; init; } = [];

    /// <summary>For a regional subject: the owner consents to a State of another group where its own has none that could review.</summary>
    public bool OtherGroup { get; init; }

    /// <summary>Whether a place may be taken by a State of this group.</summary>
    public bool Takes(DrawSlot slot, string group) => Bars.Fits(slot, group, Group) || (OtherGroup && slot.Pool == DrawPool.SameGroup);

    /// <summary>Whether the strategy reviewed is this State's, alone or with others.</summary>
    public bool IsReviewed(StateCode state) => state == Subject || Participants.Contains(state);
}

/// <summary>Why a State cannot review another. These are never relaxed (process B.4).</summary>
/// <remarks>Each bar is the hard rule of the process that it breaks; a process that has no such rule has no such bar.</remarks>
public static class Bars
{
    /// <summary>The subject itself, and everybody who takes part in a regional subject.</summary>
    public const string NotTheSubject = "not_the_subject";

    /// <summary>The subject reviewed this State within the cycle, or within two years.</summary>
    public const string NoMutualReview = "no_mutual_review";

    /// <summary>One of the two declared a conflict with the other.</summary>
    public const string NoDeclaredConflict = "no_declared_conflict";

    /// <summary>The State asked not to be asked for a while.</summary>
    public const string NotOnDeferral = "not_on_deferral";

    /// <summary>Three reviews within the cycle are enough.</summary>
    public const string ServedLessThanThree = "served_less_than_three";

    /// <summary>Only States that said they are ready.</summary>
    public const string OptedIn = "opted_in";

    /// <summary>All of them, in the order in which they are told.</summary>
    public static readonly ImmutableArray<string> All =
        [NotTheSubject, OptedIn, NotOnDeferral, NoDeclaredConflict, NoMutualReview, ServedLessThanThree];

    private const int MutualDays = 730;
    private const int MostServices = 3;

    /// <summary>The rules a State would break by reviewing the subject; empty when it may.</summary>
    public static ImmutableArray<string> Of(PoolMember candidate, SelectionGround ground) =>
        [.. All.Where(rule => ground.Rules.HardRules.Contains(rule, StringComparer.Ordinal) && Breaks(rule, candidate, ground))];

    /// <summary>Whether a place may be taken by a State of this group.</summary>
    /// <param name="slot">The place.</param>
    /// <param name="group">The candidate's regional group.</param>
    /// <param name="subject">The subject's regional group.</param>
    public static bool Fits(DrawSlot slot, string group, string subject) => slot.Pool switch
    {
        DrawPool.SameGroup => group == subject,
        DrawPool.OtherGroup => group != subject,
        DrawPool.Anywhere => true,
    };

    private static bool Breaks(string rule, PoolMember candidate, SelectionGround ground) => rule switch
    {
        NotTheSubject => ground.IsReviewed(candidate.State),
        OptedIn => !candidate.IsOptedIn,
        NotOnDeferral => candidate.IsDeferred(DateOnly.FromDateTime(ground.Now.UtcDateTime)),
        NoDeclaredConflict => candidate.Conflicts.Any(ground.IsReviewed),
        NoMutualReview => ground.Services.Any(s => ground.IsReviewed(s.Reviewer) && s.Subject == candidate.State
            && s.NamedAt > ground.Now.AddDays(-Math.Max(ground.Rules.CycleDays, MutualDays))),
        ServedLessThanThree => ground.Services.Count(s => s.Reviewer == candidate.State
            && s.NamedAt > ground.Now.AddDays(-ground.Rules.CycleDays)) >= MostServices,
        _ => false,
    };
}
