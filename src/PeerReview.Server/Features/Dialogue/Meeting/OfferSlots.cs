using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>Coordinator or lead offers times, or takes one back. Every side is asked about new ones; what it said of others stands.</summary>
public sealed class OfferSlots(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/dialogue/slots",
            async (Guid review, SlotsRequest request, Visit visit, OfferSlots offer, HttpContext http, CancellationToken cancel) =>
                (await offer.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/dialogue", receipt)))
            .WithName(nameof(OfferSlots)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapDelete(
            "/reviews/{review:guid}/dialogue/slots/{slot}",
            async (Guid review, string slot, Visit visit, OfferSlots offer, HttpContext http, CancellationToken cancel) =>
                (await offer.WithdrawAsync(new ReviewId(review), slot, visit.Caller.Actor, Idempotency.Of(http, ""), cancel)).OrProblem(TypedResults.Ok))
            .WithName("WithdrawSlot").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the last time offered.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, SlotsRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    /// <summary>Takes a time back, a fixed one as well.</summary>
    public Task<Verdict<Receipt>> WithdrawAsync(ReviewId review, string slot, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => WithdrawAsync(work, slot, sure: true, token), cancel);

    /// <summary>The same from a page. What everybody was told is not taken back by one press of a button there.</summary>
    /// <param name="sure">Whether the box beside the button is ticked.</param>
    public Task<Verdict<Receipt>> WithdrawOnPageAsync(ReviewId review, string slot, bool sure, Actor actor, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key: null, (work, token) => WithdrawAsync(work, slot, sure, token), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, SlotsRequest request)
    {
        var dialogue = work.Review.Dossier.Dialogue;
        if (DialogueWork.MayNot(work, ReviewAct.LeadDialogue) is { } no)
            return no;
        var slots = request.Slots.IsDefault ? [] : request.Slots;
        if (slots.IsEmpty)
            return new Refusal("dialogue.time", RefusalKind.Invalid, "day.0");
        var problems = slots.Index().SelectMany(slot => slot.Item.Check(work.Now).Select(e => Field(e, slot.Index))).DistinctBy(e => (e.Code, e.Field)).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        if (dialogue.Slots.Length + slots.Length > DialogueTimes.MostSlots)
            return new Refusal("dialogue.too-many-slots", RefusalKind.Conflict).With("max", DialogueTimes.MostSlots);
        var change = new ReviewChange();
        foreach (var (at, slot) in slots.Index())
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"T-{dialogue.Offered + at + 1:00}");
            change.Write(
                WritingKind.Slot, key, 0, Contents.Write(new SlotContent(slot.At!.Value, slot.Zone, slot.Minutes ?? 0)), SharingLabel.Amber.Code(),
                DialogueWork.LanguageOf(work.Review)).Made(key);
        }

        return change.SendAfter(after => Letters(after, work.Person));
    }

    /// <summary>Whoever says which times suit is told until when the dialogue has to be held; who speaks for a reviewing State, that its
    /// experts answer.</summary>
    private static IEnumerable<Letter> Letters(LoadedReview after, PersonId author)
    {
        var wait = Waits.Of(after).FirstOrDefault(one => one.Stage == DialogueRules.Stage);
        return
            from letter in DialogueWork.Letters(after, LetterNames.DialogueSlotsTold, author, DialogueWork.Everybody)
            let speaks = after.RolesOf(letter.Person).All(role => role == RoleCode.ReviewerFocalPoint)
            select wait is null || speaks
                ? letter
                : letter with
                {
                    Name = LetterNames.DialogueSlots,
                    Stage = new LetterStage(after.Process.Id, after.Process.Version, wait.Stage),
                    Deadline = wait.ToLetter(),
                };
    }

    private static async Task<Verdict<ReviewChange>> WithdrawAsync(ReviewWork work, string key, bool sure, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.LeadDialogue) is { } no)
            return no;
        if (!work.Review.Dossier.Dialogue.Slots.Contains(key, StringComparer.Ordinal))
            return new Refusal("dialogue.unknown", RefusalKind.NotFound);
        var change = new ReviewChange().Withdraw(WritingKind.Slot, key, work).Made(key);
        var material = await work.MaterialAsync(cancel);
        if (material.Find(WritingKind.Slot, key) is not { } slot || material.Find(WritingKind.Meeting, key) is not { } fixing)
            return change;
        var at = Contents.ReadSlot(slot).At;
        if (at <= work.Now)
            return change;
        if (!sure)
            return new Refusal("dialogue.not-sure", RefusalKind.Invalid, "sure");
        return change
            .Write(
                WritingKind.Meeting, key, fixing.Version, Contents.Write(Contents.ReadMeeting(fixing) with { TakenBack = at }), SharingLabel.Amber.Code(),
                DialogueWork.LanguageOf(work.Review))
            .SendAfter(after => DialogueWork.Letters(after, LetterNames.DialogueTakenBack, work.Person, DialogueWork.Everybody)
                .Select(letter => letter with { Instants = letter.Instants.Add("until", at) }));
    }

    // Day and time are asked for each, zone and length once.
    private static Refusal Field(Refusal problem, int row) =>
        problem.Field is "day" or "time" ? problem with { Field = string.Create(CultureInfo.InvariantCulture, $"{problem.Field}.{row}") } : problem;
}

/// <summary>Times as they come in.</summary>
public sealed record SlotsRequest
{
    public ImmutableArray<SlotRequest> Slots { get; init; } = [];
}

/// <summary>A time by the clocks of a zone.</summary>
/// <param name="Time">As <c>14:30</c>.</param>
/// <param name="Zone">IANA.</param>
/// <param name="Minutes">How long.</param>
public sealed record SlotRequest(DateOnly? Day = null, string Time = "", string Zone = "", int? Minutes = null)
{
    /// <summary>When it begins, UTC; null where nothing is given that could be understood.</summary>
    internal DateTimeOffset? At => Day is { } day && Zones.Exists(Zone)
        && TimeOnly.TryParseExact(Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? DialogueTimes.At(day, time, Zones.Find(Zone))
            : null;

    internal IEnumerable<Refusal> Check(DateTimeOffset now) => DialogueTimes.CheckSlot(At, Zones.Exists(Zone), Minutes ?? 0, now);
}
