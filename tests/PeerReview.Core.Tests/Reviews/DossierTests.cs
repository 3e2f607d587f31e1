using System.Text.Json;
using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

public sealed class DossierTests
{
    private static readonly Dossier SignedByBoth = Helped.After(
        new ReviewEvent.PartValidated(Contributor, "part"), Signed(RoleCode.FocalPoint, "hash"), Signed(RoleCode.Authority, "hash"));

    [Fact]
    public void A_change_of_an_item_takes_signatures_away_and_the_validation_of_its_owner()
    {
        var own = SignedByBoth.After(Wrote(WritingKind.Answer, First, 2));
        var others = SignedByBoth.After(Wrote(WritingKind.Answer, Second, 2));
        var translation = SignedByBoth.After(Wrote(WritingKind.AnswerTranslation, $"{First}:fr"));
        var file = SignedByBoth.After(new ReviewEvent.FileAdded(Person(50), First, "sha", "AMBER", FocalPoint));

        Assert.Empty(own.Signatures);
        Assert.Empty(own.Validated);
        Assert.Empty(others.Signatures);
        Assert.Equal([Contributor], others.Validated.Keys);
        Assert.Empty(translation.Signatures);
        Assert.Empty(translation.Validated);
        Assert.Empty(file.Signatures);
        Assert.Empty(file.Validated);
    }

    [Fact]
    public void Sent_back_it_is_signed_anew_and_parts_stay_finished()
    {
        var back = SignedByBoth.After(Wrote(WritingKind.ReturnList, "1"));

        Assert.Null(back.SignedHash(SignedAct.SelfAssessment, RoleCode.FocalPoint));
        Assert.Equal([Contributor], back.Validated.Keys);
    }

    [Fact]
    public void Whoever_is_given_other_items_has_not_validated_them_and_whoever_leaves_has_nothing()
    {
        var given = SignedByBoth.After(new ReviewEvent.PersonAppointed(Contributor, RoleCode.Contributor, null, [Second], Authority));
        var released = SignedByBoth.After(new ReviewEvent.PersonReleased(Contributor, RoleCode.Contributor, Authority));

        Assert.Empty(given.Validated);
        Assert.Equal([Second], Assert.Single(given.People, p => p.Person == Contributor).Items);
        Assert.Empty(released.Holding(RoleCode.Contributor));
        Assert.Empty(released.Validated);
    }

    [Fact]
    public void Another_pair_of_coordinators_takes_the_place_of_the_first()
    {
        var (third, fourth) = (Person(7), Person(8));

        var other = Appointed.After(new ReviewEvent.CaseAssigned(third, fourth, Coordinator));

        Assert.Equal([third, fourth], other.Holding(RoleCode.Coordinator));
        Assert.Equal((third, fourth), (other.Coordinator, other.Deputy));
    }

    [Fact]
    public void A_question_is_open_until_its_reply_or_its_withdrawal()
    {
        var asked = Appointed.After(Wrote(WritingKind.Question, "q1"), Wrote(WritingKind.Question, "q2"), Wrote(WritingKind.Question, "q1", 2));

        Assert.Equal(["q1", "q2"], asked.OpenQuestions);
        Assert.Equal(["q2"], asked.After(Wrote(WritingKind.Reply, "q1")).OpenQuestions);
        Assert.Equal(["q1"], asked.After(new ReviewEvent.TextWithdrawn(WritingKind.Question, "q2", Coordinator)).OpenQuestions);
    }

    [Fact]
    public void An_urgent_point_keeps_who_raised_it_and_that_it_was_acknowledged()
    {
        var raised = Appointed.After(Wrote(WritingKind.Urgent, "U-01"));
        var seen = raised.After(Wrote(WritingKind.UrgentAcknowledged, "U-01"));

        Assert.Equal(new UrgentMark("U-01", FocalPoint, Now, Acknowledged: false), Assert.Single(raised.Urgent));
        Assert.True(Assert.Single(seen.Urgent).Acknowledged);
    }

    [Fact]
    public void A_private_question_keeps_who_asked_for_which_State_and_that_it_was_answered()
    {
        var asked = Appointed.After(
            new ReviewEvent.ReviewerAppointed(FocalPoint, RoleCode.Expert, "GHA", null, Coordinator), Wrote(WritingKind.PrivateQuestion, "p1"));

        Assert.Equal(new PrivateQuestionMark("p1", FocalPoint, "GHA", Now, Answered: false), Assert.Single(asked.PrivateQuestions));
        Assert.True(Assert.Single(asked.After(Wrote(WritingKind.PrivateAnswer, "p1")).PrivateQuestions).Answered);
    }

    [Fact]
    public void It_comes_back_from_its_row_as_it_was()
    {
        var text = ReviewJson.Write(SignedByBoth.After(Wrote(WritingKind.Urgent, "U-01"), Wrote(WritingKind.PrivateQuestion, "p1")));

        Assert.Equal(text, ReviewJson.Write(ReviewJson.ReadDossier(text)));
    }

    // Rows written by older versions are compared with their events: a name added here must be left out of the text while it holds nothing.
    [Fact]
    public void Its_row_holds_what_was_decided_and_nothing_that_is_worked_out_from_it()
    {
        using var row = JsonDocument.Parse(ReviewJson.Write(Dossier.Empty));

        Assert.Equal(
            "programme subject_kind subject variant process framework items working_language publication_languages promise "
            + "register_consent coordinator deputy people team stakeholders validated signatures choices withheld relabelled "
            + "dissent unsettled agreement slug edition open_questions asked urgent private_questions dialogue stepped_in_at",
            string.Join(' ', row.RootElement.EnumerateObject().Select(one => one.Name)));
        Assert.DoesNotContain("lacking", row.RootElement.GetRawText(), StringComparison.Ordinal);
    }
}
