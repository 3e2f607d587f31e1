using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>How the three parties log in to one database.</summary>
/// <param name="Owner">A login that may create roles and act as <c>pr_owner</c>; only migrations use it. Null when the
/// program was given no such login, and then it cannot migrate.</param>
/// <param name="App">The login <c>pr_app</c>, bound to the programmes of its scope.</param>
/// <param name="Worker">The login <c>pr_worker</c>, which claims work across programmes.</param>
public sealed record DatabaseConnections(string? Owner, string App, string Worker)
{
    /// <summary>What every connection of the program has unless the connection string says otherwise.</summary>
    /// <remarks>No reset on close: a scope lives in its transaction and nothing else is ever set on a session, so the
    /// reset would be work of the server for nothing. A structure test holds the "nothing else".</remarks>
    internal static NpgsqlDataSource Open(string connection, string name)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            MaxAutoPrepare = 400,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            ApplicationName = name,
            Timezone = "UTC",
        };
        return NpgsqlDataSource.Create(settings);
    }
}
