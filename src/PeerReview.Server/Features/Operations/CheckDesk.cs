using PeerReview.Server.Features.Operations.Checking;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations;

/// <summary>Runs the check of the whole database for operators, one at a time, and keeps what the last one found.</summary>
public sealed class CheckDesk(Database database, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _running = new(1);

    /// <summary>The last check of this node; null when there was none since it started.</summary>
    public LastCheck? Last { get; private set; }

    /// <summary>Checks now. Somebody who asks while a check runs gets the result of that one.</summary>
    public async Task<LastCheck> RunAsync(CancellationToken cancel)
    {
        var before = Last;
        await _running.WaitAsync(cancel);
        try
        {
            if (ReferenceEquals(before, Last))
                Last = new LastCheck(time.GetUtcNow(), await Check.RunAsync(database, cancel));
            return Last!;
        }
        finally
        {
            _running.Release();
        }
    }

    public void Dispose() => _running.Dispose();
}

/// <summary>What a check found.</summary>
/// <param name="At">When it began; real time.</param>
public sealed record LastCheck(DateTimeOffset At, CheckResult Result);
