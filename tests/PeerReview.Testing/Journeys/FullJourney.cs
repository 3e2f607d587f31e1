using System.Globalization;

namespace PeerReview.Testing.Journeys;

/// <summary>A full review: a desk review to which no stakeholder is invited, for reasons given, and whose sides meet from afar before
/// the report is written.</summary>
public sealed class FullJourney(Ground ground, string state, ReviewingStates parts) : DeskJourney(ground, state, parts)
{
    // The window begins that many days into the self-assessment.
    private const int WindowBegins = 16;

    protected override string Variant => "full";

    protected override async IAsyncEnumerable<string> HearAsync()
    {
        await Ground.PassAsync(WindowBegins);
        await CompleteAsync(Coordinator, "stake_call", new { });
        foreach (var family in new[] { "industry", "academia", "civil_society" })
            await PutAsync("why not invited", Coordinator, $"/stakeholders/groups/{family}", new { text = "None had time.", version = 0 });
        yield return "heard";
    }

    protected override async IAsyncEnumerable<string> MeetAsync()
    {
        var today = await Ground.TodayAsync();
        await PostAsync("offer times", Coordinator, "/dialogue/slots", new
        {
            slots = new[] { 1, 2 }.Select(ahead => new { day = Text(today.AddDays(ahead)), time = "12:00", zone = "UTC", minutes = 90 }),
        });
        await PutAsync("suits", FocalPoint, "/dialogue/availability", new { suits = new[] { "T-01" }, version = 0 });
        await PostAsync("meeting", Coordinator, "/dialogue/meeting", new { slot = "T-01", way = "remote", anyway = true });
        yield return "day of the dialogue fixed";
        await Ground.PassAsync(2);
        await PostAsync("session", Leader, "/dialogue/sessions", new
        {
            day = Text(today.AddDays(1)),
            time = "12:00",
            zone = "UTC",
            minutes = 90,
            way = "remote",
            tookPart = new[] { "STATE:STATE_FP", $"{Parts.Reserve}:REV_LEAD", $"{Parts.Dissents}:REV_EXPERT", "COORD:COORD" },
        });
        var point = (await PostAsync("point", Leader, "/dialogue/points", new { text = "How drills are paid for." })).GetProperty("key").GetString();
        await PutAsync("record", Leader, "/dialogue/record", new
        {
            text = "What was said.",
            outcomes = new[] { new { point, outcome = "answered", note = "By the budget." } },
            learntByState = "That others have the same question.",
            learntByReviewers = "How drills can be paid for.",
            version = 0,
        });
        foreach (var person in new[] { FocalPoint, Leader })
            await SignAsync(person, "dialogue", (await ReadAsync(person, "/dialogue")).GetProperty("record").GetProperty("contentHash").GetString());
        yield return "dialogue held";
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
