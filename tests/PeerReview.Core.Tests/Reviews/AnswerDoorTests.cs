using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Process;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Which answers are open for a later version while the State replies to the reviewing States, and what stays signed.</summary>
public sealed class AnswerDoorTests
{
    private static readonly Dossier Asked = Helped.After(
        new ReviewEvent.PartValidated(Contributor, "part"), Signed(RoleCode.FocalPoint, "hash"), Signed(RoleCode.Authority, "hash"),
        new ReviewEvent.QuestionsAsked([new AskedItem("Q-01", First)], Person(9)));

    [Theory]
    [InlineData("state_reply", First, true)]
    [InlineData("state_reply", Second, false)]
    [InlineData("consolidate", First, false)]
    [InlineData("draft", First, false)]
    public void An_answer_a_question_is_about_is_open_while_the_State_replies(string stage, string item, bool open) =>
        Assert.Equal(open, AnswerDoor.IsReopened(item, Review.At("desk", stage).State, Asked));

    [Fact]
    public void Nothing_is_open_again_where_nobody_asked() =>
        Assert.False(AnswerDoor.IsReopened(First, Review.At("desk", "state_reply").State, Helped));

    [Fact]
    public void What_was_handed_in_stays_signed_whatever_is_written_in_reply()
    {
        var rewritten = Asked.After(
            Wrote(WritingKind.Answer, First, 2), Wrote(WritingKind.AnswerTranslation, $"{First}:fr"),
            new ReviewEvent.FileAdded(Person(8), First, new string('0', 64), "AMBER", FocalPoint));

        Assert.Equal("hash", rewritten.SignedHash(SignedAct.SelfAssessment, RoleCode.FocalPoint));
        Assert.Equal("hash", rewritten.SignedHash(SignedAct.SelfAssessment, RoleCode.Authority));
        Assert.Equal("part", rewritten.Validated[Contributor]);
        Assert.Equal(Now, ReviewJson.ReadDossier(ReviewJson.Write(rewritten)).Asked?.At);
    }

    [Theory]
    [InlineData(ReviewAct.SaveAnswer, null)]
    [InlineData(ReviewAct.AttachEvidence, null)]
    [InlineData(ReviewAct.ValidatePart, "assessment.submitted")]
    [InlineData(ReviewAct.SignAsAuthority, "assessment.submitted")]
    public void Only_writing_and_adding_files_is_open_again(ReviewAct act, string? code)
    {
        var facts = new ReviewFacts(new ReviewId(Person(7)), new ProgrammeId(Person(6))) { Subject = new StateCode("KEN"), HasTeam = true, Submitted = true };
        var authority = new Actor(new PersonId(Authority), [new Grant(Role.StateAuthority, facts.Programme, State: new StateCode("KEN"))]);

        Assert.Equal(code, Core.Access.Access.May(authority, act, facts, Asked.Answer(First) with { Reopened = true })?.Code);
        Assert.Equal("assessment.submitted", Core.Access.Access.May(authority, act, facts, Asked.Answer(First))?.Code);
    }

    [Theory]
    [InlineData(ReviewAct.SaveAnswer, "assessment.reply-instead")]
    [InlineData(ReviewAct.AttachEvidence, null)]
    public void A_contributor_writes_a_reply_and_no_answer_that_was_handed_in(ReviewAct act, string? code)
    {
        var facts = new ReviewFacts(new ReviewId(Person(7)), new ProgrammeId(Person(6))) { Subject = new StateCode("KEN"), HasTeam = true, Submitted = true };
        var contributor = new Actor(
            new PersonId(Contributor), [new Grant(Role.StateContributor, facts.Programme, State: new StateCode("KEN"), Review: facts.Review)]);

        Assert.Equal(code, Core.Access.Access.May(contributor, act, facts, Asked.Answer(First) with { Reopened = true })?.Code);
        Assert.Null(Core.Access.Access.May(contributor, act, facts with { Submitted = false }, Asked.Answer(First)));
    }
}
