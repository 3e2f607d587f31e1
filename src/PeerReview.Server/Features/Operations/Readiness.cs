using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations;

/// <summary>One thing the program needs, and how it is.</summary>
/// <param name="Name"><c>database</c>, <c>schema</c> or <c>outbox</c>.</param>
/// <param name="Status"><c>pass</c>, <c>warn</c> (somebody should look; pages work) or <c>fail</c>.</param>
/// <param name="Says">A sentence for the operator, or null.</param>
public sealed record ReadinessCheck(string Name, string Status, string? Says);

/// <summary>Whether this node can serve. The answer is kept for a second: anybody may ask, as often as they like.</summary>
/// <remarks>An outbox that stands still warns and does not fail: taking the pages away would mend no mail server.</remarks>
public sealed class Readiness(Database database, Migrator migrator, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _asking = new(1);
    private IReadOnlyList<ReadinessCheck> _answer = [];
    private long _askedAt;

    /// <summary>Every check, worst news included.</summary>
    public async Task<IReadOnlyList<ReadinessCheck>> AskAsync(CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel);
        try
        {
            if (_answer.Count == 0 || time.GetElapsedTime(_askedAt) > Kept)
            {
                _answer = await CheckAsync(cancel);
                _askedAt = time.GetTimestamp();
            }

            return _answer;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The worst of the statuses.</summary>
    public static string Worst(IReadOnlyList<ReadinessCheck> checks) =>
        checks.Any(check => check.Status == "fail") ? "fail"
        : checks.Any(check => check.Status == "warn") ? "warn"
        : "pass";

    public void Dispose() => _asking.Dispose();

    private async Task<IReadOnlyList<ReadinessCheck>> CheckAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var checks = new List<ReadinessCheck>(3);
        var current = "database";
        try
        {
            var pulse = new ReadinessCheck("outbox", "pass", null);
            await using (await database.Source.OpenConnectionAsync(patience.Token))
                checks.Add(new ReadinessCheck(current, "pass", null));
            current = "schema";
            await migrator.RequireCurrentAsync(database, patience.Token);
            checks.Add(new ReadinessCheck(current, "pass", null));
            current = "outbox";
            if (await Pulse.ReadAsync(database, patience.Token) is { OutboxIsStuck: true } stuck)
                pulse = new ReadinessCheck(current, "warn", $"A row has waited for {stuck.OutboxOldest:d\\.hh\\:mm\\:ss}.");
            checks.Add(pulse);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && Sentence(failure) is not null)
        {
            checks.Add(new ReadinessCheck(current, "fail", Sentence(failure)));
        }

        return checks;
    }

    private static string? Sentence(Exception failure) => failure switch
    {
        OperationCanceledException => "No answer in time.",
        Npgsql.NpgsqlException => DatabaseException.From(failure)?.Message ?? "The database answers with an error; see the log.",
        DatabaseException problem => problem.Message,
        _ => null,
    };
}
