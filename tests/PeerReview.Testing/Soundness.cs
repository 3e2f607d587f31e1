using PeerReview.Server.Features.Operations.Checking;

namespace PeerReview.Testing;

/// <summary>What every test that ran commands asks of its database at the end.</summary>
public static class Soundness
{
    /// <summary>Throws with every finding of <c>peerreview check</c>.</summary>
    public static async Task RequireSoundAsync(this TestDatabase database)
    {
        var result = await Check.RunAsync(database.Database, CancellationToken.None);
        if (result.Findings.Count > 0)
            throw new InvalidOperationException($"The database is not sound:\n{string.Join('\n', result.Findings)}");
    }
}
