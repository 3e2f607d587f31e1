namespace PeerReview.Server.Platform.Outbox;

/// <summary>Carries rows of one topic out of the database.</summary>
internal interface IOutboxCarrier
{
    /// <summary>The topic, stable across releases.</summary>
    string Topic { get; }

    /// <summary>How many rows one program carries at the same time on a lane of its own, so that slow rows hold up no others;
    /// null for a share in the lane of <see cref="OutboxOptions.Senders"/>.</summary>
    int? AtOnce => null;

    /// <summary>Carries one row. May be called again for the same row: the receiver tells by the key.</summary>
    Task<Carried> CarryAsync(OutboxRow row, CancellationToken cancel);
}

/// <summary>A claimed row with what is known of its recipient.</summary>
/// <param name="Fence">Counts claims: who settles with an older number has lost the row.</param>
/// <param name="Attempts">With this one.</param>
/// <param name="Now">Business time of the claim.</param>
/// <param name="Office">The address of a coordinator who looks after the review it is about, or of the programme; null where it is about none,
/// or nobody does.</param>
internal sealed record OutboxRow(
    long Id,
    string Topic,
    string Key,
    string Body,
    long Fence,
    int Attempts,
    string? Name,
    string? Email,
    string? Language,
    string? TimeZone,
    bool Closed,
    string? Programme,
    DateTimeOffset Now,
    string? Office);

/// <summary>What became of a row. A closed set.</summary>
internal abstract record Carried
{
    private Carried()
    {
    }

    /// <summary>It is out.</summary>
    /// <param name="Erase">Whether its body must not stay.</param>
    public sealed record Delivered(bool Erase) : Carried;

    /// <summary>It is not out; later it may go.</summary>
    /// <param name="Error">For operators: no name, no address, no text anybody wrote.</param>
    /// <param name="Uncertain">Whether it may be out after all.</param>
    public sealed record Failed(string Error, bool Uncertain = false) : Carried;

    /// <summary>It will never go as it is.</summary>
    /// <param name="Error">For operators, as above.</param>
    /// <param name="Erase">Whether its body must not stay; then it cannot be tried again.</param>
    public sealed record Refused(string Error, bool Erase = false) : Carried;
}
