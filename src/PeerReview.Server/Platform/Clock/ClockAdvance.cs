using System.Globalization;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Clock;

/// <summary>Moves a manual clock forward as time would have passed: from instant to instant at which something falls due,
/// doing all of it at each before going on. When it returns, nothing is left to do and all mail is out.</summary>
public sealed class ClockAdvance
{
    // What another program took in hand and died over is not waited for: its lease may be long.
    private const int Patience = 250;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly BusinessClock _clock;
    private readonly IDueWork[] _work;
    private readonly OutboxRelay _relay;
    private readonly OutboxClaims _claims;

    internal ClockAdvance(BusinessClock clock, IEnumerable<IDueWork> work, OutboxRelay relay, OutboxClaims claims)
    {
        _clock = clock;
        _work = [.. work];
        _relay = relay;
        _claims = claims;
    }

    /// <summary>Moves on by a duration.</summary>
    /// <exception cref="DatabaseException">The clock is the real one.</exception>
    public async Task<ClockAdvanced> ByAsync(TimeSpan duration, CancellationToken cancel) =>
        await ToAsync(await _clock.NowAsync(cancel) + duration, cancel);

    /// <summary>Moves on to an instant; one already past only does what is due.</summary>
    /// <exception cref="DatabaseException">The clock is the real one.</exception>
    public async Task<ClockAdvanced> ToAsync(DateTimeOffset target, CancellationToken cancel)
    {
        // Refused before anything is done, when it is the real clock.
        var from = await _clock.AdvanceAsync(DateTimeOffset.UnixEpoch, cancel);
        var waits = new Waits();
        var (instants, settled) = (0, await DrainAsync(waits, cancel));
        while (await NextAsync(cancel) is { } next && next <= target)
        {
            await _clock.AdvanceAsync(next, cancel);
            settled += await DrainAsync(waits, cancel);
            instants++;
        }

        var to = await _clock.AdvanceAsync(target, cancel);
        settled += await DrainAsync(waits, cancel);
        return new ClockAdvanced(from, to, instants, settled);
    }

    private async Task<DateTimeOffset?> NextAsync(CancellationToken cancel)
    {
        var now = await _clock.NowAsync(cancel);
        DateTimeOffset? first = null;
        foreach (var work in _work)
        {
            if (await work.NextAsync(now, cancel) is { } next && (first is null || next < first))
                first = next;
        }

        return first;
    }

    private async Task<int> DrainAsync(Waits waits, CancellationToken cancel)
    {
        var settled = 0;
        while (true)
        {
            var round = await _relay.DrainAsync(cancel);
            foreach (var work in _work)
                round += await work.DrainAsync(cancel);
            settled += round;
            if (round > 0)
                continue;
            // Another program of this database may have the rest in hand.
            if (waits.Left == 0 || !await OthersAreBusyAsync(cancel))
                return settled;
            waits.Left--;
            await Task.Delay(Breath, cancel);
        }
    }

    private async Task<bool> OthersAreBusyAsync(CancellationToken cancel)
    {
        if (await _claims.AnyInHandAsync(cancel))
            return true;
        foreach (var work in _work)
        {
            if (await work.IsInOtherHandsAsync(cancel))
                return true;
        }

        return false;
    }

    private sealed class Waits
    {
        public int Left { get; set; } = Patience;
    }
}

/// <summary>How far a clock was moved. Instants are business time, UTC.</summary>
/// <param name="Instants">At how many instants on the way something was due.</param>
/// <param name="Settled">Reminders, deadlines and letters dealt with.</param>
public sealed record ClockAdvanced(DateTimeOffset From, DateTimeOffset To, int Instants, int Settled)
{
    /// <summary>One line for the command line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{To:yyyy-MM-dd'T'HH:mm:ss'Z'} after {Instants} instants with something due, {Settled} things done.");
}
