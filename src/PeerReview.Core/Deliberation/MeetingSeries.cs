using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Which meeting of a dialogue a fixed time is: calendars take a later time of one meeting for the same entry.</summary>
public static class MeetingSeries
{
    /// <summary>The meetings that stand, by the time they are fixed for. A meeting whose time was taken back moves to the time fixed next.</summary>
    /// <param name="history">Events of one review, in order; those of other texts are passed over.</param>
    public static ImmutableSortedDictionary<string, MeetingPlace> Of(IEnumerable<ReviewEvent> history)
    {
        var (standing, moving, meetings) = (ImmutableSortedDictionary.Create<string, MeetingPlace>(StringComparer.Ordinal), ImmutableQueue<MeetingPlace>.Empty, 0);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in history)
        {
            switch (step)
            {
                // That a meeting no longer holds is written after its time is gone.
                case ReviewEvent.TextWritten { What: WritingKind.Meeting } written when gone.Contains(written.Key):
                    break;
                case ReviewEvent.TextWritten { What: WritingKind.Meeting } written when standing.TryGetValue(written.Key, out var same):
                    standing = standing.SetItem(written.Key, same.Again());
                    break;
                case ReviewEvent.TextWritten { What: WritingKind.Meeting } written when !moving.IsEmpty:
                    moving = moving.Dequeue(out var moved);
                    standing = standing.Add(written.Key, moved.Again());
                    break;
                case ReviewEvent.TextWritten { What: WritingKind.Meeting } written:
                    standing = standing.Add(written.Key, new MeetingPlace(++meetings, 0));
                    break;
                case ReviewEvent.TextWithdrawn { What: WritingKind.Slot } withdrawn when standing.TryGetValue(withdrawn.Key, out var free):
                    standing = standing.Remove(withdrawn.Key);
                    moving = moving.Enqueue(free);
                    gone.Add(withdrawn.Key);
                    break;
            }
        }

        return standing;
    }
}

/// <summary>A meeting among those of a dialogue.</summary>
/// <param name="Number">From 1; stays while the meeting moves.</param>
/// <param name="Revision">How often its time or way was changed.</param>
public sealed record MeetingPlace(int Number, int Revision)
{
    /// <summary>The same meeting, changed once more.</summary>
    internal MeetingPlace Again() => this with { Revision = Revision + 1 };
}
