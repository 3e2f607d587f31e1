using PeerReview.Core.Assessment;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Tests.Access;
using PeerReview.Core.Tests.FollowUp;
using PeerReview.Core.Tests.Frameworks;
using PeerReview.Core.Tests.Process;
using Xunit;
using static PeerReview.Core.Tests.Reviews.Sample;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>How experts who work in another language than the State can read its answers.</summary>
public sealed class ReaderTranslationsTests
{
    private static readonly Dossier InFrench = Helped.After(new ReviewEvent.OpeningAgreed("fr", [], ""));

    [Fact]
    public void Whether_they_are_needed_is_known_once_the_parties_agree_on_a_language()
    {
        Assert.Null(ReaderTranslations.AreNeeded(Helped, hasTeam: true));
        Assert.True(ReaderTranslations.AreNeeded(InFrench, hasTeam: true));
        Assert.False(ReaderTranslations.AreNeeded(Helped.After(new ReviewEvent.OpeningAgreed("en", [], "")), hasTeam: true));
        Assert.False(ReaderTranslations.AreNeeded(Helped, hasTeam: false));
        // A review that became lighter has nobody left to translate for.
        Assert.False(ReaderTranslations.AreNeeded(InFrench, hasTeam: false));
    }

    [Fact]
    public void An_answer_nobody_translated_is_open_and_one_that_needs_nothing_is_none()
    {
        Assert.Equal(ReaderState.Open, Of(Answered).State);
        Assert.Null(ReaderTranslations.For(Helped, Answered, First));
        Assert.Null(ReaderTranslations.For(InFrench, Answered.With(Answer(First) with { Language = "fr" }), First));
        Assert.Null(ReaderTranslations.For(InFrench, Material.Empty, First));
        Assert.Null(ReaderTranslations.For(InFrench, Material.Empty.With(Silent(First)), First));
    }

    [Theory]
    [InlineData("Règle.", "Pratique.", "Papier.", 1, ReaderState.Translated)]
    [InlineData("Règle.", "", "Papier.", 1, ReaderState.Partly)]
    [InlineData("Règle.", "Pratique.", "Papier.", 0, ReaderState.Older)]
    [InlineData("", "", "", 1, ReaderState.Open)]
    public void The_office_and_the_State_translate_alike(string rule, string practice, string evidence, int madeFrom, ReaderState state)
    {
        var text = new AnswerTranslation(First, "fr", madeFrom) { Rule = rule, Practice = practice, Evidence = evidence };
        var said = state != ReaderState.Open;

        var (office, own) = (Of(Answered.With(ByOffice(text))), Of(Answered.With(ByState(text))));

        Assert.Equal((state, said ? Translator.Coordinator : null), (office.State, office.By));
        Assert.Equal((state, said ? Translator.State : null), (own.State, own.By));
        Assert.Equal(state is ReaderState.Translated, office.IsDone);
    }

    [Fact]
    public void The_experts_read_what_is_best_and_the_States_own_where_both_are_as_good()
    {
        var (state, office) = (ByState(French(1)), ByOffice(French(1)));
        var older = ByState(French(0));

        Assert.Equal(Translator.State, Of(Answered.With(state).With(office)).By);
        Assert.Equal((Translator.Coordinator, ReaderState.Translated), (Of(Answered.With(older).With(office)).By, Of(Answered.With(older).With(office)).State));
        // What the office made is there for the State to see, whichever is read.
        Assert.Equal(Translator.Coordinator, Of(Answered.With(state).With(office)).Office!.By);
    }

    [Fact]
    public void As_it_is_holds_for_the_answer_that_was_read_and_is_taken_back_like_a_translation()
    {
        var mark = ByOffice(new AnswerTranslation(First, "fr", 1), asItIs: true);
        var changed = Answered.With(mark).With(Answer(First) with { Version = 2 });

        Assert.Equal((ReaderState.AsItIs, true), (Of(Answered.With(mark)).State, Of(Answered.With(mark)).IsDone));
        Assert.Null(Of(Answered.With(mark)).Text);
        Assert.Equal(ReaderState.Older, Of(changed).State);
        Assert.Equal(ReaderState.Open, Of(Answered.With(mark).With(ByOffice(new AnswerTranslation(First, "fr", 1)))).State);
    }

    [Fact]
    public void The_office_sees_to_what_it_may_read_and_to_nothing_else()
    {
        foreach (var (label, reads) in new[] { ("CLEAR", true), ("GREEN", true), ("AMBER", true), ("AMBER+STRICT", false), ("RED", false), ("?", false) })
        {
            var material = Answered.With(Answer(First) with { Label = label });

            Assert.Equal(reads ? [First, Second] : [Second], ReaderTranslations.Of(InFrench, material).Select(one => one.Item));
            Assert.Equal(
                GuardAnswer.No($"translations-open:{(reads ? 2 : 1)}"),
                Guards.Of(["G-TRANS"], SmallFramework.Value, Review.At("light", "complete").State, InFrench, material)["G-TRANS"]);
        }

        var done = Answered.With(Answer(First) with { Label = "RED" }).With(ByOffice(French(1, Second)));
        Assert.True(Guards.Of(["G-TRANS"], SmallFramework.Value, Review.At("light", "complete").State, InFrench, done)["G-TRANS"].Holds);
    }

