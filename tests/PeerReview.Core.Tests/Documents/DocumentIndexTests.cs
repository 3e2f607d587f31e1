using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Access;
using PeerReview.Core.Tests.Frameworks;
using PeerReview.Core.Tests.Process;
using Xunit;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Core.Tests.Documents;

public sealed class DocumentIndexTests
{
    private static readonly Dossier Dossier = Core.Reviews.Dossier.Empty with
    {
        Items = ["N-a.a1", "N-b.b1", "N-c.c1", "N-d.d1"],
        People = [new Appointment(Cast.Me.Value, RoleCode.Contributor, null, ["N-d.d1"])],
    };

    private static readonly ProcessState Ours = ProcessState.Initial(Shipped.Voluntary);

    private static readonly PieceMark[] Pieces =
    [
        new(WritingKind.Answer, "N-a.a1", null, SharingLabel.Clear),
        new(WritingKind.Answer, "N-b.b1", null, SharingLabel.Clear),
        new(WritingKind.Answer, "N-c.c1", null, SharingLabel.AmberStrict),
        new(WritingKind.Answer, "N-d.d1", null, SharingLabel.Clear),
        new(DocumentIndex.FileKind, "plan.pdf", "N-a.a1", SharingLabel.Amber),
        new(DocumentIndex.FileKind, "list.pdf", "N-c.c1", SharingLabel.Red),
        new(WritingKind.Question, "q1", "N-a.a1", SharingLabel.Amber),
        new(WritingKind.Urgent, "U-01", null, SharingLabel.Red),
    ];

    [Fact]
    public void Answers_with_one_label_and_the_same_readers_are_one_line()
    {
        var answers = Find(Role.StateFocalPoint, 'L', DocumentCode.Assessment)!.Pieces;

        Assert.Equal(
            [(2, SharingLabel.Clear), (1, SharingLabel.Clear), (1, SharingLabel.AmberStrict)],
            answers.Select(p => (p.Count, p.Label!.Value)));
        Assert.Equal([Role.StateAuthority, Role.StateFocalPoint], answers[0].Readers);
        Assert.Equal([Role.StateAuthority, Role.StateFocalPoint, Role.StateContributor], answers[1].Readers);
    }

    [Fact]
    public void Before_it_is_handed_in_the_coordinator_finds_no_self_assessment()
    {
        Assert.Null(Find(Role.Coordinator, 'L', DocumentCode.Assessment));
        Assert.Null(Find(Role.Coordinator, 'L', DocumentCode.Evidence));
        Assert.Null(Find(Role.Coordinator, 'L', DocumentCode.Commitments));
        Assert.NotNull(Find(Role.Coordinator, 'S', DocumentCode.Assessment));
    }

    [Fact]
    public void It_says_beforehand_who_reads_after_the_next_release()
    {
        var before = Find(Role.StateFocalPoint, 'L', DocumentCode.Assessment)!.Pieces;
        Assert.Equal(Release.HandingIn, before[0].Next!.Release);
        Assert.Contains(Role.Coordinator, before[0].Next!.Readers);
        Assert.Null(before[2].Next); // AMBER+STRICT: the coordinator's office never reads it.

        var after = Find(Role.StateFocalPoint, 'S', DocumentCode.Assessment)!.Pieces;
        Assert.Equal(before[0].Next!.Readers, after[0].Readers);
        Assert.All(after, piece => Assert.Null(piece.Next)); // What is published is not decided yet.
    }

    [Fact]
    public void Of_what_a_label_closes_the_coordinator_learns_that_it_is_there_and_no_name()
    {
        var answers = Find(Role.Coordinator, 'S', DocumentCode.Assessment)!.Pieces;
        Assert.Equal([(true, SharingLabel.Clear), (false, SharingLabel.AmberStrict)], answers.Select(p => (p.Opens, p.Label!.Value)).Distinct());

        var files = Find(Role.Coordinator, 'S', DocumentCode.Evidence)!.Pieces;
        Assert.Equal(["plan.pdf", null], files.Select(p => p.File));
        Assert.DoesNotContain(Role.Coordinator, files[1].Readers);
    }

