using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Access;
using PeerReview.Core.Tests.FollowUp;
using PeerReview.Core.Tests.Process;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Who reads what of a State's last review beside the present one, and what goes over into it.</summary>
public sealed class LastReviewTests
{
    private static readonly ReviewFacts Then = Cast.In('N') with { Review = Cast.Another, Status = ReviewStatus.Closed };

    [Theory]
    [InlineData(Role.StateAuthority, "RED", true)]
    [InlineData(Role.StateFocalPoint, "RED", true)]
    [InlineData(Role.StateAlternate, "AMBER+STRICT", true)]
    [InlineData(Role.Coordinator, "AMBER", true)] // as in the last review
    [InlineData(Role.Coordinator, "AMBER+STRICT", false)]
    [InlineData(Role.ReviewerLead, "AMBER", false)]
    [InlineData(Role.ReviewerLead, "GREEN", true)]
    [InlineData(Role.ReviewerFocalPoint, "CLEAR", true)]
    [InlineData(Role.StateContributor, "CLEAR", false)] // not their item
    [InlineData(Role.OtherState, "CLEAR", false)]
    [InlineData(Role.Stakeholder, "CLEAR", false)]
    public void The_present_State_side_reads_all_and_who_reviews_now_what_was_to_go_further(Role role, string label, bool reads)
    {
        Assert.Equal(reads, Read(Cast.As(role), label, Cast.In('S')).Find(First) is not null);
    }

    [Fact]
    public void Before_it_is_handed_in_no_reviewer_reads_of_it_and_never_what_was_withheld()
    {
        var lead = Cast.As(Role.ReviewerLead);

        Assert.Null(Read(lead, "CLEAR", Cast.In('L')).Find(First));
        Assert.Null(Read(lead, "CLEAR", Cast.In('S'), withheld: First + ".rule").Find(First));
        Assert.NotNull(Read(lead, "CLEAR", Cast.In('S'), withheld: Second).Find(First));
        Assert.NotNull(Read(Cast.As(Role.StateFocalPoint), "CLEAR", Cast.In('L'), withheld: First).Find(First));
    }

    [Fact]
    public void A_contributor_reads_of_the_items_given_to_them_now_and_an_expert_of_then_what_they_read_then()
    {
        var mine = Launched.After(new ReviewEvent.PersonAppointed(Cast.Me.Value, RoleCode.Contributor, null, [First], Authority));
        var again = Cast.With(
            new Grant(Role.ReviewerExpert, Cast.Programme, Cast.Review, Cast.Chile), new Grant(Role.ReviewerExpert, Cast.Programme, Cast.Another, Cast.Chile));

        Assert.NotNull(Read(Cast.As(Role.StateContributor), "AMBER+STRICT", Cast.In('L'), now: mine).Find(First));
        Assert.NotNull(Read(again, "AMBER", Cast.In('S')).Find(First));
    }

    [Fact]
    public void What_the_present_review_does_not_ask_is_named_and_left_out()
    {
        var read = Read(Cast.As(Role.StateFocalPoint), "AMBER", Cast.In('L'), now: Launched with { Items = [Second] });

        Assert.Empty(read.Answers);
        Assert.Equal([First], read.NotAsked);
        Assert.False(read.IsEmpty);
    }

