using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PeerReview.Core.FollowUp;

/// <summary>What a State undertakes by its own will. Codes are those of the framework the review pins.</summary>
/// <param name="Title">What will be done, in a line.</param>
public sealed record Commitment(string Title)
{
    /// <summary>More of it, if needed.</summary>
    public string Text { get; init; } = "";

    /// <summary>The recommendation it carries out, such as <c>R-01</c>; null where it is the State's own idea.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Recommendation { get; init; }

    /// <summary>Items it answers to; at least one.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>peace_and_security, human_rights, sustainable_development; at least one.</summary>
    public ImmutableArray<string> Lenses { get; init; } = [];

    /// <summary>open, secure, stable, accessible, peaceful; at least one.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>national to global.</summary>
    public string Level { get; init; } = "";

    public string ActionType { get; init; } = "";

    /// <summary>The threat it meets, or null where it is about none.</summary>
    public string? ThreatKind { get; init; }

    /// <summary>Whether the effect on people's rights was considered: nobody hands one in without.</summary>
    public bool RightsConsidered { get; init; }

    /// <summary>normal or do_not_wait.</summary>
    public string Urgency { get; init; } = "normal";

    /// <summary>The office that answers for it: an office, never a person.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When it will be done; null in a recommendation that leaves the day to the State.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>How one will see that it is done: a measurable result.</summary>
    public string Indicator { get; init; } = "";

    /// <summary>null until said.</summary>
    public bool? HelpNeeded { get; init; }

    /// <summary>What help, when some is needed.</summary>
    public string Help { get; init; } = "";
}

/// <summary>Something done well that others may use.</summary>
/// <param name="Item">The item it belongs to.</param>
public sealed record GoodPractice(string Item, string Text)
{
    /// <summary>What it did for the outcomes, at least one code.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    public ImmutableArray<string> Lenses { get; init; } = [];

    public string Level { get; init; } = "";
}

/// <summary>A point that cannot wait for the report.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Item">The item it belongs to, or null.</param>
/// <param name="ThreatKind">The kind of threat, a code, never a name.</param>
public sealed record UrgentPoint(string Text, string? Item, string? ThreatKind)
{
    public ImmutableArray<string> Lenses { get; init; } = [];
}
