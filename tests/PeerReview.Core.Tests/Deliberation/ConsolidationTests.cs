using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>How comments become questions, and what becomes of both when a lead changes their mind.</summary>
public sealed class ConsolidationTests
{
    private static readonly StandingComment Asked = Comment(1, CommentKind.Question, First, "Who reports?");
    private static readonly StandingComment Praised = Comment(2, CommentKind.GoodPractice, Second, "Drills.");
    private static readonly StandingComment AskedToo = Comment(3, CommentKind.Question, Second, "Who drills?");

    private static readonly ConsolidationSheet Proposed = ConsolidationRules.Propose(ConsolidationSheet.Empty, [Asked, Praised, AskedToo]);

    [Fact]
    public void A_proposal_asks_what_was_asked_and_takes_the_rest_into_the_report()
    {
        Assert.Equal(["Q-01 Who reports?", "Q-02 Who drills?"], Proposed.Questions.Select(q => $"{q.Id} {q.Text}"));
        Assert.Equal(["Q-01", "report", "Q-02"], Places(Proposed));
        Assert.Empty(ConsolidationRules.Check(Proposed, Launched, [Asked, Praised, AskedToo]));
        // What is led somewhere stays there.
        Assert.Equal(["aside", "report", "Q-01"], Places(ConsolidationRules.Propose(ConsolidationSheet.Empty.Place(Asked.Id, Placement.Aside, "No."), [Asked, Praised, AskedToo])));
    }

    [Fact]
    public void Merged_questions_keep_all_comments_and_all_words_and_dropped_ones_give_theirs_back()
    {
        var merged = Value(Proposed.Merge("Q-02", "Q-01"));
        var dropped = Value(Proposed.Drop("Q-02"));

        Assert.Equal("Who reports?\nWho drills?", Assert.Single(merged.Questions).Text);
        Assert.Equal(["Q-01", "report", "Q-01"], Places(merged));
        Assert.Equal(["Q-01", "report", ""], Places(dropped));
        Assert.Equal(1, ConsolidationRules.Missing(dropped, [Asked, Praised, AskedToo]));
        // A number is not given twice while a later question stands.
        Assert.Equal("Q-03", Value(Proposed.Drop("Q-01")).Ask(null, "Another?").Questions[^1].Id);
        Assert.Equal("consolidation.merge-with", Code(Proposed.Merge("Q-01", "Q-01")));
        Assert.Equal("consolidation.merge-with", Code(Proposed.Merge("Q-01", "Q-09")));
        Assert.Equal("consolidation.unknown-question", Code(Proposed.Drop("Q-09")));
        Assert.Equal("consolidation.unknown-question", Code(Proposed.Reword("Q-09", "New.", namesNobody: false)));
    }

    [Fact]
    public void That_somebody_looked_at_a_wording_holds_for_that_wording_alone()
    {
        var looked = Value(Proposed.Reword("Q-01", "Who reports?", namesNobody: true));

        Assert.True(looked.Questions[0].NamesNobody);
        Assert.False(Value(looked.Reword("Q-01", "Who is to blame?", namesNobody: true)).Questions[0].NamesNobody);
        Assert.False(Value(looked.Merge("Q-02", "Q-01")).Questions[0].NamesNobody);
    }

    [Fact]
    public void A_question_carries_the_strictest_label_of_what_it_grew_from()
    {
        var material = Answered.With(Writing(
            WritingKind.Comments, "expert",
            Contents.Write(new CommentSheet([Asked with { Label = "AMBER+STRICT" }, AskedToo with { Label = "RED" }])).GetRawText()));

        Assert.Equal(SharingLabel.AmberStrict, ConsolidationRules.LabelOf(Proposed.Questions[0], Proposed, material));
        // What only named persons may read is a source of nothing.
        Assert.Equal(SharingLabel.Amber, ConsolidationRules.LabelOf(Proposed.Questions[1], Proposed, material));
        Assert.Equal(SharingLabel.Amber, ConsolidationRules.LabelOf(new MergedQuestion("Q-05", null, "Any?"), Proposed, material));
    }

    [Theory]
    [InlineData("aside", "", "consolidation.reason")]
    [InlineData("aside", "Twice.", "")]
    [InlineData("report", "", "")]
    [InlineData("Q-09", "", "consolidation.unknown-place")]
    public void A_comment_leads_to_what_there_is(string to, string reason, string codes) => Assert.Equal(
        codes, string.Join(' ', Codes(ConsolidationRules.Check(Proposed.Place(Praised.Id, to, reason), Launched, [Asked, Praised, AskedToo]))));

    [Fact]
    public void A_consolidation_holds_together()
    {
        var many = Enumerable.Range(1, 41).Aggregate(ConsolidationSheet.Empty, (sheet, n) => sheet.Ask(First, $"Question {n}?"));

        Assert.Equal(["consolidation.too-many"], Check(many));
        Assert.Equal(["consolidation.unknown-comment"], Check(ConsolidationSheet.Empty.Place(Praised.Id, Placement.Report)));
        Assert.Equal(["consolidation.contradiction"], Check(ConsolidationSheet.Empty.Note("N-z.z9", "Ama says yes, Eva no.")));
        Assert.Empty(Check(ConsolidationSheet.Empty.Note(First, "Ama says yes, Eva no.")));
        Assert.Empty(ConsolidationSheet.Empty.Note(First, "Yes and no.").Note(First, "").Contradictions);
        Assert.Empty(ConsolidationSheet.Empty.Place(Asked.Id, Placement.Report).Place(Asked.Id, "").Placements);

        static IEnumerable<string> Check(ConsolidationSheet sheet) => Codes(ConsolidationRules.Check(sheet, Launched, [Asked]));
    }

    private static IEnumerable<string> Places(ConsolidationSheet sheet) => new[] { Asked, Praised, AskedToo }.Select(c => sheet.Of(c.Id)?.To ?? "");

    private static ConsolidationSheet Value(Verdict<ConsolidationSheet> verdict) => Assert.IsType<Verdict<ConsolidationSheet>.Accepted>(verdict).Value;

    private static string Code(Verdict<ConsolidationSheet> verdict) => Assert.IsType<Verdict<ConsolidationSheet>.Refused>(verdict).Reason.Code;

    private static StandingComment Comment(int number, string kind, string item, string text) => new(Person(number), item, kind, text, 1, "AMBER");
}
