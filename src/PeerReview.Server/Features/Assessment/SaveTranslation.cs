using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Somebody who may write an answer saves the next version of its translation while the answer is open.</summary>
public sealed class SaveTranslation(ReviewCommands commands)
{
    /// <summary>Runs the use case. Saving what stands already changes nothing and is no error.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, TranslationRef translation, TranslationRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.AnswerTranslation, translation.Key),
            (work, token) => DecideAsync(work, translation, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, TranslationRef about, TranslationRequest request, CancellationToken cancel)
    {
        var (review, document) = (work.Review, work.Review.Dossier.Answer(about.Item));
        if (AnswerDoor.Closed(work.Actor, ReviewAct.SaveAnswer, about.Item, review.Facts, review.State, review.Dossier) is { } closed)
            return closed;
        var original = (await work.MaterialAsync(cancel)).Find(WritingKind.Answer, about.Item);
        if (original is not null && !Access.Visible(work.Actor, document, review.Facts, SharingLabels.Of(original.Label)).CanRead)
            return ReviewRefusals.NotFound;
        var translation = request.ToTranslation(about.Item, about.Language, original?.Version ?? 0);
        var problems = TranslationRules.Check(
            review.Framework, review.Dossier.Items, review.State.Variant,
            original is null ? null : new OriginalAnswer(Contents.ReadAnswer(original), original.Version), translation);
        return problems.IsEmpty ? Change(work, about, original!.Label, translation, request.Version ?? 0) : Refusal.Of(problems);
    }

    /// <param name="label">The answer's, as it is now; what counts is always the one the answer has when it is read.</param>
    private static Verdict<ReviewChange> Change(
        ReviewWork work, TranslationRef about, string label, AnswerTranslation translation, int baseVersion)
    {
        var current = work.Current;
        var standing = current?.Version ?? 0;
        var text = new NewText(
            WritingKind.AnswerTranslation, about.Key, standing + 1, Contents.Write(translation), label, about.Language);
        // Sent twice, or saved without a change: whoever has signed has signed this.
        if (current is not null && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(about.Key);
        if (standing != baseVersion)
            return ReviewRefusals.Stale(standing);
        return new ReviewChange()
            .Write(text.Kind, text.Key, baseVersion, text.Content, text.Label, text.Language)
            .Made(about.Key);
    }
}

/// <summary>Which translation of which answer.</summary>
public sealed record TranslationRef(string Item, string Language)
{
    /// <summary>Its key as a writing.</summary>
    public string Key => StandingTranslations.KeyOf(Item, Language);
}
