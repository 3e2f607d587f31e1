using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

public sealed class TurnRulesTests
{
    private static readonly string[] Assessing = [RoleCode.Contributor, RoleCode.FocalPoint, RoleCode.Authority];

    [Fact]
    public void A_self_assessment_waits_for_contributors_and_focal_point_and_then_for_the_authority()
    {
        var validated = Helped.After(new ReviewEvent.PartValidated(Contributor, "part"));
        var signed = validated.After(Signed(RoleCode.FocalPoint, "hash"));

        Assert.Equal([RoleCode.Contributor, RoleCode.FocalPoint], Turn(Helped));
        Assert.Equal([RoleCode.FocalPoint], Turn(validated));
        Assert.Equal([RoleCode.Authority], Turn(signed));
        Assert.Equal([RoleCode.FocalPoint], Turn(signed.After(Wrote(WritingKind.Answer, Second, 2))));

        static IEnumerable<string> Turn(Dossier dossier) => TurnRules.Narrow("self_assess", Assessing, dossier);
    }

    [Fact]
    public void A_round_of_questions_waits_for_whoever_is_to_speak_next()
    {
        string[] both = [RoleCode.Coordinator, RoleCode.FocalPoint];
        var asked = Appointed.After(Wrote(WritingKind.Question, "q1"));

        Assert.Equal([RoleCode.Coordinator], TurnRules.Narrow("clarify", both, Appointed));
        Assert.Equal([RoleCode.FocalPoint], TurnRules.Narrow("clarify", both, asked));
        Assert.Equal([RoleCode.Coordinator], TurnRules.Narrow("clarify", both, asked.After(Wrote(WritingKind.Reply, "q1"))));
    }

    [Fact]
    public void A_dialogue_waits_for_who_prepares_then_for_sides_that_have_not_answered_then_for_confirmations()
    {
        string[] all = [RoleCode.Lead, RoleCode.Expert, RoleCode.FocalPoint, RoleCode.Coordinator];
        var (ghana, estonia) = (Person(20), Person(21));
        var begun = Appointed.After(
            new ReviewEvent.ReviewersNamed([new SeatedState("GHA", "A"), new SeatedState("EST", "B")], [], Coordinator),
            new ReviewEvent.ReviewerAppointed(ghana, RoleCode.Expert, "GHA", Letter, Coordinator),
            new ReviewEvent.ReviewerAppointed(estonia, RoleCode.Expert, "EST", Letter, Coordinator));
        var offered = begun.After(Wrote(WritingKind.Slot, "T-01"));
        var answered = offered.After(Wrote(WritingKind.SlotAnswer, DialogueRules.Subject), Wrote(WritingKind.SlotAnswer, "GHA"));
        var written = answered.After(Wrote(WritingKind.Session, "D-01"), Wrote(WritingKind.DialogueRecord, DialogueRules.Key));
        var confirmed = written.After(new ReviewEvent.Signed(SignedAct.Dialogue(DialogueRules.Lead), RoleCode.Lead, "hash", "s", ghana));

        Assert.Equal([RoleCode.Lead, RoleCode.Coordinator], Turn(begun));
        Assert.Equal(all, Turn(offered));
        Assert.Equal([RoleCode.Lead, RoleCode.Expert, RoleCode.Coordinator], Turn(answered));
        Assert.True(TurnRules.HasDone(DialogueRules.Stage, RoleCode.Expert, new PersonId(ghana), answered));
        Assert.False(TurnRules.HasDone(DialogueRules.Stage, RoleCode.Expert, new PersonId(estonia), answered));
        // Another time asks everybody anew; a fixed one nobody.
        Assert.Equal(all, Turn(answered.After(Wrote(WritingKind.Slot, "T-02"))));
        Assert.Equal([RoleCode.Lead, RoleCode.Coordinator], Turn(answered.After(Wrote(WritingKind.Meeting, "T-01"))));
        // A programme waits for the State's agreement, until it is taken back.
        var programme = begun.After(Wrote(WritingKind.VisitProgramme, DialogueRules.Key));
        Assert.Equal([RoleCode.Lead, RoleCode.FocalPoint, RoleCode.Coordinator], Turn(programme));
        Assert.Equal([RoleCode.Lead, RoleCode.Coordinator], Turn(programme.After(new ReviewEvent.Signed(SignedAct.VisitProgramme, RoleCode.FocalPoint, "hash", "s", ghana))));
        Assert.Equal([RoleCode.Lead, RoleCode.Coordinator], Turn(programme.After(new ReviewEvent.TextWithdrawn(WritingKind.VisitProgramme, DialogueRules.Key, ghana))));
        // Nobody confirms before all have met once.
        Assert.Equal([RoleCode.Lead, RoleCode.Expert, RoleCode.Coordinator], Turn(answered.After(Wrote(WritingKind.DialogueRecord, DialogueRules.Key))));
        Assert.Equal([RoleCode.Lead, RoleCode.FocalPoint], Turn(written));
        Assert.Equal([RoleCode.FocalPoint], Turn(confirmed));
        Assert.Equal([RoleCode.Lead, RoleCode.FocalPoint], Turn(confirmed.After(Wrote(WritingKind.DialogueRecord, DialogueRules.Key, 2))));

        IEnumerable<string> Turn(Dossier dossier) => TurnRules.Narrow(DialogueRules.Stage, all, dossier);
    }

