using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Somebody of the State saves the next version of an answer while the self-assessment is open, or in reply to a question of
/// the reviewing States about it.</summary>
public sealed class SaveAnswer(ReviewCommands commands)
{
    /// <summary>Runs the use case. Saving what stands already changes nothing and is no error.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string item, AnswerRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Answer, item),
            (work, _) => Task.FromResult(Decide(work, item, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, string item, AnswerRequest request)
    {
        var review = work.Review;
        if (AnswerDoor.Closed(work.Actor, ReviewAct.SaveAnswer, item, review.Facts, review.State, review.Dossier) is { } closed)
            return closed;
        var (answer, problems) = request.ToAnswer(item, review.Framework, review.Dossier.WorkingLanguage);
        problems.AddRange(AnswerRules.Check(
            review.Framework, review.Dossier.Items, review.State.Variant, answer, review.Today));
        if (problems.FirstOrDefault(p => p.Kind == RefusalKind.NotFound) is { } unknown)
            return unknown;
        if (problems.Count > 0)
            return Refusal.Of(problems);
        return Change(work, answer, request.Version ?? 0);
    }

    private static Verdict<ReviewChange> Change(ReviewWork work, Answer answer, int baseVersion)
    {
        var current = work.Current;
        var standing = current?.Version ?? 0;
        var text = new NewText(
            WritingKind.Answer, answer.Item, standing + 1, Contents.Write(answer), answer.Label.Code(), answer.Language);
        // Sent twice, or saved without a change: whoever has signed has signed this.
        if (current is not null && current.Label == text.Label && current.Language == text.Language
            && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(answer.Item);
        if (standing != baseVersion)
            return ReviewRefusals.Stale(standing);
        return new ReviewChange()
            .Write(text.Kind, text.Key, baseVersion, text.Content, text.Label, text.Language)
            .Made(answer.Item);
    }
}