    [Fact]
    public void A_sheet_shows_it_to_whoever_reads_the_answer_by_the_label_it_has_now()
    {
        var translated = Answered.With(ByOffice(French(1)));
        var strict = translated.With(Answer(First) with { Version = 2, Label = "AMBER+STRICT" });

        Assert.Equal("Règle.", Sheet(Role.Coordinator, translated).Find(First)!.ForReaders!.Text!.Translation.Rule);
        Assert.Null(Sheet(Role.Coordinator, strict).Find(First)!.ForReaders);
        Assert.Equal(ReaderState.Older, Sheet(Role.ReviewerExpert, strict).Find(First)!.ForReaders!.State);
        Assert.NotNull(Sheet(Role.StateFocalPoint, strict).Find(First)!.ForReaders!.Office);
    }

    [Fact]
    public void What_the_office_makes_is_not_signed_and_takes_no_signature_away()
    {
        var signed = InFrench.After(Signed(RoleCode.FocalPoint, "hash"));

        Assert.Equal("hash", signed.After(Wrote(WritingKind.ReaderTranslation, $"{First}:fr")).SignedHash(SignedAct.SelfAssessment, RoleCode.FocalPoint));
        Assert.Equal(AssessmentHash.Of(Answered), AssessmentHash.Of(Answered.With(ByOffice(French(1)))));
        Assert.Empty(Answered.With(ByOffice(French(1))).Translations());
    }

    [Fact]
    public void It_survives_being_stored()
    {
        var saved = Contents.ReadReaderTranslation(ByOffice(French(1), asItIs: true));

        Assert.Equal(new OfficeTranslation(French(1), true), saved);
    }

    [Theory]
    [InlineData("", false, "translation.empty", "rule")]
    [InlineData("en", false, "translation.other-language", "language")]
    [InlineData("es", false, "translation.other-language", "language")]
    [InlineData("made-from", false, "translation.unknown-original", "made_from")]
    [InlineData("unasked", false, "translation.text-without-original", "testing")]
    [InlineData("too-long", false, "answer.too-long", "practice")]
    [InlineData("", true, null, null)]
    [InlineData("as-it-is", false, null, null)]
    [InlineData("longer-than-the-answer-may-be", false, null, null)]
    public void What_cannot_be_saved_says_why(string what, bool standing, string? code, string? field)
    {
        var none = new AnswerTranslation(First, "fr", 1);
        var translation = what switch
        {
            "en" or "es" => French(1) with { Language = what },
            "made-from" => French(2),
            "unasked" => French(1) with { Testing = "Essai." },
            "too-long" => none with { Practice = string.Join(' ', Enumerable.Repeat("mot", (2 * Budget) + 1)) },
            "longer-than-the-answer-may-be" => none with { Practice = string.Join(' ', Enumerable.Repeat("mot", 2 * Budget)) },
            _ => none,
        };

        var refusals = ReaderTranslations.Check(
            FrameworkFile.Framework, InFrench, "light", new OriginalAnswer(Contents.ReadAnswer(Answer(First)), 1),
            new OfficeTranslation(translation, what == "as-it-is"), standing);

        Assert.Equal((code, field), (refusals.FirstOrDefault()?.Code, refusals.FirstOrDefault()?.Field));
    }

    private static int Budget => FrameworkFile.Framework.Budgets["light"].MaxWords;

    private static AnswerTranslation French(int madeFrom, string item = First) =>
        new(item, "fr", madeFrom) { Rule = "Règle.", Practice = "Pratique.", Evidence = "Papier." };

    private static ReaderTranslation Of(Material material) => ReaderTranslations.For(InFrench, material, First)!;

    private static AssessmentSheet Sheet(Role role, Material material) => AssessmentSheet.Of(
        Cast.As(role), new AssessmentGround(Cast.In('S'), SmallFramework.Value, InFrench, Review.At("light", "complete").State, material), new DateOnly(2026, 3, 2));

    private static Writing Silent(string item) =>
        Writing(WritingKind.Answer, item, Contents.Write(new Answer(item, AnswerValue.Planned)).GetRawText());

    private static Writing ByState(AnswerTranslation text) => Writing(
        WritingKind.AnswerTranslation, StandingTranslations.KeyOf(text.Item, text.Language), Contents.Write(text).GetRawText()) with
    { Language = text.Language };

    private static Writing ByOffice(AnswerTranslation text, bool asItIs = false) => Writing(
        WritingKind.ReaderTranslation, StandingTranslations.KeyOf(text.Item, text.Language),
        Contents.Write(new OfficeTranslation(text, asItIs)).GetRawText()) with
    { Language = text.Language };
}
