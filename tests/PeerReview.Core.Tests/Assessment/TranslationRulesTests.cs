using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Tests.Frameworks;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class TranslationRulesTests
{
    private static readonly ImmutableArray<string> Scope = ["N-a.a1", "N-g.g1"];

    private static readonly Answer Answer = new("N-a.a1", AnswerValue.InPlaceAndTested, SharingLabel.Green, "en")
    {
        Rule = "Decree 12 of 2024.",
        Practice = "Two people.",
        LastTested = new DateOnly(2026, 1, 31),
        Sectors = ["health"],
    };

    private static readonly OriginalAnswer Original = new(Answer, 4);
    private static readonly AnswerTranslation Good = new("N-a.a1", "fr", 4) { Rule = "Décret 12 de 2024.", Practice = "Deux personnes." };

    [Fact]
    public void An_incomplete_an_empty_and_an_older_translation_may_be_saved()
    {
        Assert.Empty(Check(Good));
        Assert.Empty(Check(Good with { Practice = "" }));
        Assert.Empty(Check(new AnswerTranslation("N-a.a1", "ar", 1)));
    }

    public static TheoryData<string, string, string?> Refused() => new()
    {
        { "other-item", "answer.unknown-item", "item" },
        { "out-of-scope", "answer.unknown-item", "item" },
        { "unknown-language", "answer.unknown-language", "language" },
        { "upper-case", "answer.unknown-language", "language" },
        { "same-language", "translation.same-language", "language" },
        { "later-version", "translation.unknown-original", "made_from" },
        { "version-zero", "translation.unknown-original", "made_from" },
        { "more-than-the-original", "translation.text-without-original", "testing" },
        { "bidi-override", "answer.unreadable-text", "practice" },
        { "201-words", "answer.too-long", "practice" },
        { "too-many-characters", "answer.too-many-characters", "practice" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_mistake_names_its_field(string mistake, string code, string? field)
    {
        var translation = mistake switch
        {
            "other-item" => Good with { Item = "N-z.z1" },
            "out-of-scope" => Good with { Item = "N-a.a2" },
            "unknown-language" => Good with { Language = "de" },
            "upper-case" => Good with { Language = "FR" },
            "same-language" => Good with { Language = "en" },
            "later-version" => Good with { MadeFrom = 5 },
            "version-zero" => Good with { MadeFrom = 0 },
            "more-than-the-original" => Good with { Testing = "Un exercice." },
            "bidi-override" => Good with { Practice = "a\u202eb" },
            "201-words" => Good with { Rule = "", Practice = string.Join(' ', Enumerable.Repeat("mot", 201)) },
            _ => Good with { Practice = new string('x', 8_001) },
        };

        var refusal = Assert.Single(Check(translation));

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Where_nothing_is_written_there_is_nothing_to_translate()
    {
        var without = TranslationRules.Check(FrameworkFile.Framework, Scope, "light", original: null, Good);
        var silent = TranslationRules.Check(
            FrameworkFile.Framework, Scope, "light", new OriginalAnswer(new Answer("N-a.a1", AnswerValue.Planned), 1), Good);

        Assert.Equal("translation.nothing-to-translate", Assert.Single(without).Code);
        Assert.Equal("translation.nothing-to-translate", Assert.Single(silent).Code);
    }

    [Fact]
    public void It_has_everything_but_its_words_from_the_original_and_says_nothing_where_that_says_nothing()
    {
        var narrowed = Answer with { Label = SharingLabel.Red, Practice = "" };

        Assert.Equal(
            narrowed with { Language = "fr", Rule = "Décret 12 de 2024." },
            Good.Over(narrowed));
        Assert.Equal(["practice"], (Good with { Practice = " " }).Untranslated(Answer));
        Assert.Empty(Good.Untranslated(narrowed));
    }

    [Fact]
    public void It_says_nothing_when_saved_empty_or_when_the_answer_is_now_in_its_language()
    {
        Assert.True(Good.Says(Answer));
        Assert.False(new AnswerTranslation("N-a.a1", "fr", 4).Says(Answer));
        Assert.False(Good.Says(Answer with { Language = "fr" }));
        Assert.False(Good.Says(Answer with { Rule = "", Practice = "" }));
    }

    private static ImmutableArray<Refusal> Check(AnswerTranslation translation) =>
        TranslationRules.Check(FrameworkFile.Framework, Scope, "light", Original, translation);
}