    [Fact]
    public void The_next_step_of_a_dialogue_follows_what_was_done()
    {
        var steps = new List<string>();
        var dossier = Appointed;
        foreach (var (what, key) in new[]
        {
            (WritingKind.AgendaPoint, "A-01"), (WritingKind.Slot, "T-01"), (WritingKind.VisitWish, DialogueRules.Key), (WritingKind.Meeting, "T-01"),
            (WritingKind.Session, "D-01"), (WritingKind.DialogueRecord, DialogueRules.Key), (WritingKind.RecordComment, "K-01"), (WritingKind.RecordCommentOutcome, "K-01"),
        })
        {
            dossier = dossier.After(Wrote(what, key));
            steps.Add(DialogueRules.NextStep(dossier, RoleCode.Lead));
        }

        Assert.Equal(
            [
                DialogueStep.Offer, DialogueStep.Fix, DialogueStep.Wish, DialogueStep.Hold, DialogueStep.Record, DialogueStep.Confirm, DialogueStep.Settle,
                DialogueStep.Confirm,
            ],
            steps);
        Assert.Equal(DialogueStep.Confirm, DialogueRules.NextStep(dossier, RoleCode.FocalPoint));
        Assert.Equal(DialogueStep.Programme, DialogueRules.NextStep(Appointed.After(Wrote(WritingKind.VisitProgramme, DialogueRules.Key)), RoleCode.FocalPoint));
    }

    [Fact]
    public void An_opening_waits_for_whoever_has_not_confirmed_the_minutes_as_they_stand()
    {
        string[] all = [RoleCode.Coordinator, RoleCode.FocalPoint, RoleCode.ReviewerFocalPoint];
        var (ghana, estonia) = (Person(20), Person(21));
        var written = Appointed.After(
            new ReviewEvent.ReviewersNamed([new SeatedState("GHA", "A"), new SeatedState("EST", "B")], [], Coordinator),
            new ReviewEvent.ReviewerAppointed(ghana, RoleCode.ReviewerFocalPoint, "GHA", Letter, Coordinator),
            new ReviewEvent.ReviewerAppointed(estonia, RoleCode.ReviewerFocalPoint, "EST", Letter, Coordinator),
            Wrote(WritingKind.Minutes, OpeningRules.Key));
        var confirmed = written.After(
            new ReviewEvent.Signed(SignedAct.Opening("GHA"), RoleCode.ReviewerFocalPoint, "hash", "s", ghana),
            new ReviewEvent.Signed(SignedAct.Opening(OpeningRules.Office), RoleCode.Coordinator, "hash", "s", Coordinator));

        Assert.Equal([RoleCode.Coordinator], TurnRules.Narrow("opening", all, Appointed));
        Assert.Equal(all, TurnRules.Narrow("opening", all, written));
        Assert.Equal([RoleCode.FocalPoint, RoleCode.ReviewerFocalPoint], TurnRules.Narrow("opening", all, confirmed));
        Assert.True(TurnRules.HasDone("opening", RoleCode.ReviewerFocalPoint, new PersonId(ghana), confirmed));
        Assert.False(TurnRules.HasDone("opening", RoleCode.ReviewerFocalPoint, new PersonId(estonia), confirmed));
        Assert.True(TurnRules.HasDone("opening", RoleCode.Coordinator, new PersonId(Deputy), confirmed));
        Assert.False(TurnRules.HasDone("opening", RoleCode.FocalPoint, new PersonId(FocalPoint), confirmed));
        Assert.Equal(all, TurnRules.Narrow("opening", all, confirmed.After(Wrote(WritingKind.Minutes, OpeningRules.Key, 2))));
    }

    [Fact]
    public void The_replies_wait_for_contributors_only_while_a_question_about_their_items_is_open()
    {
        string[] acting = [RoleCode.Contributor, RoleCode.FocalPoint];
        var asked = Helped.After(
            new ReviewEvent.QuestionsAsked([new AskedItem("Q-01", First), new AskedItem("Q-02", Second)], Person(9)),
            Wrote(WritingKind.Question, "Q-01"), Wrote(WritingKind.Question, "Q-02"), Wrote(WritingKind.Question, "Q-03"));
        var replied = asked.After(Wrote(WritingKind.Reply, "Q-01"));

        Assert.Equal(acting, TurnRules.Narrow("state_reply", acting, asked));
        Assert.False(TurnRules.HasDone("state_reply", RoleCode.Contributor, new PersonId(Contributor), asked));
        Assert.Equal([RoleCode.FocalPoint], TurnRules.Narrow("state_reply", acting, replied));
        Assert.True(TurnRules.HasDone("state_reply", RoleCode.Contributor, new PersonId(Contributor), replied));
        Assert.False(TurnRules.HasDone("state_reply", RoleCode.FocalPoint, new PersonId(FocalPoint), replied));
    }

