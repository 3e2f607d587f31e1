namespace PeerReview.Server.Platform.Outbox;

/// <summary>Topics that share senders. What is slow has a lane of its own, so that a letter never waits behind it.</summary>
/// <param name="Name">Of the recurring work that looks at it; stable across releases.</param>
/// <param name="Senders">Rows carried at the same time by one program.</param>
internal sealed record OutboxLane(string Name, IReadOnlyList<string> Topics, int Senders)
{
    /// <summary>The name of the lane most topics share.</summary>
    public const string Shared = "outbox";

    /// <summary>The lanes of these carriers, the shared one first.</summary>
    public static IReadOnlyList<OutboxLane> Of(IEnumerable<IOutboxCarrier> carriers, OutboxOptions options)
    {
        var all = carriers.ToList();
        return
        [
            new OutboxLane(Shared, [.. all.Where(carrier => carrier.AtOnce is null).Select(carrier => carrier.Topic)], options.Senders),
            .. all.Where(carrier => carrier.AtOnce is not null)
                .Select(carrier => new OutboxLane($"{Shared}-{carrier.Topic}", [carrier.Topic], carrier.AtOnce!.Value)),
        ];
    }
}
