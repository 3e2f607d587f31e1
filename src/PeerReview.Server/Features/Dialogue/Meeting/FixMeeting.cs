using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>Coordinator or lead fixes one of the times, and the way: from afar, or as the State wishes.</summary>
public sealed class FixMeeting(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/dialogue/meeting",
        async (Guid review, MeetingRequest request, Visit visit, FixMeeting meeting, HttpContext http, CancellationToken cancel) =>
            (await meeting.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(FixMeeting)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case; the receipt's key is the time.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, MeetingRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, MeetingRequest request, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.LeadDialogue) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        if (material.Find(WritingKind.Slot, request.Slot) is not { } slot)
            return new Refusal("dialogue.unknown-slot", RefusalKind.Invalid, "slot");
        if (Contents.ReadSlot(slot).At <= work.Now)
            return new Refusal("dialogue.time-past", RefusalKind.Invalid, "slot");
        if (!MeetingWay.All.Contains(request.Way, StringComparer.Ordinal))
            return new Refusal("dialogue.way", RefusalKind.Invalid, "way");
        // Nobody comes who is not asked.
        if (request.Way != MeetingWay.Remote && request.Way != DialogueRules.WishOf(material))
            return new Refusal("dialogue.not-wished", RefusalKind.Conflict, "way");
        var found = new FoundDialogue(work.Review, material, work.Actor);
        var stands = material.Find(WritingKind.Meeting, request.Slot);
        var moved = stands is null ? found.ToReplace : null;
        var content = new MeetingContent(request.Slot, request.Way, request.Join.Tidy())
        {
            Instead = stands is null ? moved?.Slot : Contents.ReadMeeting(stands).Instead,
        };
        if (!DialogueRecordRules.Fits(content.Join, DialogueRecordRules.MaxPoint))
            return new Refusal("dialogue.text", RefusalKind.Invalid, "join").With("max", DialogueRecordRules.MaxPoint);
        if (stands is not null && Contents.ReadMeeting(stands) == content)
            return new ReviewChange().Made(request.Slot);
        if ((stands?.Version ?? 0) != (request.Version ?? 0))
            return ReviewRefusals.Stale(stands?.Version ?? 0);
        if (stands is null && !request.Anyway && DialogueRules.Needed(work.Review.Dossier).Any(side => found.AnswerTo(request.Slot, side) != "yes"))
            return new Refusal("dialogue.not-all-suit", RefusalKind.Conflict, "anyway");
        return new ReviewChange()
            .Write(
                WritingKind.Meeting, request.Slot, stands?.Version ?? 0, Contents.Write(content), SharingLabel.Amber.Code(),
                DialogueWork.LanguageOf(work.Review))
            .SendAfter(after => Letters(after, work.Person, Contents.ReadSlot(slot).At, moved?.TakenBack))
            .Made(request.Slot);
    }

    /// <summary>Whoever was told another time before is told that this one is instead of it.</summary>
    private static IEnumerable<Letter> Letters(LoadedReview after, PersonId by, DateTimeOffset at, DateTimeOffset? before) =>
        DialogueWork.Letters(after, before is null ? LetterNames.DialogueFixed : LetterNames.DialogueMoved, by, DialogueWork.Everybody)
            .Select(letter => letter with
            {
                Instants = before is { } was ? letter.Instants.Add("until", at).Add("before", was) : letter.Instants.Add("until", at),
            });
}

/// <summary>What is fixed.</summary>
/// <param name="Slot">The id of a time.</param>
/// <param name="Way"><c>remote</c>, <c>visit</c> or <c>joint</c>.</param>
/// <param name="Join">How one joins: the address of the call, or the place; may be empty.</param>
/// <param name="Anyway">Although a State has not said that this time suits.</param>
/// <param name="Version">The version it was made on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record MeetingRequest(string Slot = "", string Way = MeetingWay.Remote, string Join = "", bool Anyway = false, int? Version = null)
    : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
