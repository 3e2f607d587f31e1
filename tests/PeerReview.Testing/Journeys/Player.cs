namespace PeerReview.Testing.Journeys;

/// <summary>Somebody who takes part in a journey.</summary>
/// <param name="Token">What proves who it is to the API.</param>
public sealed record Player(Guid Id, string Name, string Email, string Token);
