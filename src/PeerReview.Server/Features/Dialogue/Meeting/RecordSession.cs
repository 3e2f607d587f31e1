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

/// <summary>Experts or coordinator record a session that took place: when, how, and who took part by role. What was recorded by mistake
/// is taken back.</summary>
public sealed class RecordSession(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/dialogue/sessions",
            async (Guid review, SessionRequest request, Visit visit, RecordSession record, HttpContext http, CancellationToken cancel) =>
                (await record.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/dialogue", receipt)))
            .WithName(nameof(RecordSession)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapDelete(
            "/reviews/{review:guid}/dialogue/sessions/{session}",
            async (Guid review, string session, Visit visit, RecordSession record, HttpContext http, CancellationToken cancel) =>
                (await record.WithdrawAsync(new ReviewId(review), session, visit.Caller.Actor, Idempotency.Of(http, ""), cancel)).OrProblem(TypedResults.Ok))
            .WithName("WithdrawSession").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the session.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, SessionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    /// <summary>Takes a session back.</summary>
    public Task<Verdict<Receipt>> WithdrawAsync(ReviewId review, string session, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => WithdrawAsync(work, session, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, SessionRequest request, CancellationToken cancel)
    {
        var dossier = work.Review.Dossier;
        if (DialogueWork.MayNot(work, ReviewAct.WriteDialogue) is { } no)
            return no;
        var tookPart = (request.TookPart ?? []).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var when = request.When;
        if (DialogueTimes.CheckSession(when.At, Zones.Exists(when.Zone), when.Minutes ?? 0, request.Way, tookPart, dossier, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (work.Review.State[DialogueRules.Stage].OpenedAt is { } opened && DialogueTimes.IsEarly(when.At!.Value, Zones.Find(when.Zone), opened))
            return new Refusal("dialogue.session-early", RefusalKind.Invalid, "day");
        var material = await work.MaterialAsync(cancel);
        if (material.Of(WritingKind.Session).Any(session => Contents.ReadSession(session).At == when.At))
            return new Refusal("dialogue.session-twice", RefusalKind.Conflict, "time");
        if (request.Way != MeetingWay.Remote && !DialogueRecordRules.IsProgrammeAgreed(dossier, material))
            return new Refusal("dialogue.programme-open", RefusalKind.Conflict, "way");
        if (material.Of(WritingKind.Session).Count() >= DialogueTimes.MostSessions)
            return new Refusal("dialogue.too-many-sessions", RefusalKind.Conflict).With("max", DialogueTimes.MostSessions);
        var key = string.Create(CultureInfo.InvariantCulture, $"D-{dossier.Dialogue.Sessions + 1:00}");
        var session = new SessionContent(when.At!.Value, when.Zone, when.Minutes ?? 0, request.Way, tookPart);
        return new ReviewChange()
            .Write(new NewText(WritingKind.Session, key, 1, Contents.Write(session), SharingLabel.Amber.Code(), DialogueWork.LanguageOf(work.Review))
            {
                Lacks = !DialogueTimes.Counts(session, dossier),
            })
            .SendAfter(after => Letters(work, after))
            .Made(key);
    }

    /// <summary>With the session that was missing, a record written before goes to those who confirm it.</summary>
    private static IEnumerable<Letter> Letters(ReviewWork work, LoadedReview after) =>
        (work.Review.Dossier.Dialogue.IsToConfirm || !after.Dossier.Dialogue.IsToConfirm
            ? []
            : DialogueWork.ToParties(after, LetterNames.DialogueRecord, work.Person, DialogueRules.Parties))
        .Concat(DialogueWork.Letters(after, LetterNames.DialogueSession, work.Person, DialogueWork.Everybody))
        .DistinctBy(letter => letter.Person);

    private static async Task<Verdict<ReviewChange>> WithdrawAsync(ReviewWork work, string key, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.WriteDialogue) is { } no)
            return no;
        return (await work.MaterialAsync(cancel)).Find(WritingKind.Session, key) is not null
            ? new ReviewChange().Withdraw(WritingKind.Session, key, work).Made(key)
            : new Refusal("dialogue.unknown", RefusalKind.NotFound);
    }
}

/// <summary>A session as it comes in.</summary>
/// <param name="Day">By the clocks of the zone, as time.</param>
/// <param name="Time">As <c>14:30</c>.</param>
/// <param name="Zone">IANA.</param>
/// <param name="Minutes">How long it was.</param>
/// <param name="Way"><c>remote</c>, <c>visit</c> or <c>joint</c>.</param>
/// <param name="TookPart">Side and role, such as <c>STATE:STATE_FP</c>; never names.</param>
public sealed record SessionRequest(
    DateOnly? Day = null, string Time = "", string Zone = "", int? Minutes = null, string Way = MeetingWay.Remote, IReadOnlyList<string>? TookPart = null)
{
    internal SlotRequest When => new(Day, Time, Zone, Minutes);
}
