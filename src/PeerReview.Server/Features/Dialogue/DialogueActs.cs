using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Features.Dialogue.Meeting;
using PeerReview.Server.Features.Dialogue.Minutes;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>The buttons of the page of the dialogue: each is one use case, with the notice that says what was done.</summary>
public sealed class DialogueActs(
    ReviewCommands commands,
    AddPoint points,
    SaveAgenda agenda,
    OfferSlots offer,
    AnswerSlots answer,
    FixMeeting meeting,
    WishVisit wish,
    SaveProgramme programme,
    AgreeProgramme agree,
    RecordSession sessions,
    SaveRecord record,
    CommentOnRecord comment,
    SettleRecordComment settle)
{
    /// <summary>Rows for times on the form.</summary>
    internal const int SlotRows = 3;

    /// <summary>Runs what the form asks for.</summary>
    public async Task<(Verdict<Receipt> Verdict, string Notice, string Anchor)> RunAsync(ReviewId id, Form form, Actor actor, CancellationToken cancel) =>
        form.Text("act") switch
        {
            "point" => (await points.RunAsync(id, new PointRequest(form.Text("text"), form.IsOn("names_nobody")), actor, null, cancel), "point-added", "agenda"),
            "point-remove" => (await points.WithdrawAsync(id, form.Text("point"), actor, null, cancel), "point-removed", "agenda"),
            "up" => (await agenda.MoveAsync(id, form.Text("point"), -1, actor, cancel), "agenda-saved", "agenda"),
            "down" => (await agenda.MoveAsync(id, form.Text("point"), 1, actor, cancel), "agenda-saved", "agenda"),
            "keep" => (await agenda.KeepAsync(id, form.Text("point"), open: true, actor, cancel), "agenda-saved", "agenda"),
            "let-go" => (await agenda.KeepAsync(id, form.Text("point"), open: false, actor, cancel), "agenda-saved", "agenda"),
            "offer" => (await offer.RunAsync(id, Offered(form), actor, null, cancel), "slots-offered", "times"),
            "slot-remove" => (await offer.WithdrawOnPageAsync(id, form.Text("slot"), form.IsOn("sure"), actor, cancel), form.IsOn("sure") ? "meeting-removed" : "slot-removed", "times"),
            "suits" => (await answer.RunAsync(id, new AvailabilityRequest([.. form.All("suits")], form.Number("version")), actor, null, cancel), "suits-saved", "times"),
            "fix" => (
                await meeting.RunAsync(
                    id, new MeetingRequest(form.Text("slot"), form.Text("way"), form.Text("join"), form.IsOn("anyway"), form.Number("version")), actor, null, cancel),
                "meeting-fixed", "times"),
            "wish" => (await wish.RunAsync(id, new WishRequest(form.Text("way"), form.Text("text"), form.Number("version")), actor, null, cancel), "wish-saved", "visit"),
            "programme" => (await programme.RunAsync(id, Programme(form), actor, null, cancel), "programme-saved", "visit"),
            "programme-agree" => (await agree.RunAsync(id, Confirmed(form), actor, null, cancel), "programme-agreed", "visit"),
            "session" => (await sessions.RunAsync(id, Session(form), actor, null, cancel), "session-recorded", "sessions"),
            "session-remove" => (await sessions.WithdrawAsync(id, form.Text("session"), actor, null, cancel), "session-removed", "sessions"),
            "record" => (await record.RunAsync(id, Record(form), actor, null, cancel), "dialogue-record-saved", "record"),
            "comment" => (await comment.RunAsync(id, new RecordCommentRequest(form.Text("text")), actor, null, cancel), "record-commented", "record"),
            "settle" => (
                await settle.RunAsync(
                    id, form.Text("comment"), new CommentOutcomeRequest(form.Text("outcome"), form.Text("note"), form.IsOn("names_nobody"), form.Number("version")), actor, null, cancel),
                "record-comment-settled", "record"),
            "confirm" => (
                await commands.RunAsync(id, actor, null, (work, token) => ConfirmRecord.DecideAsync(work, Confirmed(form), token), cancel),
                "dialogue-record-confirmed", "record"),
            _ => (ReviewRefusals.UnknownAct, "", ""),
        };

    /// <summary>The first row always, so that an empty form is told what it lacks.</summary>
    private static SlotsRequest Offered(Form form) => new()
    {
        Slots =
        [
            .. Enumerable.Range(0, SlotRows)
                .Where(row => row == 0 || form.Text(Row("day", row)).Length > 0 || form.Text(Row("time", row)).Length > 0)
                .Select(row => new SlotRequest(form.Day(Row("day", row)), form.Text(Row("time", row)), form.Text("zone"), form.Number("minutes"))),
        ],
    };

    private static ProgrammeRequest Programme(Form form) => new()
    {
        Days =
        [
            .. Enumerable.Range(0, DialogueRecordRules.MostDays)
                .Where(row => form.Text(Row("day", row)).Length > 0 || form.Text(Row("place", row)).Length > 0 || form.Text(Row("meets", row)).Length > 0)
                .Select(row => new VisitDayRequest(form.Day(Row("day", row)), form.Text(Row("place", row)), form.Text(Row("meets", row)))),
        ],
        NamesNobody = form.IsOn("names_nobody"),
        Version = form.Number("version"),
    };

    private static SessionRequest Session(Form form) => new(
        form.Day("day"), form.Text("time"), form.Text("zone"), form.Number("minutes"), form.Text("way"), [.. form.All("took_part")]);

    private static RecordRequest Record(Form form) => new()
    {
        Text = form.Text("text"),
        Outcomes =
        [
            .. form.Names.Where(name => name.StartsWith("note.", StringComparison.Ordinal)).Select(name => name["note.".Length..])
                .Select(point => new OutcomeRequest(point, form.Text($"outcome.{point}"), form.Text($"note.{point}"))),
        ],
        LearntByState = form.Text("learnt_by_state"),
        LearntByReviewers = form.Text("learnt_by_reviewers"),
        NamesNobody = form.IsOn("names_nobody"),
        Version = form.Number("version"),
    };

    private static ConfirmationRequest Confirmed(Form form) =>
        new() { ContentHash = form.Text("content_hash"), Signature = SignatureRequest.Of(form) };

    internal static string Row(string field, int row) => string.Create(CultureInfo.InvariantCulture, $"{field}.{row}");
}
