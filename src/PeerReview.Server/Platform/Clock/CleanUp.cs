using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Removes what real time has made worthless: used and expired sign-in links, ended sessions, answers kept for
/// repeated requests, drafts nobody came back to for 90 days.</summary>
internal sealed class CleanUp(Database database)
{
    /// <summary>Removes it; harmless at any time and as often as one likes.</summary>
    public Task RunAsync(CancellationToken cancel) =>
        database.Worker.ExecuteAsync(Scope.None, Sql.Remove, null, cancel);

    private static class Sql
    {
        public const string Remove =
            """
            DELETE FROM sign_in_link WHERE expires_at < now() - interval '1 day';
            DELETE FROM session WHERE expires_at < now() - interval '1 day' OR ended_at < now() - interval '1 day';
            DELETE FROM idempotency WHERE at < now() - interval '1 day';
            DELETE FROM draft WHERE kept_at < app.clock() - interval '90 days'
            """;
    }
}
