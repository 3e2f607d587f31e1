using System.Collections.Immutable;

namespace PeerReview.Core.Selection;

/// <summary>A State as the pool of reviewing States of a programme knows it.</summary>
/// <param name="State">The State.</param>
/// <param name="Group">Its regional group, see <see cref="RegionalGroup"/>.</param>
public sealed record PoolMember(StateCode State, string Group)
{
    /// <summary>Whether it said that it is ready to review others.</summary>
    public bool IsOptedIn { get; init; }

    /// <summary>The last day on which it is not asked, by its own wish; null when it may be asked.</summary>
    public DateOnly? DeferredUntil { get; init; }

    /// <summary>States with which it, or they with it, declared a conflict.</summary>
    public ImmutableArray<StateCode> Conflicts { get; init; } = [];

    /// <summary>Whether it may be asked at all on this day, whoever the subject is.</summary>
    public bool IsReady(DateOnly today) => IsOptedIn && !IsDeferred(today);

    /// <summary>Whether it is on deferral on this day.</summary>
    public bool IsDeferred(DateOnly today) => DeferredUntil >= today;
}

/// <summary>One service of a reviewing State: it was named for a review.</summary>
/// <param name="Reviewer">The State that reviews.</param>
/// <param name="Subject">The State reviewed.</param>
/// <param name="NamedAt">UTC.</param>
public sealed record Service(StateCode Reviewer, StateCode Subject, DateTimeOffset NamedAt);

/// <summary>Regional groups by their codes: the five of the United Nations, or an M49 region for a State in none of them.</summary>
public static class RegionalGroup
{
    /// <summary>The five groups of the United Nations.</summary>
    public static readonly ImmutableArray<string> OfTheUnitedNations =
        ["African", "AsiaPacific", "EasternEuropean", "LatinAmericanCaribbean", "WesternEuropeanOthers"];

    /// <summary>The group of a State, as <c>workflows/reference/states.csv</c> has it. A State without a group is drawn, and draws,
    /// with those of its M49 region (process B.4): the group that most States of the region are in.</summary>
    /// <param name="group">The code of its group; null or empty for none.</param>
    /// <param name="regions">Its M49 regions, the innermost first.</param>
    public static string Of(string? group, IReadOnlyList<string> regions) => string.IsNullOrEmpty(group)
        ? regions.Select(OfRegion).FirstOrDefault(found => found is not null) ?? OfTheUnitedNations[^1]
        : group;

    // Source: UN M49. 145 Western Asia, 142 Asia, 039 Southern Europe, 150 Europe, 002 Africa, 019 the Americas, 009 Oceania.
    private static string? OfRegion(string region) => region switch
    {
        "002" => "African",
        "142" or "145" or "009" => "AsiaPacific",
        "019" => "LatinAmericanCaribbean",
        "039" or "150" => "WesternEuropeanOthers",
        _ => null,
    };
}
