using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>How the experts can read the answers in the language all parties agreed on: by the State's own translation, by a working
/// translation of the coordinator's office, or as they are.</summary>
/// <remarks>The office's are no part of what the State signs and are never published.</remarks>
public static class ReaderTranslations
{
    /// <summary>The stage in which they are made.</summary>
    public const string Stage = "translate";

    /// <summary>The condition of that stage, as processes name it.</summary>
    public const string Condition = "working_language_differs";

    /// <summary>Whether the experts work in another language than the State answers in; null until it is agreed on.</summary>
    /// <param name="hasTeam">Whether other States review it at all.</param>
    public static bool? AreNeeded(Dossier dossier, bool hasTeam) => !hasTeam ? false
        : dossier.Team.Language is { } language ? language != dossier.WorkingLanguage
        : null;

    /// <summary>Whether translations are being made, or were.</summary>
    public static bool TakePlace(ProcessState state) =>
        state.Definition.FindStage(Stage) is { } stage && state[stage].Status is StageStatus.Open or StageStatus.Done;

    /// <summary>How the experts read one answer; null where they need nothing: it is in their language, says nothing, or no language is
    /// agreed on.</summary>
    public static ReaderTranslation? For(Dossier dossier, Material material, string item)
    {
        if (dossier.Team.Language is not { } language || material.Find(WritingKind.Answer, item) is not { } writing)
            return null;
        var answer = Contents.ReadAnswer(writing);
        if (answer.Language == language || !answer.SaysSomething())
            return null;
        var office = OfOffice(material, answer, writing.Version, language);
        var own = material.TranslationsOf(item).FirstOrDefault(t => t.Language == language);
        List<ReaderTranslation> found = [new(answer, writing.Version, language)];
        if (own is not null)
            found.Add(new(answer, writing.Version, language) { Translation = own, By = Translator.State });
        if (office is not null)
            found.Add(office);
        // The State's own comes first where both are as good.
        return found.MaxBy(one => (Worth(one.State), one.Translation?.Translation.MadeFrom ?? 0))! with { Office = office };
    }

    /// <summary>What the office has to see to: every answer a coordinator may read and the experts need in another language, in the
    /// framework's order.</summary>
    public static ImmutableArray<ReaderTranslation> Of(Dossier dossier, Material material)
    {
        // What any coordinator reads of a self-assessment that is handed in; labels keep the rest from the office.
        var programme = new ProgrammeId(dossier.Programme);
        var office = new Actor(null, [new Grant(Access.Role.Coordinator, programme)]);
        var facts = new ReviewFacts(default, programme) { HasTeam = true, Submitted = true };
        return
        [
            .. dossier.Items.Select(item => For(dossier, material, item)).OfType<ReaderTranslation>()
                .Where(one => Access.Access.Visible(office, dossier.Answer(one.Item), facts, one.Answer.Label).CanRead),
        ];
    }

    /// <summary>Why a translation of the office cannot be saved; empty when it can.</summary>
    /// <param name="standing">Whether an earlier version stands, so that this may take it back.</param>
    /// <returns>See <see cref="TranslationRules.Check"/>; beside those <c>translation.other-language</c> {language} and
    /// <c>translation.empty</c>.</returns>
    public static ImmutableArray<Refusal> Check(
        Framework framework, Dossier dossier, string variant, OriginalAnswer? original, OfficeTranslation translation, bool standing)
    {
        var problems = TranslationRules.Check(framework, dossier.Items, variant, original, translation.Text, TranslationRules.WordsOfReaders);
        if (dossier.Team.Language is { } language && translation.Text.Language != language)
            problems = [new Refusal("translation.other-language", RefusalKind.Invalid, "language").With("language", language), .. problems];
        if (problems.IsEmpty && !standing && !translation.AsItIs && translation.Text.Texts.All(t => string.IsNullOrWhiteSpace(t.Text)))
            return [new Refusal("translation.empty", RefusalKind.Invalid, original!.Answer.Texts.First(t => !string.IsNullOrWhiteSpace(t.Text)).Field)];
        return problems;
    }

    private static ReaderTranslation? OfOffice(Material material, Answer answer, int version, string language)
    {
        if (material.Find(WritingKind.ReaderTranslation, StandingTranslations.KeyOf(answer.Item, language)) is not { } writing)
            return null;
        var made = Contents.ReadReaderTranslation(writing);
        return made.AsItIs || made.Text.Says(answer)
            ? new ReaderTranslation(answer, version, language)
            {
                Translation = new StandingTranslation(made.Text, writing.Version, version, writing.Author, writing.At),
                By = Translator.Coordinator,
                AsItIs = made.AsItIs,
            }
            : null;
    }

    private static int Worth(ReaderState state) => state switch
    {
        ReaderState.Translated or ReaderState.AsItIs => 3,
        ReaderState.Partly => 2,
        ReaderState.Older => 1,
        ReaderState.Open => 0,
    };
}

/// <summary>How one answer can be read by the experts.</summary>
/// <param name="Answer">As it stands.</param>
/// <param name="Version">The version it is at.</param>
/// <param name="Language">The experts' language, ISO 639-1.</param>
public sealed record ReaderTranslation(Answer Answer, int Version, string Language)
{
    public string Item => Answer.Item;

    /// <summary>What they read beside the original; null while there is nothing.</summary>
    public StandingTranslation? Translation { get; init; }

    /// <summary>Who made it; null while there is nothing.</summary>
    public Translator? By { get; init; }

    /// <summary>The office found that the experts can read the original; then there need be no text.</summary>
    public bool AsItIs { get; init; }

    /// <summary>What the office made, where it says something, though the experts may read the State's own instead.</summary>
    public ReaderTranslation? Office { get; init; }

    /// <summary>The text in the experts' language; null where there is none, or the original is read.</summary>
    public StandingTranslation? Text => AsItIs ? null : Translation;

    public ReaderState State => Translation switch
    {
        null => ReaderState.Open,
        { IsOlder: true } => ReaderState.Older,
        _ when AsItIs => ReaderState.AsItIs,
        { Translation: var text } when text.Untranslated(Answer).IsEmpty => ReaderState.Translated,
        _ => ReaderState.Partly,
    };

    /// <summary>Whether nothing is left to do.</summary>
    public bool IsDone => State is ReaderState.Translated or ReaderState.AsItIs;
}

/// <summary>Who made a translation.</summary>
public enum Translator
{
    /// <summary>The State under review; it signs what it made.</summary>
    State,

    /// <summary>The coordinator's office, for the experts to work with.</summary>
    Coordinator,
}

/// <summary>How far an answer is on its way to the experts.</summary>
public enum ReaderState
{
    /// <summary>Nobody has translated it.</summary>
    Open,

    /// <summary>A text of it is not translated.</summary>
    Partly,

    /// <summary>The answer was changed after its translation was made, or after it was found readable.</summary>
    Older,

    /// <summary>The office found that it can be read as it is.</summary>
    AsItIs,
    Translated,
}

/// <summary>What the office writes so that experts can read an answer.</summary>
/// <param name="AsItIs">The answer can be read as it is; the texts may be empty.</param>
public sealed record OfficeTranslation(AnswerTranslation Text, bool AsItIs);
