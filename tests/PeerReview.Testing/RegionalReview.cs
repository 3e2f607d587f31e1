using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;

namespace PeerReview.Testing;

/// <summary>A regional desk review that Kenya leads, with Ethiopia, Uganda and Tanzania taking part.</summary>
public sealed class RegionalReview : IAsyncDisposable
{
    /// <summary>The participating States.</summary>
    public static readonly string[] States = ["ETH", "TZA", "UGA"];

    private RegionalReview(DeskReview desk) => Desk = desk;

    public DeskReview Desk { get; }

    public string Api => Desk.Api;

    public string Page => Desk.Page;

    /// <summary>Who speaks for a participating State, by its code.</summary>
    public IDictionary<string, TestPerson> Speaking { get; } = new Dictionary<string, TestPerson>(StringComparer.Ordinal);

    /// <summary>Makes a launch notice one of a regional review.</summary>
    public static void Regional(IDictionary<string, object> notice)
    {
        notice["subjectKind"] = "regional";
        notice["participants"] = States;
    }

    /// <summary>Launched and acknowledged, reviewing States to be named, nobody speaking for the participating States.</summary>
    public static async Task<RegionalReview> StartAsync() => new(await DeskReview.StartAsync(change: Regional));

    /// <summary>With reviewing States and their focal points, and somebody who speaks for each participating State.</summary>
    public static async Task<RegionalReview> NominatingAsync()
    {
        var review = new RegionalReview(await DeskReview.NominatingAsync(change: Regional));
        foreach (var state in States)
            await review.SpeakForAsync(state);
        return review;
    }

    /// <summary>With the common part handed in: the participating States are asked.</summary>
    public static async Task<RegionalReview> EndorsingAsync(Func<string, SharingLabel>? label = null)
    {
        var review = await NominatingAsync();
        await review.Desk.At.SubmitAsync(label ?? (_ => SharingLabel.Amber));
        return review;
    }

    /// <summary>Names who speaks for a participating State.</summary>
    public async Task<TestPerson> SpeakForAsync(string state)
    {
        var email = $"speaks.{state.ToLowerInvariant()}@example.org";
        using var named = await NameAsync(state, email);
        named.EnsureSuccessStatusCode();
        return Speaking[state] = await Desk.App.PersonByEmailAsync(email);
    }

    /// <summary>The same, and what it answers.</summary>
    public Task<HttpResponseMessage> NameAsync(string state, string email) => Desk.Coordinator.Client.PostAsJsonAsync(
        $"{Api}/participants/{state}/focal-points",
        new
        {
            name = $"Speaks for {state}",
            email,
            office = "Mission",
            noteVerbale = new { number = $"NV-{state}", dated = Desk.At.Today, signatory = "S. Ignatory" },
        });

    /// <summary>Answers on the common part as it stands.</summary>
    /// <param name="reason">Why the State objects; null where it endorses.</param>
    /// <param name="day">The day of the signature, when the clock has been moved far.</param>
    /// <param name="withoutSheet">Whether it answers though its sheet lies unsigned.</param>
    /// <param name="named">Whether the report may name it, where it endorses.</param>
    /// <param name="sheetAgain">Whether its signed sheet is handed in again, where it objects.</param>
    public async Task<HttpResponseMessage> AnswerAsync(string state, string? reason = null, DateOnly? day = null, bool withoutSheet = false, bool named = true, bool sheetAgain = false)
    {
        var asked = await Speaking[state].Client.GetFromJsonAsync<JsonElement>($"{Api}/participants");
        return await Speaking[state].Client.PostAsJsonAsync(
            $"{Api}/stages/endorse/complete",
            new
            {
                endorses = reason is null,
                reason = reason ?? "",
                named = named && reason is null,
                withoutSheet,
                sheetAgain,
                contentHash = asked.GetProperty("contentHash").GetString() ?? "",
                signature = LightReview.Signature(Desk.App, day),
            });
    }

    /// <summary>Saves an answer on a sheet.</summary>
    public Task<HttpResponseMessage> WriteAsync(TestPerson person, string state, string item, string text, string label = "AMBER", int version = 0) =>
        person.Client.PutAsJsonAsync($"{Api}/sheets/{state}/items/{item}", new { text, label, version });

    /// <summary>Signs a sheet as it stands.</summary>
    public async Task<HttpResponseMessage> SignAsync(string state, DateOnly? day = null)
    {
        var sheet = await Speaking[state].Client.GetFromJsonAsync<JsonElement>($"{Api}/sheets/{state}");
        return await Speaking[state].Client.PostAsJsonAsync(
            $"{Api}/sheets/{state}/signature",
            new { contentHash = sheet.GetProperty("contentHash").GetString(), signature = LightReview.Signature(Desk.App, day) });
    }

    /// <summary>Decides what of a sheet is published.</summary>
    public Task<HttpResponseMessage> DecideAsync(string state, DateOnly? day = null, params string[] items) => Speaking[state].Client.PostAsJsonAsync(
        $"{Api}/sheets/{state}/publication", new { items, signature = LightReview.Signature(Desk.App, day) });

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
