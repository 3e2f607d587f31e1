using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Minutes;

/// <summary>The State says what should be different in the record. Its words stand beside it.</summary>
public sealed class CommentOnRecord(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/dialogue/comments",
        async (Guid review, RecordCommentRequest request, Visit visit, CommentOnRecord comment, HttpContext http, CancellationToken cancel) =>
            (await comment.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/dialogue", receipt)))
        .WithName(nameof(CommentOnRecord)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the comment.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, RecordCommentRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.DialogueRecord, DialogueRules.Key), (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, RecordCommentRequest request)
    {
        var dossier = work.Review.Dossier;
        if (DialogueWork.MayNot(work, ReviewAct.CommentOnDialogue) is { } no)
            return no;
        if (work.Current is not { } record)
            return new Refusal("dialogue.no-record", RefusalKind.Conflict);
        var text = request.Text.Tidy();
        if (text.Length == 0 || !DialogueRecordRules.Fits(text, DialogueRecordRules.MaxNote))
            return new Refusal("dialogue.comment", RefusalKind.Invalid, "text").With("max", DialogueRecordRules.MaxNote);
        if (dossier.Dialogue.Comments >= DialogueRecordRules.MostComments)
            return new Refusal("dialogue.too-many-comments", RefusalKind.Conflict).With("max", DialogueRecordRules.MostComments);
        var key = string.Create(CultureInfo.InvariantCulture, $"K-{dossier.Dialogue.Comments + 1:00}");
        return new ReviewChange()
            .Write(WritingKind.RecordComment, key, 0, Contents.Write(new RecordCommentContent(text, record.Version)), record.Label, dossier.WorkingLanguage)
            .SendAfter(after => DialogueWork.Letters(after, LetterNames.DialogueComment, work.Person, DialogueWork.Writers))
            .Made(key);
    }
}

/// <summary>A comment on the record as it comes in.</summary>
public sealed record RecordCommentRequest(string Text = "");
