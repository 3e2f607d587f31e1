using PeerReview.Core.Assessment;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class WordCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData(" \n\t— – …", 0)]
    [InlineData("The law of 12 May 2024, article 3(b).", 8)]
    [InlineData("state-of-the-art", 1)]
    [InlineData("rule—practice–evidence", 3)]
    [InlineData("See https://example.org/a-b/c?d=e and A/70/174", 4)]
    [InlineData("L’eau qu'on n'a pas : aujourd’hui", 5)]
    [InlineData("¿Quién decide? ¡Nadie!", 3)]
    [InlineData("Закон № 187-ФЗ действует с 2018 года", 6)]
    [InlineData("الأمن السيبراني في المنطقة", 4)]
    [InlineData("الأَمْنُ السِّيبرانِيُّ", 2)]
    [InlineData("العـــربية", 1)]
    [InlineData("网络安全", 2)]
    [InlineData("网络安全法", 3)] // five characters, rounded up
    [InlineData("网络安全，法律。", 3)]
    [InlineData("国家CERT于2019年成立", 5)] // six characters and two runs of other letters
    [InlineData("网 络 安 全", 2)] // spaces between characters change nothing
    public void Words_are_counted_alike_in_six_languages(string text, int words)
    {
        Assert.Equal(words, WordCount.Of(text));
    }

    [Fact]
    public void An_answer_counts_all_its_layers_and_the_reason()
    {
        var answer = new Answer("N-a.a1", AnswerValue.InPlace)
        {
            Rule = "one two",
            Practice = "three",
            Evidence = "four five",
            Testing = "six",
            Reason = "seven",
        };

        Assert.Equal(7, WordCount.Of(answer));
    }
}
