using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>The answer to a private question as it comes in.</summary>
public sealed record PrivateAnswerRequest(string Text = "");

/// <summary>A contact point of the State answers a private question.</summary>
public sealed class AnswerPrivately(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/clarify-first/{asked:guid}/answer",
        async (Guid review, Guid asked, PrivateAnswerRequest request, Visit visit, AnswerPrivately answer, HttpContext http, CancellationToken cancel) =>
            (await answer.RunAsync(new ReviewId(review), asked, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(AnswerPrivately)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid asked, PrivateAnswerRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, asked.ToString(), request)), cancel);

    /// <summary>Why somebody cannot answer a question now; null when they can.</summary>
    internal static Refusal? MayNot(Actor actor, LoadedReview review, PrivateQuestionMark question) =>
        Access.May(actor, ReviewAct.AnswerPrivately, review.Facts) ?? PrivateQuestionRules.MayAnswer(question, review.Now);

    private static Verdict<ReviewChange> Decide(ReviewWork work, string id, PrivateAnswerRequest request)
    {
        var review = work.Review;
        // Whoever may not read a question is not told whether it is there.
        if (review.Dossier.PrivateQuestions.FirstOrDefault(q => q.Id == id) is not { } question || !review.HasTeam
            || !Access.Visible(work.Actor, review.Dossier.PrivateQuestion(id), review.Facts).CanRead)
        {
            return ReviewRefusals.NotFound;
        }

        if (MayNot(work.Actor, review, question) is { } no)
            return no;
        var text = request.Text.Tidy();
        if (PrivateQuestionRules.CheckAnswer(text) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        return new ReviewChange()
            .Write(
                WritingKind.PrivateAnswer, id, 0, Contents.Write(new NoteContent(text, [])), SharingLabel.Red.Code(),
                review.Dossier.WorkingLanguage)
            .SendAfter(after => PrivateLetters.Answered(after, id))
            .Made(id);
    }
}
