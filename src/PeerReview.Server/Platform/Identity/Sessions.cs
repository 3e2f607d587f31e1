using PeerReview.Core;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Ends sessions. The next request with one is a visitor's.</summary>
public sealed class Sessions(Database database, TimeProvider time)
{
    /// <summary>Ends the session of this browser, if it has one; its cookie is the caller's to replace or to clear.</summary>
    public Task EndAsync(HttpContext context, CancellationToken cancel) => SessionCookie.Read(context) is { } secret
        ? database.ExecuteAsync(Scope.None, Sql.End, new { Hash = Secret.Hash(secret), Now = time.GetUtcNow() }, cancel)
        : Task.CompletedTask;

    /// <summary>Ends every session of a person and makes links not yet used worthless, wherever they are.</summary>
    public Task EndAllAsync(PersonId person, CancellationToken cancel) =>
        database.ExecuteAsync(Scope.None, Sql.EndAll, new { Person = person.Value, Now = time.GetUtcNow() }, cancel);

    private static class Sql
    {
        public const string End = "UPDATE session SET ended_at = @Now WHERE token_hash = @Hash AND ended_at IS NULL";

        public const string EndAll =
            """
            UPDATE session SET ended_at = @Now WHERE person_id = @Person AND ended_at IS NULL;
            UPDATE sign_in_link SET used_at = @Now WHERE person_id = @Person AND used_at IS NULL
            """;
    }
}
