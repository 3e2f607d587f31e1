namespace PeerReview.Server.Platform.Web;

/// <summary>A list as the API answers it.</summary>
/// <param name="Next">What to send as <c>cursor</c> for the items that follow; null when these are all.</param>
public sealed record Listing<T>(IEnumerable<T> Items, string? Next = null);
