namespace PeerReview.Server.Platform.Outbox;

/// <summary>Empties the outbox whenever this program committed something for it. Rows of other programs and rows that came
/// back from a pause are found by the recurring work of the same relay.</summary>
internal sealed partial class OutboxWorker(OutboxRelay relay, OutboxSignal signal, ILogger<OutboxWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signal.WaitAsync(stoppingToken);
                await relay.DrainAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
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
