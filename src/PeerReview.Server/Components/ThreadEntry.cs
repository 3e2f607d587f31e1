namespace PeerReview.Server.Components;

/// <summary>One entry of a <c>Thread</c>.</summary>
/// <param name="By">Whose it is, by role or name, in the reader's language.</param>
/// <param name="Text">What was said.</param>
/// <param name="Language">The language somebody wrote it in; null for words of ours.</param>
/// <param name="IsReply">Whether it answers what stands before it.</param>
public sealed record ThreadEntry(string By, string Text, string? Language, bool IsReply = false)
{
    /// <summary>When it was said, UTC; null where that is of no interest.</summary>
    public DateTimeOffset? At { get; init; }
}
