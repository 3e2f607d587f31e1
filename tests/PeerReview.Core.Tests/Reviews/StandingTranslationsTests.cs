using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Access;
using PeerReview.Core.Tests.FollowUp;
using PeerReview.Core.Tests.Process;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>Which translations stand beside the answers of a review, and that they are signed with them.</summary>
public sealed class StandingTranslationsTests
{
    private static readonly string Hash = AssessmentHash.Of(Answered);
    private static readonly Material Translated = Answered.With(Translation(First, "fr", "Une règle."));

    [Fact]
    public void A_key_is_an_item_and_a_language()
    {
        var key = StandingTranslations.KeyOf("N-c.c1", "fr");

        Assert.Equal(("N-c.c1:fr", "N-c.c1", "fr"), (key, StandingTranslations.ItemOf(key), StandingTranslations.LanguageOf(key)));
        Assert.Equal(("N-c.c1", ""), (StandingTranslations.ItemOf("N-c.c1"), StandingTranslations.LanguageOf("N-c.c1")));
    }

    [Fact]
    public void It_is_older_once_the_answer_has_a_newer_version()
    {
        var changed = Translated.With(Answer(First) with { Version = 2 });

        Assert.False(Assert.Single(Translated.Translations()).IsOlder);
        var older = Assert.Single(changed.TranslationsOf(First));
        Assert.Equal((true, 1, 2, "fr"), (older.IsOlder, older.Translation.MadeFrom, older.Original, older.Language));
        Assert.Empty(changed.TranslationsOf(Second));
    }

    [Fact]
    public void It_does_not_stand_without_an_answer_when_empty_or_in_the_language_of_the_answer()
    {
        Assert.Empty(Material.Empty.With(Translation(First, "fr", "Une règle.")).Translations());
        Assert.Empty(Answered.With(Translation(First, "fr", "")).Translations());
        Assert.Empty(Answered.With(Translation(First, "en", "A rule.")).Translations());
    }

    [Fact]
    public void What_was_signed_before_there_were_translations_stands_and_any_change_of_one_is_another_version()
    {
        Assert.Equal("342365a3", Hash[..8]);
        var versions = new[]
        {
            Answered,
            Translated,
            Answered.With(Translation(First, "fr", "Une autre règle.")),
            Answered.With(Translation(First, "es", "Une règle.")),
            Answered.With(Translation(Second, "fr", "Une règle.")),
            Translated.With(Answer(First) with { Version = 2 }),
        };

        Assert.Equal(versions.Length, versions.Select(AssessmentHash.Of).Distinct().Count());
        Assert.Equal(Hash, AssessmentHash.Of(Answered.With(Translation(First, "fr", ""))));
        Assert.Equal(AssessmentHash.Of(Translated), AssessmentHash.Of(Translated.With(Translation(First, "fr", "Une règle.") with { Version = 7 })));
        Assert.Equal(AssessmentHash.Of(Answered, item => item == Second), AssessmentHash.Of(Translated, item => item == Second));
    }

    [Fact]
    public void Whoever_reads_the_answer_reads_it_and_is_told_when_it_is_older()
    {
        var older = Translated.With(Answer(First) with { Version = 2 });
        var red = older.With(Answer(First) with { Version = 3, Label = "RED" });

        var (state, office) = (Sheet(Role.StateFocalPoint, older), Sheet(Role.Coordinator, older));
        var kept = Sheet(Role.Coordinator, red);

        Assert.Single(state.Find(First)!.Translations);
        Assert.Single(office.Find(First)!.Translations);
        Assert.Contains(new Inconsistency(First, Remark.TranslationOlder, "translations"), state.Remarks);
        Assert.DoesNotContain(Sheet(Role.StateFocalPoint, Translated).Remarks, r => r.Remark == Remark.TranslationOlder);
        // The translation was saved when the answer was AMBER: what counts is the label of the answer now.
        Assert.Empty(kept.Find(First)!.Translations);
        Assert.DoesNotContain(kept.Remarks, r => r.Remark == Remark.TranslationOlder);
    }

    private static AssessmentSheet Sheet(Role role, Material material) => AssessmentSheet.Of(
        Cast.As(role), new AssessmentGround(Cast.In('S'), SmallFramework.Value, Helped, Review.At("light", "complete").State, material), new DateOnly(2026, 3, 2));

    private static Writing Translation(string item, string language, string rule) => Writing(
        WritingKind.AnswerTranslation, StandingTranslations.KeyOf(item, language),
        Contents.Write(new AnswerTranslation(item, language, 1) { Rule = rule }).GetRawText()) with
    { Language = language };
}
