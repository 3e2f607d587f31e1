using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Reviews;
using Xunit;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>What an expert may ask the State in private, and until when the State answers.</summary>
public sealed class PrivateQuestionRulesTests
{
    private static readonly PersonId Expert = new(Sample.Person(7));
    private static readonly PrivateQuestionMark Asked = new("p1", Expert.Value, "GHA", Sample.Now, Answered: false);

    [Theory]
    [InlineData(0, null)]
    [InlineData(71.99, null)]
    [InlineData(72, "clarify-first.lapsed")] // the hour itself is too late
    [InlineData(200, "clarify-first.lapsed")]
    public void It_is_answered_within_seventy_two_real_hours(double hours, string? code) =>
        Assert.Equal(code, PrivateQuestionRules.MayAnswer(Asked, Sample.Now.AddHours(hours))?.Code);

    [Fact]
    public void It_is_answered_once()
    {
        var answered = Asked with { Answered = true };

        Assert.Equal("clarify-first.answered", PrivateQuestionRules.MayAnswer(answered, Sample.Now)?.Code);
        Assert.False(PrivateQuestionRules.IsOpen(answered, Sample.Now));
    }

    [Theory]
    [InlineData("Why?", null, "")]
    [InlineData("Why?", Sample.First, "")]
    [InlineData(" ", null, "clarify-first.text")]
    [InlineData("Why?", "N-z.z9", "clarify-first.item")]
    [InlineData("Why?", Sample.Second, "clarify-first.item")] // the expert has no part in it
    [InlineData("", "N-z.z9", "clarify-first.text clarify-first.item")]
    public void A_question_has_a_text_and_may_be_about_an_item_of_the_review(string text, string? item, string codes)
    {
        var recused = Sample.Appointed.After(new ReviewEvent.ItemsRecused(Expert.Value, [Sample.Second], Expert.Value));

        Assert.Equal(codes, string.Join(' ', Sample.Codes(PrivateQuestionRules.Check(new QuestionContent(item, text), recused, Expert))));
    }

    [Theory]
    [InlineData(0, "clarify-first.answer")]
    [InlineData(200, "")]
    [InlineData(201, "clarify-first.text-too-long")]
    public void An_answer_has_two_hundred_words_at_most(int words, string codes) =>
        Assert.Equal(codes, string.Join(' ', Sample.Codes(PrivateQuestionRules.CheckAnswer(string.Join(' ', Enumerable.Repeat("word", words))))));

    [Fact]
    public void On_the_asking_side_are_the_expert_and_whoever_speaks_for_the_same_State_while_they_have_a_part()
    {
        var (own, other, second) = (Sample.Person(8), Sample.Person(9), Sample.Person(10));
        var dossier = Sample.Appointed.After(
            Appointed(Expert.Value, RoleCode.Expert, "GHA"), Appointed(own, RoleCode.ReviewerFocalPoint, "GHA"),
            Appointed(other, RoleCode.ReviewerFocalPoint, "EST"), Appointed(second, RoleCode.Expert, "EST"));

        Assert.Equal([Expert, new PersonId(own)], PrivateQuestionRules.Asking(dossier, Asked));
        var left = dossier.After(new ReviewEvent.PersonReleased(Expert.Value, RoleCode.Expert, own));
        Assert.Equal([new PersonId(own)], PrivateQuestionRules.Asking(left, Asked));

        static ReviewEvent Appointed(Guid person, string role, string state) =>
            new ReviewEvent.ReviewerAppointed(person, role, state, null, Sample.Coordinator);
    }
}
