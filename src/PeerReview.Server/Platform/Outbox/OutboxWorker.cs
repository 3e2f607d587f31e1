namespace PeerReview.Server.Platform.Outbox;

/// <summary>Empties the outbox whenever this program committed something for it, each lane by itself. Rows of other programs
/// and rows that came back from a pause are found by the recurring work of the same relay.</summary>
internal sealed partial class OutboxWorker(OutboxRelay relay, OutboxSignal signal, ILogger<OutboxWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lanes = relay.Lanes.Select(lane => (Lane: lane, Signal: new OutboxSignal())).ToList();
        await Task.WhenAll(
            [PassOnAsync([.. lanes.Select(one => one.Signal)], stoppingToken), .. lanes.Select(one => DrainAsync(one.Lane, one.Signal, stoppingToken))]);
    }

    private async Task PassOnAsync(IReadOnlyList<OutboxSignal> lanes, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await signal.WaitAsync(stopping);
                foreach (var lane in lanes)
                    lane.Wake();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop; the lanes are too.
        }
    }

    private async Task DrainAsync(OutboxLane lane, OutboxSignal wakes, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await wakes.WaitAsync(stopping);
                await relay.DrainAsync(lane, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // The database is away, most likely. The recurring work looks again.
                DrainFailed(log, problem);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be emptied")]
    private static partial void DrainFailed(ILogger log, Exception e);
}
