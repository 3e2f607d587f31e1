using System.Threading.Channels;

namespace PeerReview.Server.Platform.Outbox;

/// <summary>Tells this process's relay that something was committed, so that it need not wait for its next look.</summary>
/// <remarks>Only a hint: a row nobody was told of is found by the relay's rhythm.</remarks>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Call after a commit that wrote outbox rows. Never waits.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Returns after the next <see cref="Wake"/>, or at once when there was one since the last return.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel) => await _wakes.Reader.ReadAsync(cancel);
}
