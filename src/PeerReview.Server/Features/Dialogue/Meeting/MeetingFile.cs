using System.Globalization;
using System.Text;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>A fixed time of the dialogue as a file for a calendar (RFC 5545), for those who read the page it stands on.</summary>
/// <remarks>Calendars are shared and kept elsewhere. So the file says no more than a letter: which review, when, and where the page is;
/// neither who comes nor how one joins.</remarks>
public sealed class MeetingFile(DialogueReader dialogues, StateNames states, PublicAddress address)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/reviews/{review:guid}/dialogue/{slot}/calendar.ics",
        (Guid review, string slot, Visit visit, MeetingFile file, CancellationToken cancel) => file.DownloadAsync(visit, new ReviewId(review), slot, cancel));

    /// <summary>The path of the file of a time.</summary>
    internal static string PathOf(ReviewId review, string slot) => $"{StagePages.Of(review.Value, DialogueRules.Stage)}/{slot}/calendar.ics";

    private async Task<IResult> DownloadAsync(Visit visit, ReviewId id, string slot, CancellationToken cancel)
    {
        if (await dialogues.FindAsync(visit.Caller.Actor, id, cancel) is not { } found)
            return Answer.NotFound();
        // The address stands in letters and calendars: where the time no longer holds, the page says so and shows which do.
        if (found.TakenBack.Any(gone => gone.Meeting.Slot == slot))
            return Answer.Instead($"{StagePages.Of(id.Value, DialogueRules.Stage)}#times", "meeting-taken-back");
        if (found.Material.Find(WritingKind.Slot, slot) is not { } time || found.Material.Find(WritingKind.Meeting, slot) is not { } fixing
            || !found.Meetings.TryGetValue(slot, out var place))
            return Answer.Refused(new Refusal("dialogue.no-meeting", RefusalKind.Conflict));
        var page = new Uri(await address.GetAsync(cancel), $"{StagePages.Of(id.Value, DialogueRules.Stage)}#{slot}");
        var text = Write(id, place, Contents.ReadSlot(time), fixing.At, page, Summary(found.Review, visit.Texts));
        return TypedResults.File(Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", $"dialogue-{slot}.ics");
    }

    /// <summary>The file: one event that replaces what a calendar keeps of the same meeting.</summary>
    /// <param name="fixedAt">When it was fixed or last changed, UTC.</param>
    internal static string Write(ReviewId review, MeetingPlace place, SlotContent slot, DateTimeOffset fixedAt, Uri page, string summary)
    {
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = "-//PeerReview//Dialogue//EN" };
        calendar.Events.Add(new CalendarEvent
        {
            Uid = string.Create(CultureInfo.InvariantCulture, $"{review.Value}-dialogue-{place.Number}"),
            Sequence = place.Revision,
            DtStamp = Utc(fixedAt),
            DtStart = Utc(slot.At),
            DtEnd = Utc(slot.At.AddMinutes(slot.Minutes)),
            Summary = summary,
            Url = page,
        });
        return new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("No calendar was written.");
    }

    private string Summary(LoadedReview review, Texts texts) => Bidi.Bare(texts.Of(
        "dialogue.times.calendar_title",
        ("review", ReviewNames.Of(
            texts, states.Of(review.Subject.Iso3, texts.Language), VariantNames.Of(texts, review), states.DayIn(review.Subject.Iso3, review.State.LaunchedAt ?? review.Now)))));

    private static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime);
}