    [Fact]
    public void The_report_waits_for_whoever_has_not_confirmed_it_as_it_stands()
    {
        string[] beside = [RoleCode.Authority, RoleCode.HeadCoordinator];
        var (ghana, estonia) = (Person(20), Person(21));
        var team = Appointed.After(
            new ReviewEvent.ReviewersNamed([new SeatedState("GHA", "A"), new SeatedState("EST", "B")], [], Coordinator),
            new ReviewEvent.ReviewerAppointed(ghana, RoleCode.ReviewerFocalPoint, "GHA", Letter, Coordinator),
            new ReviewEvent.ReviewerAppointed(estonia, RoleCode.ReviewerFocalPoint, "EST", Letter, Coordinator));
        var confirmed = team.After(
            new ReviewEvent.Signed(SignedAct.Agreement("GHA"), RoleCode.ReviewerFocalPoint, "hash", "s", ghana),
            new ReviewEvent.Signed(SignedAct.Agreement(AgreementRules.Subject), RoleCode.Authority, "hash", "s", Authority));
        var agree = JointText.Of(AgreementRules.Stage)!;

        Assert.Equal(beside, TurnRules.Narrow("agree", beside, team));
        Assert.Equal([RoleCode.HeadCoordinator], TurnRules.Narrow("agree", beside, confirmed));
        Assert.True(TurnRules.HasDone("agree", RoleCode.ReviewerFocalPoint, new PersonId(ghana), confirmed));
        Assert.False(TurnRules.HasDone("agree", RoleCode.ReviewerFocalPoint, new PersonId(estonia), confirmed));
        Assert.True(agree.IsSettled(confirmed, "GHA", RoleCode.ReviewerFocalPoint));
        Assert.False(agree.IsSettled(confirmed, "EST", RoleCode.ReviewerFocalPoint));
        // The private annex is no part of what was confirmed; a section is.
        Assert.True(agree.IsSettled(confirmed.After(Wrote(WritingKind.Section, DraftReport.PrivateAnnex)), "GHA", RoleCode.ReviewerFocalPoint));
        foreach (var changed in new[]
        {
            Wrote(WritingKind.Section, DraftReport.Summary, 2), Wrote(WritingKind.Recommendation, "R-01"), Wrote(WritingKind.DraftCommentOutcome, "F-01"),
            new ReviewEvent.TextWithdrawn(WritingKind.Recommendation, "R-01", Coordinator), Wrote(WritingKind.Dissent, "EST"),
        })
        {
            Assert.Equal(beside, TurnRules.Narrow("agree", beside, confirmed.After(changed)));
        }
    }

    [Fact]
    public void Whoever_dissents_has_answered_and_once_the_days_are_over_no_reviewing_State_is_waited_for()
    {
        var team = Appointed.After(new ReviewEvent.ReviewersNamed([new SeatedState("GHA", "A"), new SeatedState("EST", "B")], [], Coordinator));
        var dissents = team.After(Wrote(WritingKind.Dissent, "EST"));

        Assert.Equal(["STATE", "GHA", "EST", "HEAD"], AgreementRules.Missing(AgreementRules.Stage, dissents, late: true));
        Assert.Equal(["STATE", "GHA", "EST", "HEAD", "LEAD"], AgreementRules.Missing(AgreementRules.Reconciling, team));
        Assert.Equal(["STATE", "HEAD", "LEAD"], AgreementRules.Missing(AgreementRules.Reconciling, team, late: true));
        Assert.Equal(["STATE", "GHA", "HEAD", "LEAD"], AgreementRules.Missing(AgreementRules.Reconciling, dissents));
        Assert.Equal(["STATE", "HEAD", "LEAD"], AgreementRules.Missing(AgreementRules.Reconciling, dissents, late: true));
        Assert.Equal(5, AgreementRules.Missing(
            AgreementRules.Reconciling, dissents.After(new ReviewEvent.TextWithdrawn(WritingKind.Dissent, "EST", Coordinator))).Length);
        Assert.Equal(["GHA"], AgreementRules.LeftOut(dissents.After(new ReviewEvent.AgreementReached("hash", ["EST"]))));
    }

    [Fact]
    public void It_narrows_never_beyond_those_who_may_act()
    {
        Assert.Equal(["REV_LEAD"], TurnRules.Narrow("clarify", ["REV_LEAD"], Appointed));
        Assert.Equal(["COORD"], TurnRules.Narrow("acknowledge", ["COORD"], Appointed));
    }

    [Fact]
    public void A_contributor_who_declared_the_part_finished_is_not_waited_for()
    {
        var validated = Helped.After(new ReviewEvent.PartValidated(Contributor, "part"));

        Assert.False(TurnRules.HasDone("self_assess", RoleCode.Contributor, new PersonId(Contributor), Helped));
        Assert.True(TurnRules.HasDone("self_assess", RoleCode.Contributor, new PersonId(Contributor), validated));
        Assert.False(TurnRules.HasDone("self_assess", RoleCode.FocalPoint, new PersonId(Contributor), validated));
    }
}
