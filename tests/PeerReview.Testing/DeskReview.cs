using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Testing;

/// <summary>A desk review of Kenya with a pool of States to choose its reviewers from, taken to a stage over HTTP where a test is
/// about that stage and by the shortest way before it.</summary>
public sealed partial class DeskReview : IAsyncDisposable
{
    /// <summary>States of the pool: of Kenya's group, and of others.</summary>
    public static readonly string[] Pool = ["GHA", "RWA", "ZMB", "EST", "URY", "FJI", "JAM"];

    private DeskReview(ReviewAt at) => At = at;

    public ReviewAt At { get; }

    public TestApp App => At.App;

    public string Api => At.Api;

    public string Page => $"/reviews/{At.Id}";

    public TestPerson Coordinator => At.Coordinator;

    public TestPerson FocalPoint => At.FocalPoint;

    public TestPerson Authority => At.Authority;

    /// <summary>What happens between the hand-in and the check for completeness; nothing in a national review.</summary>
    public Func<Task>? BeforeComplete { get; set; }

    /// <summary>Who speaks for a reviewing State, by its code.</summary>
    public IDictionary<string, TestPerson> Spokespersons { get; } = new Dictionary<string, TestPerson>(StringComparer.Ordinal);

    /// <summary>Experts who accepted, by their address.</summary>
    public IDictionary<string, TestPerson> Experts { get; } = new Dictionary<string, TestPerson>(StringComparer.Ordinal);

    /// <summary>Launched and acknowledged, focal points named; the reviewing States are to be named.</summary>
    /// <param name="stakeholders">Whether stakeholders may be invited.</param>
    /// <param name="change">Changes the launch notice.</param>
    public static async Task<DeskReview> StartAsync(bool stakeholders = false, Action<IDictionary<string, object>>? change = null)
    {
        var app = await TestApp.StartAsync(variants: new VariantsOffered(["light", "desk"]));
        var desk = new DeskReview(await ReviewAt.AssessingAsync(app, change: notice =>
        {
            Desk(notice, stakeholders);
            change?.Invoke(notice);
        }));
        foreach (var state in Pool)
            await desk.JoinPoolAsync(state);
        return desk;
    }

