using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Testing;

/// <summary>A full review of Kenya, taken to its dialogue and beyond: a desk review with all its questions, with stakeholders, and with
/// both sides talking before the report is written.</summary>
public sealed partial class DeskReview
{
    /// <summary>Who takes part in a session with all sides.</summary>
    public static readonly string[] Everybody =
        ["STATE:STATE_FP", "GHA:REV_LEAD", "EST:REV_EXPERT", "COORD:COORD"];

    /// <summary>Launched and acknowledged as a full review, with the first light items only, so that tests are quick.</summary>
    public static async Task<DeskReview> StartFullAsync()
    {
        var app = await TestApp.StartAsync(variants: new VariantsOffered(["light", "desk", "full"]));
        var desk = new DeskReview(await ReviewAt.AssessingAsync(app, change: notice =>
        {
            Desk(notice, stakeholders: false);
            notice["variant"] = "full";
            // Items of one's own make it less than all of them.
            notice["items"] = new[] { "N-a.a2" };
        }));
        foreach (var state in Pool)
            await desk.JoinPoolAsync(state);
        using var named = await desk.NameAsync("GHA", "EST", "RWA", "URY");
        named.EnsureSuccessStatusCode();
        foreach (var state in new[] { "GHA", "EST" })
            await desk.SpeakForAsync(state);
        using var waived = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/redraw_window/waive", new { });
        waived.EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>With the State's replies: both sides prepare the dialogue. Nobody was invited as stakeholder.</summary>
    /// <param name="declines">Whether the State declines to answer the question.</param>
    public static async Task<DeskReview> DialogueAsync(bool declines = true, Func<string, SharingLabel>? label = null)
    {
        var desk = await StartFullAsync();
        await desk.CommentingFromHereAsync(label);
        await desk.HandInCommentsAsync();
        await desk.CloseStakeholdersAsync();
        await desk.HandOverQuestionsAsync();
        (await desk.FocalPoint.Client.PutAsJsonAsync(
            $"{desk.Api}/replies/Q-01", declines ? new { text = "", declines = true, version = 0 } : new { text = "[the State replies]", declines = false, version = 0 }))
            .EnsureSuccessStatusCode();
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/state_reply/complete", new { })).EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>With the dialogue done: the experts write the report.</summary>
    public static async Task<DeskReview> DraftingFullAsync()
    {
        var desk = await DialogueAsync();
        await desk.HoldDialogueAsync();
        return desk;
    }

    /// <summary>The window for stakeholders is closed, nobody having been invited.</summary>
    public async Task CloseStakeholdersAsync()
    {
        await App.AdvanceAsync(StakeholderSteps.Starts);
        (await Coordinator.Client.PostAsJsonAsync($"{Api}/stages/stake_call/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>A session, a record and both confirmations.</summary>
    public async Task HoldDialogueAsync()
    {
        (await RecordSessionAsync()).EnsureSuccessStatusCode();
        (await SaveRecordAsync("Q-01")).EnsureSuccessStatusCode();
        foreach (var person in new[] { FocalPoint, Experts[Ama] })
            (await ConfirmDialogueAsync(person)).EnsureSuccessStatusCode();
    }

    /// <summary>The coordinator says of every group why nobody was invited, but for those heard.</summary>
    public async Task ExplainGroupsAsync(params string[] heard)
    {
        foreach (var family in new[] { "industry", "academia", "civil_society" }.Except(heard, StringComparer.Ordinal))
        {
            (await Coordinator.Client.PutAsJsonAsync($"{Api}/stakeholders/groups/{family}", new { text = $"[why not {family}]", version = 0 }))
                .EnsureSuccessStatusCode();
        }
    }

    /// <summary>The dialogue as somebody reads it.</summary>
    public Task<JsonElement> ReadDialogueAsync(TestPerson person) => person.Client.GetFromJsonAsync<JsonElement>($"{Api}/dialogue");

    /// <summary>Offers times as the coordinator, by UTC, each so many days ahead at noon.</summary>
    public async Task<HttpResponseMessage> OfferAsync(params int[] ahead)
    {
        var today = DateOnly.FromDateTime((await NowAsync()).UtcDateTime);
        return await Coordinator.Client.PostAsJsonAsync(
            $"{Api}/dialogue/slots",
            new { slots = ahead.Select(days => new { day = Text(today.AddDays(days)), time = "12:00", zone = "UTC", minutes = 90 }) });
    }

    /// <summary>Records a session of today as the lead, at midnight UTC.</summary>
    public async Task<HttpResponseMessage> RecordSessionAsync(string[]? tookPart = null, string way = "remote") =>
        await Experts[Ama].Client.PostAsJsonAsync(
            $"{Api}/dialogue/sessions",
            new
            {
                day = Text(DateOnly.FromDateTime((await NowAsync()).UtcDateTime)),
                time = "00:00",
                zone = "UTC",
                minutes = 60,
                way,
                tookPart = tookPart ?? Everybody,
            });

    /// <summary>Writes the record as the lead, every point named answered.</summary>
    public Task<HttpResponseMessage> SaveRecordAsync(params string[] points) => SaveRecordAsync(0, "[what was said]", points);

    /// <inheritdoc cref="SaveRecordAsync(string[])"/>
    public Task<HttpResponseMessage> SaveRecordAsync(int version, string text, params string[] points) =>
        Experts[Ama].Client.PutAsJsonAsync(
            $"{Api}/dialogue/record",
            new
            {
                text,
                outcomes = points.Select(point => new { point, outcome = "answered", note = $"[note on {point}]" }),
                learntByState = "[the State learnt]",
                learntByReviewers = "[the reviewers learnt]",
                version,
            });

    /// <summary>Confirms the record as it stands.</summary>
    public async Task<HttpResponseMessage> ConfirmDialogueAsync(TestPerson person, string? hash = null) => await person.Client.PostAsJsonAsync(
        $"{Api}/stages/dialogue/complete",
        new
        {
            contentHash = hash ?? (await ReadDialogueAsync(person)).GetProperty("record").GetProperty("contentHash").GetString(),
            signature = LightReview.Signature(App),
        });

    /// <summary>Business time.</summary>
    public async Task<DateTimeOffset> NowAsync() => (await App.Database.AsOwnerAsync<DateTimeOffset>("SELECT app.clock()")).Single();

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
