namespace PeerReview.Server.Tests.Walks;

/// <summary>One request somebody could send.</summary>
/// <param name="Rights">Names of those of the cast who may; everybody else is refused.</param>
internal sealed record WalkAct(string Name, string Person, HttpMethod Method, string Path, object? Body, params string[] Rights)
{
    public const string State = "authority focal alternate";

    public override string ToString() => $"{Name} by {Person}: {Method} {Path}";
}

/// <summary>The people of a walk by name, and what may be asked of the API about the review.</summary>
internal sealed class WalkScene(WalkPeople people)
{
    public WalkPeople People => people;

    /// <summary>Whose clock stands.</summary>
    public HashSet<string> Paused { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the assessment was sent back.</summary>
    public int Returns { get; set; }

    /// <summary>Today by the program's clock, UTC.</summary>
    public async Task<DateOnly> TodayAsync() =>
        DateOnly.FromDateTime((await people.App.Database.AsOwnerAsync<DateTime>("SELECT app.clock() AT TIME ZONE 'UTC'")).Single());

    public async Task<object> SignatureAsync() =>
        new { name = "A. Signatory", office = "Director", day = await TodayAsync(), nothingClassified = true };
}
