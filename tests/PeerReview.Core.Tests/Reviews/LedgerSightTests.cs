using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Access;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Which bodies of the record somebody reads.</summary>
public sealed class LedgerSightTests
{
    [Fact]
    public void A_body_about_a_text_is_read_by_whoever_reads_the_text()
    {
        Assert.True(Reads(Role.StateFocalPoint, 'L', Wrote(WritingKind.Answer, First)));
        Assert.False(Reads(Role.Coordinator, 'L', Wrote(WritingKind.Answer, First)));
        Assert.True(Reads(Role.Coordinator, 'S', Wrote(WritingKind.Answer, First)));
        Assert.False(Reads(Role.Coordinator, 'S', new ReviewEvent.TextWritten(WritingKind.Answer, First, 1, "", "RED", FocalPoint)));
        Assert.False(Reads(Role.Coordinator, 'L', Wrote(WritingKind.Summary, "summary")));
    }

    [Fact]
    public void A_body_about_a_translation_is_read_by_whoever_reads_the_answer()
    {
        var (own, others) = (Wrote(WritingKind.AnswerTranslation, $"{First}:fr"), Wrote(WritingKind.AnswerTranslation, $"{Second}:fr"));

        Assert.True(Reads(Role.StateFocalPoint, 'L', own));
        Assert.False(Reads(Role.Coordinator, 'L', own));
        Assert.True(Reads(Role.Coordinator, 'S', own));
        Assert.False(Reads(Role.Coordinator, 'S', new ReviewEvent.TextWritten(WritingKind.AnswerTranslation, $"{First}:fr", 1, "", "RED", FocalPoint)));
        Assert.Equal(Reads(Role.StateContributor, 'L', Wrote(WritingKind.Answer, First)), Reads(Role.StateContributor, 'L', own));
        Assert.False(Reads(Role.StateContributor, 'L', others));
    }

    [Fact]
    public void That_a_text_is_an_urgent_point_is_for_its_circle()
    {
        var raised = Wrote(WritingKind.Urgent, "U-01");

        Assert.True(Reads(Role.StateAuthority, 'S', raised));
        Assert.True(Reads(Role.Coordinator, 'S', raised));
        foreach (var role in new[] { Role.StateFocalPoint, Role.HeadCoordinator, Role.StateContributor, Role.OtherState, Role.Observer })
            Assert.False(Reads(role, 'S', raised), role.ToString());
    }

    [Fact]
    public void That_a_text_is_a_private_question_is_for_the_State_and_for_those_who_asked()
    {
        var mine = Helped.After(
            new ReviewEvent.ReviewerAppointed(Cast.Me.Value, RoleCode.ReviewerFocalPoint, "CHL", null, Coordinator),
            new ReviewEvent.ReviewerAppointed(FocalPoint, RoleCode.Expert, "CHL", null, Coordinator),
            Wrote(WritingKind.PrivateQuestion, "p1"));
        var others = mine with { PrivateQuestions = [mine.PrivateQuestions[0] with { State = "EST" }] };
        foreach (var text in new[] { Wrote(WritingKind.PrivateQuestion, "p1"), Wrote(WritingKind.PrivateAnswer, "p1") })
        {
            Assert.True(Sees(Role.StateAlternate, others, text));
            Assert.True(Sees(Role.ReviewerFocalPoint, mine, text));
            foreach (var role in new[] { Role.ReviewerFocalPoint, Role.ReviewerExpert, Role.ReviewerLead, Role.Coordinator, Role.HeadCoordinator, Role.StateContributor, Role.Auditor })
                Assert.False(Sees(role, others, text), role.ToString());
        }

        static bool Sees(Role role, Dossier dossier, ReviewEvent @event) =>
            new LedgerSight(Cast.As(role), Cast.In('S'), dossier).MayRead(@event);
    }

    [Fact]
    public void How_it_moves_is_read_by_all_who_read_its_status_and_an_unknown_body_by_nobody_else()
    {
        Assert.True(Reads(Role.StateFocalPoint, 'L', @event: null));
        Assert.False(Reads(Role.OtherState, 'L', @event: null));
        Assert.False(Reads(Role.Public, 'P', Wrote("something new", "1")));
    }

    [Fact]
    public void After_a_withdrawal_the_office_keeps_the_bare_file()
    {
        Assert.False(Reads(Role.Coordinator, 'W', Wrote(WritingKind.Answer, First)));
        Assert.True(Reads(Role.StateAuthority, 'W', Wrote(WritingKind.Answer, First)));
        Assert.True(Reads(Role.Coordinator, 'W', @event: null));
    }

    private static bool Reads(Role role, char phase, ReviewEvent? @event) =>
        new LedgerSight(Cast.As(role), Cast.In(phase), Helped).MayRead(@event);
}