    [Fact]
    public void Taken_over_it_keeps_its_label_and_is_not_done_before_somebody_looked_at_it()
    {
        var then = new Answer(First, AnswerValue.InPlace, SharingLabel.Green, "fr") { Rule = "Une règle.", Sectors = ["unknown"] };
        var draft = new LastAnswer(First, then).ToDraft(SmallFramework.Value);
        var stored = Contents.ReadAnswer(Writing(WritingKind.Answer, First, Contents.Write(draft).GetRawText()) with { Label = "GREEN", Language = "fr" });

        Assert.Equal((SharingLabel.Green, "fr", true), (stored.Label, stored.Language, stored.FromLast));
        Assert.Empty(stored.Sectors);
        Assert.Equal([new(First, Lack.NotLookedAt)], Completeness.Of(SmallFramework.Value, [First], [stored]).Missing);
        Assert.True(Completeness.Of(SmallFramework.Value, [First], [stored with { FromLast = false }]).IsComplete);
        // Stored before there was such a mark, and stored without it: the same text.
        Assert.DoesNotContain("from_last", Contents.Write(then).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_was_written_is_written_over()
    {
        var closed = new Refusal("assessment.submitted", RefusalKind.Conflict);

        Assert.Null(LastAnswer.MayTake(0, null));
        Assert.Equal("last.answered", LastAnswer.MayTake(1, null)?.Code);
        Assert.Equal("assessment.submitted", LastAnswer.MayTake(0, closed)?.Code);
    }

    [Fact]
    public void What_was_undertaken_and_not_told_to_be_done_is_open_by_the_newest_note()
    {
        var material = Material.Empty.With(Commitment("C-01")).With(Commitment("C-02")).With(Commitment("C-03"))
            .With(Told("check_6m", "C-01", "under_way")).With(Told("mid_term", "C-01", "done"))
            .With(Told("check_6m", "C-02", "not_started"));

        Assert.Equal([("C-02", "not_started"), ("C-03", null)], OpenPoints.Of(material).Select(point => (point.Text.Key, point.Status)));
    }

    [Fact]
    public void The_States_side_reads_what_was_left_open_and_nobody_else_who_could_not_then()
    {
        var material = Material.Empty.With(Commitment("C-01"));

        foreach (var (role, reads) in new[] { (Role.StateFocalPoint, true), (Role.StateAuthority, true), (Role.Coordinator, true), (Role.ReviewerLead, false), (Role.StateContributor, false) })
            Assert.Equal(reads, !LastReview.Of(Cast.As(role), Ground(Cast.In('S'), Launched, Material.Empty), Ground(Then, Launched, material)).Open.IsEmpty);
    }

    [Fact]
    public void That_nothing_is_open_is_said_to_those_alone_from_whom_nothing_would_be_kept()
    {
        foreach (var (role, knows) in new[]
            { (Role.StateFocalPoint, true), (Role.StateAuthority, true), (Role.Coordinator, false), (Role.ReviewerLead, false), (Role.ReviewerFocalPoint, false), (Role.StateContributor, false) })
        {
            foreach (var material in new[] { Material.Empty, Material.Empty.With(Commitment("C-01")) })
                Assert.Equal(knows, LastReview.Of(Cast.As(role), Ground(Cast.In('S'), Launched, Material.Empty), Ground(Then, Launched, material)).KnowsOpen);
        }
    }

    [Fact]
    public void Whoever_reads_what_was_published_alone_is_led_there()
    {
        var published = Then with
        {
            Published = true,
            Choices = System.Collections.Immutable.ImmutableDictionary<DocumentKind, PublicationChoice>.Empty.Add(DocumentKind.Commitments, PublicationChoice.Full),
        };

        foreach (var (role, then, leads) in new[]
            { (Role.ReviewerLead, published, true), (Role.ReviewerLead, Then, false), (Role.Coordinator, published, false), (Role.StateFocalPoint, published, true) })
        {
            var read = LastReview.Of(Cast.As(role), Ground(Cast.In('S'), Launched, Material.Empty), Ground(then, Launched, Material.Empty.With(Commitment("C-01"))));
            Assert.Equal(leads, read.HasPublished);
        }
    }

    private static LastReview Read(Actor actor, string label, ReviewFacts facts, string? withheld = null, Dossier? now = null) => LastReview.Of(
        actor,
        Ground(facts, now ?? Launched, Material.Empty),
        Ground(Then, Launched with { Withheld = withheld is null ? [] : [withheld] }, Material.Empty.With(Answer(First) with { Label = label })));

    private static AssessmentGround Ground(ReviewFacts facts, Dossier dossier, Material material) =>
        new(facts, SmallFramework.Value, dossier, Review.At("light", "complete").State, material);

    private static Writing Commitment(string id) =>
        Writing(WritingKind.Commitment, id, Contents.Write(new Commitment("Drills") { Owner = "A centre" }).GetRawText());

    private static Writing Told(string stage, string commitment, string status) =>
        Writing(WritingKind.ProgressNote, $"{stage}:{commitment}", Contents.Write(new NoteContent("", [status])).GetRawText());
}
