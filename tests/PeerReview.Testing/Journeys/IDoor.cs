namespace PeerReview.Testing.Journeys;

/// <summary>The way the requests of a journey take to the program. What a door lets happen on the way is its own affair: it
/// answers when there is an answer.</summary>
public interface IDoor
{
    /// <summary>Sends a request, again where that is needed, and answers with what came.</summary>
    Task<DoorAnswer> SendAsync(DoorRequest request);

    /// <summary>Moves business time on to an instant; when it returns, all that fell due on the way is done.</summary>
    Task AdvanceAsync(DateTimeOffset to);
}

/// <summary>One request of a journey.</summary>
/// <param name="Name">What it is, the same in every run.</param>
/// <param name="Path">With its leading slash.</param>
/// <param name="Body">JSON, or null.</param>
/// <param name="Token">Of whoever sends it; null for a visitor.</param>
/// <param name="Key">Its <c>Idempotency-Key</c>, the same when it is sent again.</param>
public sealed record DoorRequest(string Name, HttpMethod Method, string Path, string? Body, string? Token, string Key)
{
    /// <summary>Whether it only reads.</summary>
    public bool Reads => Method == HttpMethod.Get;
}

/// <summary>What came back.</summary>
public sealed record DoorAnswer(int Status, string Body)
{
    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => Status is >= 200 and < 400;
}
