using System.Net.Http.Json;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Launch;

/// <summary>A State launches, then nobody does anything: every letter of the silence, no more and no less.</summary>
public sealed partial class SilenceTests
{
    private const string Reminder = "What waits for you on a day";

    [Fact]
    public async Task Who_is_silent_is_reminded_then_others_are_told_then_the_review_is_suspended_and_silence_falls()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN", "Ayo");
        await app.PersonAsync("COORD", name: "Cleo");
        await app.PersonAsync("COORD_HEAD", name: "Hana");
        await app.PersonAsync("STATE_AUTH", "NOR", "Other");
        await authority.Client.PostAsJsonAsync("/api/v1/reviews", LightReview.Notice(app, "KEN"), TestContext.Current.CancellationToken);

        await app.AdvanceAsync(TimeSpan.FromDays(400));

        var letters = (await app.LettersAsync()).ToLookup(
            mail => mail.Recipient[..mail.Recipient.IndexOf('.', StringComparison.Ordinal)], mail => ReviewName().Replace(Day().Replace(mail.Subject, "on a day"), ""));
        Assert.Equal(["ayo", "cleo", "hana"], letters.Select(person => person.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "Kenya: your launch is recorded",
                Reminder, Reminder, Reminder, Reminder, // seven and two days before, on the day, two days after
                Reminder, // five days after
                "Kenya: Focal point is past its date",
                "Kenya: Focal point needs a conversation",
                "Kenya: Focal point – the review may be suspended", // it is the authority this waits for
                "Kenya: Acknowledgement is long past its date",
                "Kenya: Focal point is long past its date",
                "Kenya: the review is suspended",
            ],
            letters["ayo"]);
        Assert.Equal(
            [
                "Kenya: a voluntary review is launched, please acknowledge",
                Reminder, Reminder, Reminder, Reminder, // two days before, on the day, two and five days after
                "Kenya: Acknowledgement is past its date",
                "Kenya: Focal point is past its date",
                "Kenya: the review is suspended",
            ],
            letters["cleo"]);
        Assert.Equal(
            [
                "Kenya: Acknowledgement needs a conversation",
                "Kenya: Focal point needs a conversation",
                "Kenya: Acknowledgement is long past its date",
                "Kenya: Focal point – time to offer a choice",
                "Kenya: Acknowledgement is long past its date",
                "Kenya: Focal point is long past its date",
                "Kenya: the review is suspended",
            ],
            letters["hana"]);
        Assert.Equal(
            [0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM outbox WHERE delivered_at IS NULL OR uncertain"));
    }

    // Told apart by kind and year, which here every letter has alike.
    [GeneratedRegex(" – Light voluntary report [0-9]{4}(?=:)", RegexOptions.None, 1000)]
    private static partial Regex ReviewName();

    [GeneratedRegex("on [0-9].*$", RegexOptions.None, 1000)]
    private static partial Regex Day();
}
