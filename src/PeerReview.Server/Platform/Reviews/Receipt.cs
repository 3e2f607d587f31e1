namespace PeerReview.Server.Platform.Reviews;

/// <summary>What a command answers once it is committed.</summary>
/// <param name="Sequence">Number of the last event of the review; 0 for those who speak for a participating State of a regional one.</param>
/// <param name="At">Business time, UTC.</param>
/// <param name="Key">Id or key of what was made, if anything.</param>
/// <param name="Version">Version of what was written, if anything.</param>
public sealed record Receipt(Guid Review, int Sequence, DateTimeOffset At, string? Key, int? Version);

/// <summary>Makes the same request safe to send twice.</summary>
/// <param name="Key">The client's <c>Idempotency-Key</c>, 1 to 200 characters.</param>
/// <param name="Request">SHA-256 of method, address and body: another request under the same key is refused.</param>
public sealed record CommandKey(string Key, string Request);
