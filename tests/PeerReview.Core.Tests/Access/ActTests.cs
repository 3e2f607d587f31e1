using PeerReview.Core.Access;
using Xunit;
using Rule = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Tests.Access;

public sealed class ActTests
{
    /// <summary>Who does what in a running review that is not handed in, written out by hand. STATE_CONTRIB: own items.</summary>
    private const string Table = """
        Acknowledge             COORD
        NameReviewers           COORD COORD_HEAD
        AskRedraw               STATE_AUTH STATE_FP STATE_ALT
        ReplaceReviewer         COORD
        LeaveExpertOut          COORD_HEAD
        DeclineService          REV_FP
        AppointReviewerFocalPoint COORD COORD_HEAD
        NominateExperts         REV_FP
        NameLead                REV_FP COORD
        Declare                 REV_EXPERT REV_LEAD
        ObjectToExpert          STATE_AUTH STATE_FP STATE_ALT
        DecideObjection         COORD_HEAD
        WriteMinutes            COORD
        ConfirmOpening          STATE_AUTH STATE_FP STATE_ALT REV_FP COORD
        WriteComment            REV_EXPERT REV_LEAD
        RemarkOnComment         REV_EXPERT REV_LEAD
        Consolidate             REV_LEAD
        JoinDialogue            STATE_AUTH STATE_FP STATE_ALT REV_FP REV_EXPERT REV_LEAD COORD
        LeadDialogue            REV_LEAD COORD
        WriteDialogue           REV_EXPERT REV_LEAD COORD
        WishVisit               STATE_FP STATE_ALT
        CommentOnDialogue       STATE_AUTH STATE_FP STATE_ALT
        ConfirmDialogue         STATE_FP STATE_ALT REV_LEAD
        WriteReport             REV_EXPERT REV_LEAD
        ClearWording            REV_LEAD COORD
        FinishDraft             REV_LEAD COORD
        CommentOnDraft          STATE_AUTH STATE_FP STATE_ALT
        RemarkOnDraft           COORD
        SettleDraftComment      REV_LEAD
        ConfirmReport           STATE_AUTH REV_FP REV_LEAD COORD_HEAD
        Respond                 STATE_AUTH STATE_FP STATE_ALT
        ConfirmProgress         REV_LEAD
        InviteStakeholder       COORD
        Contribute              STAKEHOLDER
        ScreenContribution      COORD
        ReplyToContribution     STATE_AUTH STATE_FP STATE_ALT
        AppointFocalPoint       STATE_AUTH
        HandOverFocalPoint      STATE_FP
        HandOverCase            COORD COORD_HEAD
        SettleRight             COORD COORD_HEAD
        AppointContributor      STATE_AUTH STATE_FP STATE_ALT
        SaveAnswer              STATE_AUTH STATE_FP STATE_ALT STATE_CONTRIB
        AttachEvidence          STATE_AUTH STATE_FP STATE_ALT STATE_CONTRIB
        ValidatePart            STATE_AUTH STATE_FP STATE_ALT STATE_CONTRIB
        SignAsFocalPoint        STATE_FP STATE_ALT
        SignAsAuthority         STATE_AUTH
        InviteHelp              STATE_AUTH STATE_FP STATE_ALT
        AppointParticipant      COORD COORD_HEAD
        Endorse
        WriteSheet
        FindComplete            COORD
        ReturnAssessment        COORD
        Translate               COORD
        AskQuestion             COORD
        Reply                   STATE_AUTH STATE_FP STATE_ALT STATE_CONTRIB
        WriteCommitment         STATE_AUTH STATE_FP STATE_ALT
        RaiseUrgentPoint        STATE_AUTH STATE_FP STATE_ALT REV_EXPERT REV_LEAD COORD
        AcknowledgeUrgentPoint  STATE_AUTH COORD
        AskPrivately            REV_EXPERT REV_LEAD
        AnswerPrivately         STATE_AUTH STATE_FP STATE_ALT
        DecidePublication       STATE_AUTH
        ShowTexts               STATE_AUTH
        Publish                 COORD
        WriteProgressNote       STATE_AUTH STATE_FP STATE_ALT
        Close                   STATE_AUTH COORD
        Suspend                 STATE_AUTH COORD_HEAD
        Resume                  STATE_AUTH COORD_HEAD
        Defer                   STATE_AUTH
        Withdraw                STATE_AUTH
        ChangeVariant           STATE_AUTH
        Extend                  STATE_AUTH STATE_FP STATE_ALT REV_FP REV_EXPERT REV_LEAD COORD COORD_HEAD
        Waive                   STATE_AUTH STATE_FP STATE_ALT REV_FP REV_EXPERT REV_LEAD COORD COORD_HEAD
        Skip                    STATE_AUTH COORD
        DoStage                 STATE_AUTH STATE_FP STATE_ALT STATE_CONTRIB REV_FP REV_EXPERT REV_LEAD COORD COORD_HEAD STAKEHOLDER
        PauseClock              COORD
        ReadLedger              STATE_AUTH STATE_FP STATE_ALT REV_FP REV_EXPERT REV_LEAD COORD COORD_HEAD AUDITOR
        SeeAs                   STATE_AUTH STATE_FP STATE_ALT COORD COORD_HEAD
        """;

