using PeerReview.Core.Deliberation;
using Xunit;

namespace PeerReview.Core.Tests.Deliberation;

/// <summary>What is flagged as possible blame, and what is not.</summary>
public sealed class WordingGuardTests
{
    private static readonly WordingGuard Guard = new()
    {
        Blame = ["attributed to", "attribué à", "归因于", "منسوب إلى"],
        Incident = ["attack", "attaque", "ataque", "атак", "هجوم", "攻击"],
        Groups = ["APT", "Storm"],
        States =
        [
            ("KEN", "Kenya"), ("KEN", "Кения"), ("KEN", "كينيا"), ("KEN", "肯尼亚"),
            ("NER", "Niger"), ("NER", "Нигер"), ("NER", "النيجر"), ("NGA", "Nigeria"), ("NGA", "Nigéria"), ("NGA", "Нигерия"), ("NGA", "尼日利亚"),
            ("SDN", "Sudan"), ("SDN", "苏丹"), ("SSD", "South Sudan"), ("SSD", "南苏丹"), ("GIN", "Guinea"), ("PNG", "Papua New Guinea"), ("GNB", "Guinea-Bissau"),
            ("RUS", "Российская Федерация"), ("CHN", "الصين"), ("MLI", "مالي"), ("IRN", "Iran (Islamic Republic of)"), ("TCD", "Chad"),
        ],
    };

    [Theory]
    [InlineData("The attack came from Nigeria")]
    [InlineData("An ATTACK on Kenya, by Iran's services")]
    [InlineData("Une attaque venue du Nigéria")]
    [InlineData("El ataque de Nigeria")]
    [InlineData("Атака со стороны Российской Федерации")]
    [InlineData("Атаки из Нигерии участились")]
    [InlineData("هجوم من الصين")]
    [InlineData("هجوم منسوب إلى جهة مجهولة")]
    [InlineData("وقع هجوم للصين")]
    [InlineData("尼日利亚发动攻击")]
    [InlineData("The outage was attributed to a neighbour")]
    [InlineData("Tools of APT28 were found")]
    [InlineData("Tools of Storm-0558 were found")]
    public void A_sentence_that_could_blame_is_flagged(string sentence) => Assert.Equal([sentence], Guard.Flags(sentence, "KEN"));

    [Theory]
    [InlineData("Kenya suffered an attack in May")]
    [InlineData("Атака на Кению началась в мае")]
    [InlineData("وقع هجوم على كينيا")]
    [InlineData("肯尼亚遭到攻击")]
    [InlineData("Kenya, Nigeria and Niger train together every year")]
    [InlineData("The team learned how to repel an attack")]
    [InlineData("A storm cut the line and an adaptation plan followed")]
    [InlineData("The chad of a punched card was no attack")]
    [InlineData("إجمالي الهجمات: هجوم واحد")]
    public void Ordinary_text_is_not(string sentence) => Assert.Empty(Guard.Flags(sentence, "KEN"));

    [Theory]
    [InlineData("NGA", "An attack hit Nigeria")]
    [InlineData("NGA", "Атака на Нигерию")]
    [InlineData("SSD", "An attack hit South Sudan")]
    [InlineData("SSD", "南苏丹遭到攻击")]
    [InlineData("PNG", "An attack hit Papua New Guinea")]
    [InlineData("GNB", "An attack hit Guinea-Bissau")]
    public void The_own_name_of_the_subject_is_not_found_as_another_within_it(string subject, string sentence) =>
        Assert.Empty(Guard.Flags(sentence, subject));

    [Theory]
    [InlineData("NER", "An attack hit Nigeria")]
    [InlineData("GIN", "An attack out of Papua New Guinea")]
    [InlineData("SDN", "攻击来自南苏丹")]
    public void A_longer_name_is_no_other_State_s_for_being_within_it(string subject, string sentence) =>
        Assert.Equal([sentence], Guard.Flags(sentence, subject));

    [Fact]
    public void Sentences_are_told_apart_and_named_once()
    {
        const string text = "Kenya trains with Nigeria. An attack came.\nThe attack came from Niger!\nThe attack came from Niger。";

        Assert.Equal(["The attack came from Niger"], Guard.Flags(text, "KEN"));
        Assert.Empty(WordingGuard.None.Flags(text, "KEN"));
    }

    [Theory]
    [InlineData("One. Two. Three.", "Two", "One. Three.")]
    [InlineData("Two! Three.", "Two", "Three.")]
    [InlineData("One.\nTwo.\nThree.", "Two", "One.\n\nThree.")]
    [InlineData("一。二。三。", "二", "一。三。")]
    [InlineData("One.", "Four", "One.")]
    public void A_sentence_leaves_a_text_with_its_mark(string text, string sentence, string rest) =>
        Assert.Equal(rest, WordingGuard.Without(text, sentence));
}