    /// <summary>With Ghana and Estonia as reviewing States, Rwanda and Uruguay to step in.</summary>
    public static async Task<DeskReview> NamedAsync(bool stakeholders = false, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await StartAsync(stakeholders, change);
        using var named = await desk.NameAsync("GHA", "EST", "RWA", "URY");
        named.EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>With a focal point for each of them, and the subject asking for no other State.</summary>
    public static async Task<DeskReview> NominatingAsync(bool stakeholders = false, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await NamedAsync(stakeholders, change);
        foreach (var state in new[] { "GHA", "EST" })
            await desk.SpeakForAsync(state);
        using var waived = await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/redraw_window/waive", new { });
        waived.EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>With an expert for each State, Ghana's leading; they are to declare.</summary>
    public static async Task<DeskReview> DeclaringAsync()
    {
        var desk = await NominatingAsync();
        await desk.DeclaringFromHereAsync();
        return desk;
    }

    /// <summary>The same for a review whose experts are still to be found.</summary>
    public async Task DeclaringFromHereAsync()
    {
        var ama = await JoinAsync("GHA", Ama);
        await JoinAsync("EST", Eva);
        foreach (var (state, person) in Spokespersons)
        {
            if (state == "GHA")
                (await person.Client.PutAsJsonAsync($"{Api}/lead", new { person = ama.Id })).EnsureSuccessStatusCode();
            (await person.Client.PostAsJsonAsync($"{Api}/stages/nominate/complete", new { })).EnsureSuccessStatusCode();
        }
    }

    /// <summary>With everybody's declaration, and nobody objected to; the minutes are to be written.</summary>
    public static async Task<DeskReview> OpeningAsync()
    {
        var desk = await DeclaringAsync();
        await desk.OpeningFromHereAsync();
        return desk;
    }

    private async Task OpeningFromHereAsync()
    {
        foreach (var email in new[] { Ama, Eva })
            (await DeclareAsync(email)).EnsureSuccessStatusCode();
        (await FocalPoint.Client.PostAsJsonAsync($"{Api}/stages/objection/waive", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>With everything agreed, handed in and found complete: the experts comment.</summary>
    /// <param name="label">The label of an answer by its item.</param>
    /// <param name="change">Changes the launch notice.</param>
    public static async Task<DeskReview> CommentingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await NominatingAsync(change: change);
        await desk.CommentingFromHereAsync(label);
        return desk;
    }

    /// <summary>The same for a review whose experts are still to be found.</summary>
    public async Task CommentingFromHereAsync(Func<string, SharingLabel>? label = null)
    {
        await DeclaringFromHereAsync();
        await CommentingFromDeclarationsAsync(label);
    }

    /// <summary>The same for a review whose experts are to declare.</summary>
    public async Task CommentingFromDeclarationsAsync(Func<string, SharingLabel>? label = null)
    {
        await OpeningFromHereAsync();
        await AgreeOpeningAsync();
        await FindCompleteAsync(label);
    }

    /// <summary>Writes the minutes, and everybody confirms them.</summary>
    /// <param name="language">The language the experts work in.</param>
    public async Task AgreeOpeningAsync(string language = "en")
    {
        (await SaveMinutesAsync(language: language)).EnsureSuccessStatusCode();
        foreach (var person in Spokespersons.Values.Append(FocalPoint).Append(Coordinator))
            (await ConfirmAsync(person)).EnsureSuccessStatusCode();
    }

    /// <summary>Hands the self-assessment in and finds it complete.</summary>
    /// <param name="label">The label of an answer by its item.</param>
    public async Task FindCompleteAsync(Func<string, SharingLabel>? label = null)
    {
        await At.SubmitAsync(label ?? (_ => SharingLabel.Amber));
        if (BeforeComplete is not null)
            await BeforeComplete();
        (await Coordinator.Client.PostAsJsonAsync($"{Api}/stages/complete/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>Writes a comment as an expert.</summary>
    public Task<HttpResponseMessage> CommentAsync(string email, string item, string text, string kind = "observation") =>
        Experts[email].Client.PostAsJsonAsync($"{Api}/comments", new { item, kind, text, answerVersion = 1 });

    /// <summary>Says of every item that there is no comment, but for those commented on, and hands in.</summary>
    public async Task HandInAsync(string email, params string[] commented)
    {
        foreach (var item in (await ItemsAsync()).Except(commented, StringComparer.Ordinal))
            (await CommentAsync(email, item, "", "no_comment")).EnsureSuccessStatusCode();
        (await Experts[email].Client.PostAsJsonAsync($"{Api}/stages/desk_review/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>Asks the State in private as an expert; answers the id of the question.</summary>
    public async Task<string> AskFirstAsync(string email, string text, string? item = null)
    {
        using var asked = await Experts[email].Client.PostAsJsonAsync($"{Api}/clarify-first", new { text, item });
        asked.EnsureSuccessStatusCode();
        return (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    /// <summary>Answers a private question for the State.</summary>
    public Task<HttpResponseMessage> AnswerFirstAsync(TestPerson person, string question, string text) =>
        person.Client.PostAsJsonAsync($"{Api}/clarify-first/{question}/answer", new { text });

    /// <summary>The items in scope.</summary>
    public async Task<IReadOnlyList<string>> ItemsAsync() =>
    [
        .. (await FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{Api}/answers")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("item").GetString()!),
    ];

    /// <summary>The address of Ghana's expert, who leads.</summary>
    public const string Ama = "ama@example.org";

    /// <summary>The address of Estonia's expert.</summary>
    public const string Eva = "eva@example.org";

    /// <summary>Declares as an expert.</summary>
    /// <param name="day">The day of the signature, when the clock has been moved far.</param>
    public Task<HttpResponseMessage> DeclareAsync(
        string email, string[]? ties = null, string details = "", bool conduct = true, DateOnly? day = null) =>
        Experts[email].Client.PostAsJsonAsync(
            $"{Api}/declarations", new { ties = ties ?? [], details, conduct, signature = LightReview.Signature(App, day) });

    /// <summary>Writes the minutes: everybody comments on everything, where nothing else is said.</summary>
    public Task<HttpResponseMessage> SaveMinutesAsync(int version = 0, string channel = "review@example.org", object? split = null, string language = "en") =>
        Coordinator.Client.PutAsJsonAsync($"{Api}/minutes", new { language, channel, split, version });

    /// <summary>Confirms the minutes as they stand.</summary>
    public async Task<HttpResponseMessage> ConfirmAsync(TestPerson person, string? hash = null)
    {
        var minutes = await person.Client.GetFromJsonAsync<JsonElement>($"{Api}/minutes");
        return await person.Client.PostAsJsonAsync(
            $"{Api}/stages/opening/complete",
            new { contentHash = hash ?? minutes.GetProperty("contentHash").GetString(), signature = LightReview.Signature(App) });
    }

    /// <summary>Who is asked to act in a stage now, each as <c>branch role name</c>.</summary>
    public async Task<IReadOnlyList<string>> AskedAsync(string stage) => await App.Database.AsOwnerAsync<string>(
        """
        SELECT trim(t.branch || ' ' || t.role || ' ' || p.name) FROM task t JOIN person p ON p.id = t.person_id
        WHERE t.review_id = @Id AND t.stage = @Stage ORDER BY 1
        """,
        new { At.Id, Stage = stage });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static void Desk(IDictionary<string, object> notice, bool stakeholders)
    {
        notice["stakeholders"] = stakeholders;
        notice["variant"] = "desk";
        notice["promise"] = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["report"] = "full",
            ["summary"] = "full",
            ["recommendations"] = "full",
            ["action_plan"] = "none",
        };
    }
}
