using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>Which meeting a fixed time is.</summary>
public sealed class MeetingSeriesTests
{
    [Fact]
    public void A_second_time_is_a_second_meeting_while_the_first_stands()
    {
        var meetings = MeetingSeries.Of([Fix("T-01"), Fix("T-03"), Fix("T-01")]);
        Assert.Equal([("T-01", 1, 1), ("T-03", 2, 0)], meetings.Select(one => (one.Key, one.Value.Number, one.Value.Revision)));
    }

    [Fact]
    public void A_time_taken_back_moves_its_meeting_to_the_next_and_leaves_the_others_alone()
    {
        var meetings = MeetingSeries.Of([Fix("T-02"), Fix("T-03"), TakeBack("T-02"), TakeBack("T-01"), Fix("T-04"), Fix("T-05")]);
        Assert.Equal([("T-03", 2, 0), ("T-04", 1, 1), ("T-05", 3, 0)], meetings.Select(one => (one.Key, one.Value.Number, one.Value.Revision)));
    }

    private static ReviewEvent.TextWritten Fix(string slot) => new(WritingKind.Meeting, slot, 1, "", "AMBER", Guid.Empty);

    private static ReviewEvent.TextWithdrawn TakeBack(string slot) => new(WritingKind.Slot, slot, Guid.Empty);
}
