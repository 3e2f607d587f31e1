using System.Diagnostics;

namespace PeerReview.Server.Platform.Outbox;

/// <summary>Empties the outbox: claims a row, carries it outside any transaction, settles it. At least once; any number of
/// relays on any number of nodes work side by side.</summary>
internal sealed partial class OutboxRelay(
    OutboxClaims claims, IEnumerable<IOutboxCarrier> carriers, OutboxOptions options, OutboxChance chance, ILogger<OutboxRelay> log)
{
    private readonly Dictionary<string, IOutboxCarrier> _carriers =
        carriers.ToDictionary(carrier => carrier.Topic, StringComparer.Ordinal);

    /// <summary>The lanes: none waits for another.</summary>
    public IReadOnlyList<OutboxLane> Lanes { get; } = OutboxLane.Of(carriers, options);

    /// <summary>Carries what is available until nothing is; answers how many rows it handled.</summary>
    /// <param name="cancel">Stops claiming. What is in hand is carried and settled first.</param>
    public async Task<int> DrainAsync(CancellationToken cancel) =>
        (await Task.WhenAll(Lanes.Select(lane => DrainAsync(lane, cancel)))).Sum();

    /// <summary>The same for one lane.</summary>
    public async Task<int> DrainAsync(OutboxLane lane, CancellationToken cancel) =>
        (await Task.WhenAll(Enumerable.Range(0, lane.Senders).Select(_ => DrainAloneAsync(lane, cancel)))).Sum();

    private async Task<int> DrainAloneAsync(OutboxLane lane, CancellationToken cancel)
    {
        for (var handled = 0; ; handled++)
        {
            if (cancel.IsCancellationRequested
                || await claims.ClaimAsync([.. lane.Topics], options.Lease, CancellationToken.None) is not { } row)
                return handled;
            if (!await SettleAsync(row, await CarryAsync(row)))
                Lost(log, row.Id, row.Attempts);
        }
    }

    private async Task<Carried> CarryAsync(OutboxRow row)
    {
        if (row.Attempts > options.MaxAttempts)
            return new Carried.Refused("Its attempts were used up before one ended; see the log of the program for crashes.");
        using var done = new CancellationTokenSource();
        var renewal = KeepLeaseAsync(row, done.Token);
        try
        {
            return await _carriers[row.Topic].CarryAsync(row, CancellationToken.None);
        }
        catch (Exception bug)
        {
            // One row's surprise must not stop the others. Its text may hold anything, so only its kind is kept.
            CarrierBroke(log, bug, row.Id, row.Topic);
            return new Carried.Failed($"The program failed on it: {bug.GetType().Name}.");
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
        }
    }

    private async Task<bool> SettleAsync(OutboxRow row, Carried outcome)
    {
        var last = row.Attempts >= options.MaxAttempts;
        switch (outcome)
        {
            case Carried.Delivered delivered:
                return await claims.DeliverAsync(row, delivered.Erase, CancellationToken.None);
            case Carried.Failed failed when !last:
                NotCarried(log, row.Id, row.Topic, row.Attempts, failed.Error);
                var pause = options.PauseAfter(row.Attempts, chance.Next());
                return await claims.PostponeAsync(row, failed.Error, failed.Uncertain, pause, CancellationToken.None);
            case Carried.Failed failed:
                GivenUp(log, row.Id, row.Topic, failed.Error);
                return await claims.GiveUpAsync(row, failed.Error, failed.Uncertain, erase: false, CancellationToken.None);
            case Carried.Refused refused:
                GivenUp(log, row.Id, row.Topic, refused.Error);
                return await claims.GiveUpAsync(row, refused.Error, uncertain: false, refused.Erase, CancellationToken.None);
            default:
                throw new UnreachableException($"No settlement for {outcome.GetType().Name}.");
        }
    }

    private async Task KeepLeaseAsync(OutboxRow row, CancellationToken done)
    {
        using var rhythm = new PeriodicTimer(options.Lease / 3, claims.Time);
        try
        {
            while (await rhythm.WaitForNextTickAsync(done))
                await claims.RenewAsync(row, options.Lease, done);
        }
        catch (OperationCanceledException)
        {
            // Carried; nothing more to keep.
        }
        catch (Exception lost) when (lost is Npgsql.NpgsqlException)
        {
            // The lease will run out; whoever claims then has a higher fence, and our settling will miss.
            RenewalFailed(log, lost, row.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Outbox row {Row} on {Topic} was not carried, attempt {Attempt}: {Error}")]
    private static partial void NotCarried(ILogger log, long row, string topic, int attempt, string error);

    [LoggerMessage(LogLevel.Error, "Outbox row {Row} on {Topic} was given up: {Error}")]
    private static partial void GivenUp(ILogger log, long row, string topic, string error);

    [LoggerMessage(LogLevel.Error, "The carrier of outbox row {Row} on {Topic} failed")]
    private static partial void CarrierBroke(ILogger log, Exception e, long row, string topic);

    [LoggerMessage(LogLevel.Warning, "Outbox row {Row} was taken over by another node at attempt {Attempt}")]
    private static partial void Lost(ILogger log, long row, int attempt);

    [LoggerMessage(LogLevel.Warning, "The lease of outbox row {Row} was not renewed")]
    private static partial void RenewalFailed(ILogger log, Exception e, long row);
}

/// <summary>Chance between 0 and 1, for pauses; tests give their own.</summary>
internal sealed class OutboxChance(Func<double> next)
{
    public static OutboxChance Shared { get; } = new(Random.Shared.NextDouble);

    public double Next() => next();
}
