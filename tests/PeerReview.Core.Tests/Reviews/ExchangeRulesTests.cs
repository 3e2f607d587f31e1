using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Process;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>What coordinator and State say to each other: the list of a return, questions, replies, names under signatures.</summary>
public sealed class ExchangeRulesTests
{
    [Theory]
    [InlineData("Missing.", First, "")]
    [InlineData(" ", First, "return.note-empty")]
    [InlineData("Missing.", "", "return.no-items")]
    [InlineData("Missing.", "N-z.z9", "return.unknown-item")]
    [InlineData("a\u202Eb", First, "return.unreadable")]
    [InlineData("", "", "return.no-items return.note-empty")]
    public void A_return_says_which_items_and_why(string text, string item, string codes) =>
        Assert.Equal(codes, string.Join(' ', Codes(ReturnRules.Check(new NoteContent(text, item.Length == 0 ? [] : [item]), Launched))));

    [Fact]
    public void A_note_has_a_length_and_an_invented_item_is_not_echoed()
    {
        Assert.Empty(ReturnRules.Check(new NoteContent(new string('x', ReturnRules.MaxNote), [First]), Launched));
        Assert.Equal(["return.too-long"], Codes(ReturnRules.Check(new NoteContent(new string('x', ReturnRules.MaxNote + 1), [First]), Launched)));
        Assert.Equal("?", Assert.Single(ReturnRules.Check(new NoteContent("Missing.", [new string('x', 99)]), Launched)).Args["item"]);
    }

    [Theory]
    [InlineData("Why?", null, null)]
    [InlineData("Why?", Second, null)]
    [InlineData("Why?", "N-z.z9", "clarify.unknown-item")]
    [InlineData("\n", First, "clarify.question-empty")]
    [InlineData("a\u200Fb\u202E", First, "clarify.unreadable")]
    public void A_question_is_about_the_scope_and_says_something(string text, string? item, string? code) =>
        Assert.Equal(code, ClarifyingRound.Check(new QuestionContent(item, text), Launched)?.Code);

    [Fact]
    public void A_reply_says_something_or_declines()
    {
        Assert.Null(ClarifyingRound.Check(new ReplyContent("", Declines: true), null));
        Assert.Equal("clarify.reply-empty", ClarifyingRound.Check(new ReplyContent(" ", Declines: false), null)?.Code);
        Assert.Null(ClarifyingRound.Check(new ReplyContent(new string('x', ClarifyingRound.MaxReply), Declines: false), null));
        Assert.Equal("clarify.too-long", ClarifyingRound.Check(new ReplyContent(new string('x', ClarifyingRound.MaxReply + 1), Declines: false), null)?.Code);
        Assert.Equal("clarify.reply-both", ClarifyingRound.Check(new ReplyContent("We lead it.", Declines: true), null)?.Code);
    }

    [Fact]
    public void All_questions_come_before_the_first_reply_and_they_are_thirty_at_most()
    {
        var open = Review.At("light", "clarify").State;
        var early = Review.At("light", "self_assess").State;
        var thirty = Enumerable.Range(1, 30).Aggregate(Material.Empty, (m, i) => m.With(Writing(WritingKind.Question, $"q{i}", "{}")));

        Assert.Equal("process.too-early", ClarifyingRound.MayAsk(early, Material.Empty, 1)?.Code);
        Assert.Null(ClarifyingRound.MayAsk(open, Material.Empty, 30));
        Assert.Equal("clarify.too-many", ClarifyingRound.MayAsk(open, Material.Empty, 31)?.Code);
        Assert.Equal("clarify.too-many", ClarifyingRound.MayAsk(open, thirty, 1)?.Code);
        Assert.Equal("clarify.round-over", ClarifyingRound.MayAsk(open, Material.Empty.With(Writing(WritingKind.Reply, "q1", "{}")), 1)?.Code);
    }

    [Theory]
    [InlineData("A. Name", "Director", 0, "")]
    [InlineData("A. Name", "Director", 1, "")] // the signatory's own day may be ahead of UTC
    [InlineData("A. Name", "Director", -30, "")]
    [InlineData("A. Name", "Director", 2, "signature.day-out-of-range")]
    [InlineData("A. Name", "Director", -31, "signature.day-out-of-range")]
    [InlineData("", " ", 0, "signature.name signature.office")]
    [InlineData("A\r\nBcc: x", "Director", 0, "signature.name")]
    public void A_signature_has_name_office_and_a_day_of_these_weeks(string name, string office, int days, string codes) =>
        Assert.Equal(codes, string.Join(' ', Codes(SignatureRules.Check(name, office, DateOnly.FromDateTime(Now.UtcDateTime).AddDays(days), Now))));

    [Fact]
    public void A_signature_without_a_day_says_so() =>
        Assert.Equal(["signature.day"], Codes(SignatureRules.Check("A. Name", "Director", null, Now)));
}
