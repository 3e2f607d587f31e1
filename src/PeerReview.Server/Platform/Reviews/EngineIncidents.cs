using Npgsql;
using PeerReview.Core.Ports;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What went wrong between an engine and the events of a review, for operators.</summary>
public sealed partial class EngineIncidents(Database database, ILogger<EngineIncidents> log)
{
    /// <summary>Writes one on a connection of its own: the command it happened in may be rolled back.</summary>
    public async Task RecordAsync(
        LoadedReview review, string engine, EngineIncidentKind kind, Signal signal, EngineException trouble)
    {
        Recorded(log, trouble, engine, kind, review.Id.Value);
        try
        {
            await database.ExecuteAsync(
                Scope.Of(review.Programme),
                Sql.Write,
                new
                {
                    Id = Guid.CreateVersion7(),
                    Programme = review.Programme.Value,
                    Review = review.Id.Value,
                    Engine = engine,
                    Kind = ProcessCodes.Of(kind),
                    Signal = signal.ToString(),
                    Detail = trouble.Message,
                },
                CancellationToken.None);
        }
        catch (NpgsqlException away)
        {
            // The log has it; the command tells by itself that the database is away.
            NotWritten(log, away);
        }
    }

    /// <summary>The newest ones, at most 50.</summary>
    public Task<IReadOnlyList<EngineIncident>> NewestAsync(CancellationToken cancel) =>
        database.Worker.QueryAsync<EngineIncident>(Scope.None, Sql.Newest, null, cancel);

    [LoggerMessage(LogLevel.Error, "Engine {Engine}: incident {Kind} in review {Review}")]
    private static partial void Recorded(ILogger log, Exception e, string engine, EngineIncidentKind kind, Guid review);

    [LoggerMessage(LogLevel.Error, "The incident of an engine could not be written")]
    private static partial void NotWritten(ILogger log, Exception e);

    private static class Sql
    {
        public const string Write =
            """
            INSERT INTO engine_incident (id, programme_id, review_id, at, engine, kind, signal, detail)
            VALUES (@Id, @Programme, @Review, clock_timestamp(), @Engine, @Kind, @Signal, left(@Detail, 4000))
            """;

        public const string Newest =
            "SELECT review_id, at, engine, kind, signal, detail FROM engine_incident ORDER BY at DESC LIMIT 50";
    }
}

/// <summary>What came of it.</summary>
public enum EngineIncidentKind
{
    /// <summary>The engine's text was made anew from the events, and then it worked.</summary>
    Rebuilt,

    /// <summary>Even so it disagreed with the events or with its reference: the command changed nothing.</summary>
    Mismatch,

    /// <summary>Something broke within the engine: the command changed nothing.</summary>
    Fault,
}

/// <summary>An incident as operators see it.</summary>
/// <param name="At">Real time, UTC.</param>
/// <param name="Signal">What the engine was told.</param>
public sealed record EngineIncident(Guid ReviewId, DateTimeOffset At, string Engine, string Kind, string Signal, string Detail);
