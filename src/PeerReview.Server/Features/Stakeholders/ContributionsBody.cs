using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The contributions of a review as the API shows them to one reader.</summary>
/// <param name="Drafts">The reader's own that are not handed in.</param>
/// <param name="Stakeholders">Who was invited; for the office alone.</param>
/// <param name="Groups">How each group was heard, where it is asked; for the office alone.</param>
public sealed record ContributionsBody(
    ImmutableArray<ContributionItem> Contributions, ImmutableArray<ContributionDraftItem> Drafts, ImmutableArray<StakeholderItem> Stakeholders,
    ImmutableArray<StakeholderGroupItem> Groups);

/// <summary>How a group was heard.</summary>
/// <param name="Standing"><c>heard</c>, <c>silent</c>: invited, and nothing reached the review; <c>not_invited</c>.</param>
/// <param name="Reason">Why nobody was invited, where that is so.</param>
/// <param name="Version">Of the reason, 0 while there is none.</param>
public sealed record StakeholderGroupItem(string Family, string Standing, string? Reason, int Version);

/// <summary>A contribution that was handed in.</summary>
/// <param name="At">When it was handed in, UTC.</param>
/// <param name="Accepted">How it was screened; null while it is not.</param>
/// <param name="Cause">Why it was set aside; for its sender and the office.</param>
/// <param name="Reply">The State's; null while there is none, and for the sender.</param>
/// <param name="Declines">Whether the State does not wish to reply.</param>
/// <param name="ReplyVersion">0 while there is no reply.</param>
/// <param name="Forwarded">Whether the State passed it to its contributors; null for all but the State.</param>
public sealed record ContributionItem(
    Guid Id, string? Item, string Text, bool MayPublish, string Name, string Organisation, string Family, DateTimeOffset At, string Label,
    bool? Accepted, string? Cause, string? Note, string? Reply, bool Declines, int ReplyVersion, bool? Forwarded)
{
    /// <summary>As one reader sees it.</summary>
    /// <param name="inside">Whether the reader acts for the State.</param>
    public static ContributionItem Of(StandingContribution line, bool inside)
    {
        var (content, reply) = (line.Content, line.Reply is { } said ? Contents.ReadReply(said) : null);
        return new ContributionItem(
            Guid.Parse(line.Mark.Key), content.Item, content.Text, content.MayPublish, content.Name, content.Organisation, content.Family,
            line.Sent.At, line.Sent.Label, line.Mark.Accepted, line.Screening?.Cause, line.Screening?.Note, reply?.Text, reply?.Declines ?? false,
            line.Reply?.Version ?? 0, inside ? line.Mark.Forwarded : null);
    }
}

/// <summary>A contribution that is being written.</summary>
/// <param name="At">UTC.</param>
public sealed record ContributionDraftItem(Guid Id, string? Item, string Text, bool MayPublish, int Version, DateTimeOffset At);

/// <summary>A stakeholder who was invited.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>declined</c>, <c>withdrawn</c>; null while the invitation waits.</param>
/// <param name="At">UTC.</param>
public sealed record StakeholderItem(Guid Id, string Name, string Organisation, string Family, string? Outcome, DateTimeOffset At);