    private static readonly Document Mine = Cast.Of(DocumentKind.SelfAssessment, own: true);

    public static TheoryData<string> Rows() => [.. Table.Split('\n')];

    [Theory, MemberData(nameof(Rows))]
    public void An_act_is_done_by_those_the_table_names(string row)
    {
        var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var act = Enum.Parse<ReviewAct>(cells[0]);
        var review = act == ReviewAct.Resume ? Cast.Launched with { Status = ReviewStatus.Suspended } : Cast.Launched;

        var may = Enum.GetValues<Role>().Where(r => Rule.May(Cast.As(r), act, review, Mine) is null);

        Assert.Equal(string.Join(' ', cells[1..]), string.Join(' ', may.Select(r => r.Code())));
    }

    [Fact]
    public void The_table_has_every_act()
    {
        Assert.Equal(Enum.GetNames<ReviewAct>(), Table.Split('\n').Select(r => r.Split(' ')[0]));
    }

    [Fact]
    public void Who_may_not_know_of_the_review_is_told_it_is_not_there()
    {
        var hidden = Cast.Launched with { InRegister = false };

        foreach (var act in Enum.GetValues<ReviewAct>())
        {
            Assert.Equal(("access.not-found", RefusalKind.NotFound), Why(Rule.May(Actor.Visitor, act, hidden)));
            Assert.Equal(("access.not-found", RefusalKind.NotFound), Why(Rule.May(Cast.As(Role.Operator), act, hidden)));
        }

        Assert.Equal("access.not-allowed", Rule.May(Actor.Visitor, ReviewAct.SaveAnswer, Cast.Launched)?.Code); // the register shows it
        Assert.Equal("access.not-allowed", Rule.May(Cast.As(Role.Stakeholder), ReviewAct.SaveAnswer, hidden)?.Code);
    }

    [Fact]
    public void The_State_and_the_office_read_why_the_course_was_changed()
    {
        var reads = Enum.GetValues<Role>().Where(role => Rule.ReadsReasons(Cast.As(role), Cast.Launched));

        Assert.Equal("STATE_AUTH STATE_FP STATE_ALT COORD COORD_HEAD", string.Join(' ', reads.Select(role => role.Code())));
    }

    [Fact]
    public void A_contributor_acts_on_own_items_only()
    {
        var actor = Cast.As(Role.StateContributor);
        var theirs = Cast.Of(DocumentKind.SelfAssessment, own: false);

        Assert.Equal("access.not-your-item", Rule.May(actor, ReviewAct.SaveAnswer, Cast.Launched, theirs)?.Code);
        Assert.Equal("access.not-your-item", Rule.May(actor, ReviewAct.AttachEvidence, Cast.Launched)?.Code);
        Assert.Equal("access.not-allowed", Rule.May(actor, ReviewAct.SignAsFocalPoint, Cast.Launched, Mine)?.Code);
    }

