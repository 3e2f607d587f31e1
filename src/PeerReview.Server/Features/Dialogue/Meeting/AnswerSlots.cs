using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>A side says which of the times offered suit.</summary>
public sealed class AnswerSlots(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/dialogue/availability",
        async (Guid review, AvailabilityRequest request, Visit visit, AnswerSlots answer, HttpContext http, CancellationToken cancel) =>
            (await answer.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(AnswerSlots)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case; the receipt's key is the side.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, AvailabilityRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, AvailabilityRequest request, CancellationToken cancel)
    {
        var (review, dialogue) = (work.Review, work.Review.Dossier.Dialogue);
        if (DialogueWork.MayNot(work, ReviewAct.JoinDialogue) is { } no)
            return no;
        if (DialogueWork.SideOf(review, work.Person) is not { } side)
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        if (dialogue.Slots.IsEmpty)
            return new Refusal("dialogue.no-slots", RefusalKind.Conflict);
        var suits = (request.Suits ?? []).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (suits.Except(dialogue.Slots, StringComparer.Ordinal).Any())
            return new Refusal("dialogue.unknown-slot", RefusalKind.Invalid, "suits");
        var stands = (await work.MaterialAsync(cancel)).Find(WritingKind.SlotAnswer, side);
        if ((stands?.Version ?? 0) != (request.Version ?? 0))
            return ReviewRefusals.Stale(stands?.Version ?? 0);
        return new ReviewChange()
            .Write(
                WritingKind.SlotAnswer, side, stands?.Version ?? 0, Contents.Write(new SlotAnswerContent(suits, dialogue.Slots)), SharingLabel.Amber.Code(),
                review.Dossier.WorkingLanguage)
            .Made(side);
    }
}

/// <summary>Which times suit, as it comes in.</summary>
/// <param name="Suits">Ids of times; none where none suits.</param>
/// <param name="Version">The version of the side's answer it was made on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record AvailabilityRequest(IReadOnlyList<string>? Suits = null, int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
