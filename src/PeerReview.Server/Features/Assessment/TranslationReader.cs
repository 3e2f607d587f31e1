using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Reads an answer and one of its translations, for whoever may read the answer.</summary>
public sealed class TranslationReader(AssessmentLookup assessments)
{
    /// <summary>One round trip; null when there is no answer, it is not open to this person, or it has no translation into
    /// this language because it is written in it or the language is none of the six.</summary>
    /// <param name="whole">An earlier version that is wanted too, or null.</param>
    public async Task<TranslationFound?> FindAsync(
        Actor actor, ReviewId review, TranslationRef about, int? whole, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(
            actor, review, Sql.Version, new { Review = review.Value, about.Key, Whole = whole }, ReadAsync, cancel);
        if (found?.Assessment.Sheet.Find(about.Item) is not { Answer: { } original } item
            || original.Language == about.Language
            || !AnswerRules.Languages.Contains(about.Language, StringComparer.Ordinal))
            return null;
        var newest = found.Assessment.Material.Find(WritingKind.AnswerTranslation, about.Key);
        // Earlier versions are for those who could read before it was handed in, as those of the answer.
        var older = found.More is { } version && item.SeesHistory && Opens(actor, found.Assessment.Review, about.Item, version)
            ? version
            : null;
        return new TranslationFound(found.Assessment, item, about, newest, older);
    }

    private static bool Opens(Actor actor, LoadedReview review, string item, Writing version) => Access.Visible(
        actor, review.Dossier.Answer(item), review.Facts with { Submitted = false }, SharingLabels.Of(version.Label)).CanRead;

    private static async Task<Writing?> ReadAsync(SqlMapper.GridReader grid) =>
        (await grid.ReadSingleOrDefaultAsync<WritingRow>())?.ToWriting();

    private static class Sql
    {
        public const string Version =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing
            WHERE review_id = @Review AND kind = 'answer_translation' AND key = @Key AND version = @Whole::integer
            """;
    }
}

/// <summary>An answer with what there is of it in another language.</summary>
/// <param name="Item">With an answer that the reader may read.</param>
/// <param name="Newest">The newest version, or null when nobody translated it into this language yet.</param>
/// <param name="Older">The earlier version asked for, or null when there is none or it is not open.</param>
public sealed record TranslationFound(
    FoundAssessment Assessment, SheetItem Item, TranslationRef About, Writing? Newest, Writing? Older)
{
    public LoadedReview Review => Assessment.Review;

    /// <summary>The answer as it stands.</summary>
    public Answer Original => Item.Answer!;

    /// <summary>The translation, where it says something.</summary>
    public StandingTranslation? Standing => Item.Translations.FirstOrDefault(t => t.Language == About.Language);
}
