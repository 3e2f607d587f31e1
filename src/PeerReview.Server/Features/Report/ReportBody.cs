using System.Collections.Immutable;

namespace PeerReview.Server.Features.Report;

/// <summary>The report as the API shows it.</summary>
/// <param name="Words">Of the whole, recommendations and annexes included.</param>
/// <param name="ContentHash">What is confirmed.</param>
/// <param name="Confirmed">The parties that have: <c>STATE</c>, codes of reviewing States, <c>HEAD</c>, <c>LEAD</c>.</param>
/// <param name="Agreed">Whether all have.</param>
public sealed record ReportBody(
    ImmutableArray<SectionBody> Sections,
    ImmutableArray<DraftCommentBody> Comments,
    ImmutableArray<DissentBody> Dissent,
    int Words,
    string ContentHash,
    ImmutableArray<string> Confirmed,
    bool Agreed)
{
    /// <summary>How industry, academia and civil society were heard; empty where it is not asked.</summary>
    public ImmutableArray<GroupBody> Groups { get; init; } = [];

    /// <summary>What the coordinators remarked on the draft, to those who read it as a whole.</summary>
    public ImmutableArray<DraftRemarkBody> Remarks { get; init; } = [];
}

/// <summary>How a group of stakeholders was heard.</summary>
/// <param name="Standing"><c>heard</c>, <c>silent</c>: invited, and nothing reached the review; <c>not_invited</c>.</param>
/// <param name="Reason">Why nobody was invited, where that is so.</param>
public sealed record GroupBody(string Family, string Standing, string? Reason);

/// <summary>A section.</summary>
/// <param name="Label">Null while nothing is written.</param>
/// <param name="Flagged">Sentences somebody has to look at.</param>
public sealed record SectionBody(string Section, string Text, int Version, string? Label, ImmutableArray<string> Flagged);

/// <summary>A comment of the State on the draft.</summary>
/// <param name="Outcome"><c>taken_up</c>, <c>annexed</c>, or null while the lead has not said.</param>
public sealed record DraftCommentBody(string Id, string About, string Text, int Version, string? Outcome);

/// <summary>A remark of a coordinator on the draft.</summary>
public sealed record DraftRemarkBody(string Id, string About, string Text);

/// <summary>The dissent of a party.</summary>
public sealed record DissentBody(string Party, string Text, int Version);
