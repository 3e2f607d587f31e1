using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>The connection was lost while a commit was under way. Whether it held is not known: only an idempotency key
/// can tell, so the work is not run again by itself.</summary>
public sealed class CommitUnknownException(Exception inner)
    : Exception("The connection to the database was lost while a commit was under way.", inner);

/// <summary>Which failures go away by running the whole unit again.</summary>
internal static class Retry
{
    private const int Attempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (NpgsqlException passing) when (attempt < Attempts && Passes(passing))
            {
                // 20, 40, 80, 160 ms, each between half and all of it, so that two rivals part.
                var pause = FirstPause * Math.Pow(2, attempt - 1) * (0.5 + (Random.Shared.NextDouble() / 2));
                await Task.Delay(pause, cancel);
            }
        }
    }

    public static bool Passes(NpgsqlException problem) => problem is PostgresException answer
        // The same idempotency key twice at once, without a lock both wait for: run again, the answer of the other is found.
        ? answer.ConstraintName == "idempotency_pkey"
            || answer.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        : problem.IsTransient;
}