    [Fact]
    public void A_contributor_finds_the_own_item_and_no_other()
    {
        var found = Assert.Single(Find(Role.StateContributor, 'L', DocumentCode.Assessment)!.Pieces);

        Assert.Equal((1, SharingLabel.Clear), (found.Count, found.Label));
        Assert.Null(Find(Role.StateContributor, 'L', DocumentCode.Evidence));
    }

    [Fact]
    public void An_urgent_point_is_listed_within_its_circle_alone()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var circle = role is Role.StateAuthority or Role.Coordinator;
            Assert.Equal(circle, Find(role, 'S', DocumentCode.Urgent) is not null);
        }
    }

    [Fact]
    public void A_private_question_is_listed_to_the_State_and_to_those_who_asked_it()
    {
        var mine = Dossier with
        {
            People = [.. Dossier.People, new Appointment(Cast.Me.Value, RoleCode.Expert, null, [], "CHL")],
            PrivateQuestions = [new PrivateQuestionMark("p1", Cast.Me.Value, "CHL", default, Answered: false)],
        };
        var others = mine with { PrivateQuestions = [mine.PrivateQuestions[0] with { By = Cast.SomebodyElse.Value, State = "EST" }] };
        PieceMark[] pieces = [new(WritingKind.PrivateQuestion, "p1", null, SharingLabel.Red)];

        Assert.Equal([Role.StateAuthority, Role.StateFocalPoint, Role.StateAlternate], Finding(others));
        Assert.Equal(
            [Role.StateAuthority, Role.StateFocalPoint, Role.StateAlternate, Role.ReviewerFocalPoint, Role.ReviewerExpert, Role.ReviewerLead],
            Finding(mine));

        IEnumerable<Role> Finding(Dossier dossier) => Enum.GetValues<Role>().Where(role =>
            DocumentIndex.For(Cast.As(role), Cast.In('S'), dossier, FrameworkFile.Framework, Ours, pieces).Any(d => d.Code == DocumentCode.ClarifyFirst));
    }

    [Fact]
    public void What_is_only_announced_to_somebody_is_not_listed()
    {
        Assert.Empty(For(Role.OtherState, 'S'));
        Assert.Empty(For(Role.Public, 'S'));
        var report = Assert.Single(For(Role.OtherState, 'P'));
        Assert.Equal((DocumentCode.Report, Role.Public), (report.Code, Assert.Single(report.Pieces[0].Readers)));
    }

    [Fact]
    public void A_document_stands_in_the_list_before_anything_is_written()
    {
        var found = DocumentIndex.For(Cast.As(Role.StateFocalPoint), Cast.In('L'), Dossier, FrameworkFile.Framework, Ours, []);

        Assert.Equal(
            [DocumentCode.Launch, DocumentCode.Assessment, DocumentCode.Questions, DocumentCode.Commitments, DocumentCode.Publication],
            found.Select(d => d.Code));
        Assert.Empty(found[1].Pieces);
    }

    [Fact]
    public void Another_process_lists_what_its_own_stages_make_and_nothing_of_ours()
    {
        var review = new Review(Shipped.Read("vnr-like.v1.yaml"));
        review.Accept(new ProcessCommand.Launch(Review.As("STATE_AUTH"), "repeat", "national", []));
        PieceMark[] pieces = [new(WritingKind.StageDocument, "consultation:consultation_note", null, SharingLabel.Amber)];

        var found = DocumentIndex.For(Cast.As(Role.StateFocalPoint), Cast.In('L'), Dossier, FrameworkFile.Framework, review.State, pieces);

        Assert.Equal(["first_workshop:work_plan", "consultation:consultation_note"], found.Select(d => d.Code));
        Assert.Equal([0, 1], found.Select(d => d.Pieces.Length));
        Assert.Equal("consultation", found[1].Made!.Stage.Id);
    }

    private static IndexedDocument? Find(Role role, char phase, string code) => For(role, phase).FirstOrDefault(d => d.Code == code);

    private static IEnumerable<IndexedDocument> For(Role role, char phase) =>
        DocumentIndex.For(Cast.As(role), Cast.In(phase), Dossier, FrameworkFile.Framework, Ours, Pieces);
}
