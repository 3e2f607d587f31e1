using System.Net.Sockets;
using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>The database cannot be used as it is. The message is the whole sentence an operator reads: what is wrong and
/// what mends it.</summary>
public sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The sentence for a failure of connecting or of the server, or null when it is something else (a bug).</summary>
    public static DatabaseException? From(Exception failure) => failure switch
    {
        DatabaseException problem => problem,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new(
            "The disk of the database is full: free some space there, then start again; nothing was lost.", failure),
        PostgresException { SqlState: PostgresErrorCodes.OutOfMemory } => new(
            "The server of the database is out of memory: give it more, or lower work_mem; nothing was lost.", failure),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => new(
            "The database takes no changes: it is a standby, or was made read-only. Point the connection string at the one that "
            + "takes them.", failure),
        PostgresException
        {
            SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        }
            => new("The database is starting or stopping: wait until it is up, then start again.", failure),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => new(
            "The database takes no more connections: raise max_connections or lower \"Maximum Pool Size\".", failure),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new(
            "The database named in the connection string does not exist: create it with CREATE DATABASE.", failure),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification }
            refused => new(
                $"The database refuses the login: {refused.MessageText}. Check user and password; the logins of a new "
                + "database are made by \"peerreview migrate\".", failure),
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => new(
            "The database cannot be reached: check that PostgreSQL runs and that host and port are right.", failure),
        _ => null,
    };
}
