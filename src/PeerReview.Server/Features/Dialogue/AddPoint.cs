using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>Either side adds a point to the agenda, or takes its own back.</summary>
public sealed class AddPoint(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/dialogue/points",
            async (Guid review, PointRequest request, Visit visit, AddPoint add, HttpContext http, CancellationToken cancel) =>
                (await add.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/dialogue", receipt)))
            .WithName(nameof(AddPoint)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapDelete(
            "/reviews/{review:guid}/dialogue/points/{point}",
            async (Guid review, string point, Visit visit, AddPoint add, HttpContext http, CancellationToken cancel) =>
                (await add.WithdrawAsync(new ReviewId(review), point, visit.Caller.Actor, Idempotency.Of(http, ""), cancel)).OrProblem(TypedResults.Ok))
            .WithName("WithdrawPoint").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the point.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, PointRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    /// <summary>Takes a point back; one of the other side stays.</summary>
    public Task<Verdict<Receipt>> WithdrawAsync(ReviewId review, string point, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, point, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, PointRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (DialogueWork.MayNot(work, ReviewAct.JoinDialogue) is { } no)
            return no;
        if (DialogueWork.SideOf(review, work.Person) is not { } side)
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        var text = request.Text.Tidy();
        if (text.Length == 0 || !DialogueRecordRules.Fits(text, DialogueRecordRules.MaxPoint))
            return new Refusal("dialogue.point", RefusalKind.Invalid, "text").With("max", DialogueRecordRules.MaxPoint);
        var ofState = side == DialogueRules.Subject;
        // What the State writes leaves no team.
        if (!ofState && wording.Flagged(text, request.NamesNobody, review, "text") is { } flagged)
            return flagged;
        if ((await work.MaterialAsync(cancel)).Of(WritingKind.AgendaPoint).Count() >= DialogueRecordRules.MostPoints)
            return new Refusal("dialogue.too-many-points", RefusalKind.Conflict).With("max", DialogueRecordRules.MostPoints);
        var key = string.Create(CultureInfo.InvariantCulture, $"A-{review.Dossier.Dialogue.Points + 1:00}");
        return new ReviewChange()
            .Write(
                WritingKind.AgendaPoint, key, 0, Contents.Write(new AgendaPointContent(text, side)), SharingLabel.Amber.Code(),
                ofState ? review.Dossier.WorkingLanguage : DialogueWork.LanguageOf(review))
            .Made(key);
    }

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string key, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.JoinDialogue) is { } no)
            return no;
        if ((await work.MaterialAsync(cancel)).Find(WritingKind.AgendaPoint, key) is not { } point)
            return new Refusal("dialogue.unknown", RefusalKind.NotFound);
        return Contents.ReadAgendaPoint(point).Side == DialogueWork.SideOf(work.Review, work.Person)
            ? new ReviewChange().Withdraw(WritingKind.AgendaPoint, key, work).Made(key)
            : new Refusal("dialogue.not-your-point", RefusalKind.NotAllowed);
    }
}

/// <summary>A point as it comes in.</summary>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record PointRequest(string Text = "", bool NamesNobody = false);
