using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>The State's focal point says how the State wishes to meet. Without its word everything takes place from afar.</summary>
public sealed class WishVisit(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/dialogue/wish",
        async (Guid review, WishRequest request, Visit visit, WishVisit wish, HttpContext http, CancellationToken cancel) =>
            (await wish.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(WishVisit)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, WishRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.VisitWish, DialogueRules.Key), (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, WishRequest request, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.WishVisit) is { } no)
            return no;
        if (!MeetingWay.All.Contains(request.Way, StringComparer.Ordinal))
            return new Refusal("dialogue.way", RefusalKind.Invalid, "way");
        var content = new VisitWishContent(request.Way, request.Text.Tidy());
        if (!DialogueRecordRules.Fits(content.Text, DialogueRecordRules.MaxPoint))
            return new Refusal("dialogue.text", RefusalKind.Invalid, "text").With("max", DialogueRecordRules.MaxPoint);
        var version = work.Current?.Version ?? 0;
        if (work.Current is { } current && Contents.ReadVisitWish(current) == content)
            return new ReviewChange().Made(DialogueRules.Key);
        if (version != (request.Version ?? 0))
            return ReviewRefusals.Stale(version);
        var change = new ReviewChange();
        // Without the wish there is nothing a programme could be for.
        if (request.Way == MeetingWay.Remote && (await work.MaterialAsync(cancel)).Find(WritingKind.VisitProgramme, DialogueRules.Key) is not null)
            change.Withdraw(WritingKind.VisitProgramme, DialogueRules.Key, work);
        return change
            .Write(
                WritingKind.VisitWish, DialogueRules.Key, version, Contents.Write(content), SharingLabel.Amber.Code(), work.Review.Dossier.WorkingLanguage)
            .SendAfter(after => DialogueWork.Letters(after, LetterNames.DialogueWish, work.Person, DialogueWork.Writers))
            .Made(DialogueRules.Key);
    }
}

/// <summary>How the State wishes to meet, as it comes in.</summary>
/// <param name="Way"><c>remote</c>, <c>visit</c> or <c>joint</c>.</param>
/// <param name="Text">What it adds; may be empty.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record WishRequest(string Way = "", string Text = "", int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