    [Theory]
    [InlineData(ReviewStatus.Suspended, "review.suspended", "Resume Withdraw RaiseUrgentPoint AcknowledgeUrgentPoint AppointFocalPoint HandOverFocalPoint HandOverCase SeeAs")]
    [InlineData(ReviewStatus.Deferred, "review.deferred", "Resume Withdraw RaiseUrgentPoint AcknowledgeUrgentPoint AppointFocalPoint HandOverFocalPoint HandOverCase SeeAs")]
    [InlineData(ReviewStatus.Withdrawn, "review.withdrawn", "")]
    [InlineData(ReviewStatus.Closed, "review.closed", "ShowTexts")]
    public void A_review_that_does_not_run_takes_few_acts(ReviewStatus status, string code, string acts)
    {
        var stopped = Cast.Launched with { Status = status };
        foreach (var act in Enum.GetValues<ReviewAct>())
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var before = Rule.May(Cast.As(role), act, Cast.Launched, Mine);
                if (before is not null && act != ReviewAct.Resume)
                    continue;
                var refusal = Rule.May(Cast.As(role), act, stopped, Mine);
                if (act == ReviewAct.ReadLedger || acts.Split(' ').Contains(act.ToString()))
                    Assert.True(refusal is null || act == ReviewAct.Resume && role is not Role.StateAuthority and not Role.HeadCoordinator, $"{act} {role}");
                else if (act != ReviewAct.Resume)
                    Assert.Equal((code, RefusalKind.Conflict), Why(refusal));
            }
        }
    }

    [Theory]
    [InlineData(ReviewAct.SaveAnswer)]
    [InlineData(ReviewAct.AttachEvidence)]
    [InlineData(ReviewAct.ValidatePart)]
    [InlineData(ReviewAct.InviteHelp)]
    public void What_is_handed_in_is_not_changed(ReviewAct act)
    {
        Assert.Equal(("assessment.submitted", RefusalKind.Conflict),
            Why(Rule.May(Cast.As(Role.StateFocalPoint), act, Cast.In('S'))));
    }

    [Theory]
    [InlineData(ProgrammeAct.RegisterMission, "COORD COORD_HEAD")]
    [InlineData(ProgrammeAct.RecordNoteVerbale, "COORD COORD_HEAD")]
    [InlineData(ProgrammeAct.Launch, "STATE_AUTH")]
    [InlineData(ProgrammeAct.LaunchForState, "COORD COORD_HEAD")]
    [InlineData(ProgrammeAct.ManagePeople, "COORD COORD_HEAD")]
    [InlineData(ProgrammeAct.ReadBoard, "COORD COORD_HEAD")]
    [InlineData(ProgrammeAct.Operate, "OPERATOR")]
    [InlineData(ProgrammeAct.WatchOperations, "OPERATOR AUDITOR")]
    public void A_programmes_acts_are_done_by_those_named(ProgrammeAct act, string roles)
    {
        var may = Enum.GetValues<Role>().Where(r => Rule.May(Cast.As(r), act, Cast.Programme, Cast.Kenya) is null);

        Assert.Equal(roles, string.Join(' ', may.Select(r => r.Code())));
        Assert.Equal(RefusalKind.NotFound, Rule.May(Cast.As(Role.Coordinator), act, Cast.Elsewhere)?.Kind);
        Assert.Equal(RefusalKind.NotFound, Rule.May(Actor.Visitor, act, Cast.Programme)?.Kind);
    }

    [Fact]
    public void A_State_launches_reviews_of_itself()
    {
        Assert.Equal("access.not-allowed", Rule.May(Cast.As(Role.StateAuthority), ProgrammeAct.Launch, Cast.Programme, Cast.Chile)?.Code);
    }

    /// <summary>Who may give which role, in a review where it belongs to one.</summary>
    [Theory]
    [InlineData(Role.StateAuthority, false, "COORD COORD_HEAD")]
    [InlineData(Role.Coordinator, false, "COORD COORD_HEAD")]
    [InlineData(Role.HeadCoordinator, false, "COORD_HEAD")]
    [InlineData(Role.OtherState, false, "COORD COORD_HEAD")]
    [InlineData(Role.Operator, false, "")]
    [InlineData(Role.Auditor, false, "")]
    [InlineData(Role.StateFocalPoint, true, "STATE_AUTH STATE_FP")]
    [InlineData(Role.StateAlternate, true, "STATE_AUTH")]
    [InlineData(Role.StateContributor, true, "STATE_AUTH STATE_FP STATE_ALT")]
    [InlineData(Role.ReviewerExpert, true, "REV_FP")]
    [InlineData(Role.Observer, true, "COORD COORD_HEAD")]
    [InlineData(Role.Stakeholder, true, "COORD COORD_HEAD")]
    public void Nobody_gives_a_role_above_their_own(Role given, bool inReview, string givers)
    {
        var state = given == Role.ReviewerExpert ? Cast.Chile : Cast.Kenya;
        var grant = new Grant(given, Cast.Programme, inReview ? Cast.Review : null, state);
        var review = inReview ? Cast.Launched : null;

        var may = Enum.GetValues<Role>().Where(r => Rule.MayGrant(Cast.As(r), Cast.SomebodyElse, grant, review) is null);

        Assert.Equal(givers, string.Join(' ', may.Select(r => r.Code())));
        foreach (var role in Enum.GetValues<Role>())
            Assert.NotNull(Rule.MayGrant(Cast.As(role), Cast.Me, grant, review));
    }

    [Fact]
    public void A_role_is_not_given_in_a_review_or_programme_that_is_not_ones_own()
    {
        var coordinator = Cast.As(Role.Coordinator);

        Assert.Equal("access.not-found", Rule.MayGrant(coordinator, Cast.SomebodyElse, new Grant(Role.StateAuthority, Cast.Elsewhere, null, Cast.Kenya))?.Code);
        Assert.Equal("access.not-found", Rule.MayGrant(coordinator, Cast.SomebodyElse, new Grant(Role.Observer, Cast.Programme, Cast.Another), Cast.Launched)?.Code);
        Assert.Equal("access.not-allowed", Rule.MayGrant(
            Cast.As(Role.ReviewerFocalPoint), Cast.SomebodyElse, new Grant(Role.ReviewerExpert, Cast.Programme, Cast.Review, Cast.Kenya), Cast.Launched)?.Code);
        Assert.Equal("access.not-allowed", Rule.MayGrant(
            Cast.With(new Grant(Role.StateAuthority, Cast.Programme, null, Cast.Chile)), Cast.SomebodyElse,
            new Grant(Role.StateFocalPoint, Cast.Programme, Cast.Review, Cast.Kenya), Cast.Launched)?.Code);
    }

    [Fact]
    public void Every_role_and_label_has_one_code()
    {
        Assert.All(Enum.GetValues<Role>(), r => Assert.True(Roles.TryParse(r.Code(), out var back) && back == r));
        Assert.All(Enum.GetValues<SharingLabel>(), l => Assert.True(SharingLabels.TryParse(l.Code(), out var back) && back == l));
        Assert.False(Roles.TryParse("ADMIN", out var unknown) || unknown != Role.Public);
        Assert.False(SharingLabels.TryParse("green", out _));
    }

    [Fact]
    public void An_unknown_label_counts_as_the_strictest()
    {
        Assert.All(Enum.GetValues<SharingLabel>(), l => Assert.Equal(l, SharingLabels.Of(l.Code())));
        Assert.Equal(SharingLabel.Red, SharingLabels.Of("green"));
    }

    [Fact]
    public void What_is_made_of_several_texts_carries_the_strictest_label()
    {
        Assert.Equal(SharingLabel.Red, SharingLabels.Inherit([SharingLabel.Clear, SharingLabel.Red, SharingLabel.Green]));
        Assert.Equal(SharingLabel.Amber, SharingLabels.Inherit([]));
        Assert.True(SharingLabel.Amber.Widens(SharingLabel.Green));
        Assert.False(SharingLabel.Amber.Widens(SharingLabel.AmberStrict));
    }

    private static (string?, RefusalKind?) Why(Refusal? refusal) => (refusal?.Code, refusal?.Kind);
}
