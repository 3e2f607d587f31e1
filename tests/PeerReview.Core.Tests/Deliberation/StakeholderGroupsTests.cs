using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;
using Material = PeerReview.Core.Reviews.Material;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>Of each group it is said how it was heard.</summary>
public sealed class StakeholderGroupsTests
{
    [Fact]
    public void A_group_is_heard_invited_and_silent_or_not_invited()
    {
        var (speaks, silent, gone) = (Person(30), Person(31), Person(32));
        var dossier = Appointed.After(
            new ReviewEvent.StakeholderInvited(Person(40), speaks, StakeholderFamily.Industry, Coordinator),
            new ReviewEvent.StakeholderInvited(Person(41), silent, StakeholderFamily.Academia, Coordinator),
            new ReviewEvent.StakeholderInvited(Person(42), gone, StakeholderFamily.CivilSociety, Coordinator),
            new ReviewEvent.StakeholderInvitationClosed(Person(42), InvitationOutcome.Withdrawn, Coordinator),
            new ReviewEvent.TextWritten(WritingKind.Contribution, "one", 1, new string('0', 64), "AMBER", speaks),
            new ReviewEvent.TextWritten(WritingKind.Contribution, "two", 1, new string('0', 64), "AMBER", silent));

        // What is set aside, or not screened, reached nobody.
        Assert.Equal(["silent", "silent", "not_invited"], Standings(dossier));
        dossier = dossier.After(
            new ReviewEvent.ContributionScreened("one", Accepted: true, Coordinator), new ReviewEvent.ContributionScreened("two", Accepted: false, Coordinator));
        Assert.Equal(["heard", "silent", "not_invited"], Standings(dossier));

        var material = Material.Empty.With(Writing(WritingKind.NotInvited, StakeholderFamily.CivilSociety, Contents.Write(new NoteContent("Why.", [])).GetRawText()));
        Assert.NotNull(StakeholderGroups.Of(dossier, material)[2].Reason);
    }

    private static IEnumerable<string> Standings(Dossier dossier) => StakeholderGroups.Of(dossier, Material.Empty).Select(group => group.Standing);
}
