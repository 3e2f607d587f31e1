using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;

namespace PeerReview.Testing;

/// <summary>The second half of a desk review: from the experts' comments to the report and what follows from it.</summary>
public sealed partial class DeskReview
{
    /// <summary>What the experts say, each on an item of its own but for the two questions.</summary>
    public static class Said
    {
        public const string FirstQuestion = "[Ama asks who reports]";
        public const string SecondQuestion = "[Eva asks who reports]";
        public const string Praise = "[Ama praises the drills]";
        public const string Seed = "[Ama would recommend a register]";
        public const string Observation = "[Eva observes a gap]";
    }

    /// <summary>With both experts' comments handed in: the lead consolidates.</summary>
    public static async Task<DeskReview> ConsolidatingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await CommentingAsync(label, change);
        await desk.HandInCommentsAsync();
        return desk;
    }

    /// <summary>With one question of the two, everything else led to the report: the State replies.</summary>
    public static async Task<DeskReview> ReplyingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await ConsolidatingAsync(label, change);
        await desk.HandOverQuestionsAsync();
        return desk;
    }

    /// <summary>With the State's reply: the experts write the report.</summary>
    public static async Task<DeskReview> DraftingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await ReplyingAsync(label, change);
        await desk.ReplyAsync();
        return desk;
    }

    /// <summary>With a draft of material, a summary and one recommendation: the State checks the facts.</summary>
    public static async Task<DeskReview> CheckingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await DraftingAsync(label, change);
        await desk.HandOverDraftAsync();
        return desk;
    }

    /// <summary>With one comment of the State, annexed: all agree, or do not.</summary>
    public static async Task<DeskReview> AgreeingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await CheckingAsync(label, change);
        await desk.CheckFactsAsync();
        return desk;
    }

    /// <summary>Both experts comment and hand in.</summary>
    public async Task HandInCommentsAsync()
    {
        var items = await ItemsAsync();
        (string Email, string Item, string Text, string Kind)[] comments =
        [
            (Ama, items[0], Said.FirstQuestion, "question"),
            (Ama, items[1], Said.Praise, "good_practice"),
            (Ama, items[2], Said.Seed, "recommendation"),
            (Eva, items[0], Said.SecondQuestion, "question"),
            (Eva, items[3], Said.Observation, "observation"),
        ];
        foreach (var (email, item, text, kind) in comments)
            (await CommentAsync(email, item, text, kind)).EnsureSuccessStatusCode();
        foreach (var email in new[] { Ama, Eva })
            await HandInAsync(email, [.. comments.Where(c => c.Email == email).Select(c => c.Item)]);
    }

    /// <summary>The lead leads every comment somewhere and hands the one question over.</summary>
    public async Task HandOverQuestionsAsync(int version = 0)
    {
        (await ConsolidateAsync(version)).EnsureSuccessStatusCode();
        (await Experts[Ama].Client.PostAsJsonAsync($"{Api}/stages/consolidate/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>The State replies to the question.</summary>
    public async Task ReplyAsync()
    {
        (await FocalPoint.Client.PutAsJsonAsync($"{Api}/replies/Q-01", new { text = "[the State replies]", version = 0 })).EnsureSuccessStatusCode();
        (await FocalPoint.Client.PostAsJsonAsync($"{Api}/stages/state_reply/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>The lead builds the draft, adds a summary and a recommendation, and hands it to the State.</summary>
    public async Task HandOverDraftAsync()
    {
        var lead = Experts[Ama].Client;
        (await lead.PostAsJsonAsync($"{Api}/report/build", new { })).EnsureSuccessStatusCode();
        (await WriteAsync("summary", "[the summary of the report]")).EnsureSuccessStatusCode();
        (await RecommendAsync("Keep a register of incidents")).EnsureSuccessStatusCode();
        (await lead.PostAsJsonAsync($"{Api}/stages/draft/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>The State comments on the summary and ends its check.</summary>
    public async Task CheckFactsAsync()
    {
        (await FocalPoint.Client.PostAsJsonAsync($"{Api}/report/comments", new { about = "summary", text = "[the State comments]", version = 0 })).EnsureSuccessStatusCode();
        (await FocalPoint.Client.PostAsJsonAsync($"{Api}/stages/fact_check/complete", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>With everybody's confirmation: the State responds to the recommendations, decides and plans.</summary>
    public static async Task<DeskReview> RespondingAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await AgreeingAsync(label, change);
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>With the recommendation accepted and everything opened to the public, published: the State makes its plan.</summary>
    public static async Task<DeskReview> PublishedAsync(Func<string, SharingLabel>? label = null, Action<IDictionary<string, object>>? change = null)
    {
        var desk = await RespondingAsync(label, change);
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync()).EnsureSuccessStatusCode();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/stages/publish/complete", new { })).EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>Prepares the response to a recommendation.</summary>
    public Task<HttpResponseMessage> RespondAsync(string recommendation, string answer, string reason = "", int version = 0) =>
        FocalPoint.Client.PutAsJsonAsync($"{Api}/responses/{recommendation}", new { answer, reason, version });

    /// <summary>Signs the responses as they stand.</summary>
    public async Task<HttpResponseMessage> SignResponsesAsync() => await Authority.Client.PostAsJsonAsync(
        $"{Api}/stages/rec_response/complete",
        new
        {
            contentHash = (await Authority.Client.GetFromJsonAsync<JsonElement>($"{Api}/responses")).GetProperty("contentHash").GetString(),
            signature = LightReview.Signature(App),
        });

    /// <summary>Decides that all of it is public, whatever its label.</summary>
    public async Task<HttpResponseMessage> DecideAsync(string report = "full", string plan = "full", bool opens = true)
    {
        var pieces = (await Authority.Client.GetFromJsonAsync<JsonElement>($"{Api}/publication")).GetProperty("pieces").EnumerateArray();
        return await Authority.Client.PostAsJsonAsync($"{Api}/stages/pub_decide/complete", new
        {
            choices = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["report"] = report,
                ["summary"] = "full",
                ["recommendations"] = "full",
                ["action_plan"] = plan,
            },
            relabelled = opens
                ? pieces.Where(p => p.GetProperty("label").GetString() != "CLEAR").Select(p => p.GetProperty("key").GetString()!).ToArray()
                : [],
            signature = LightReview.Signature(App),
        });
    }

    /// <summary>Writes an entry of the action plan that carries a recommendation out.</summary>
    public Task<HttpResponseMessage> PlanAsync(string recommendation, string label = "CLEAR")
    {
        var entry = LightReview.Commitment("[the State plans a register]");
        entry["recommendation"] = recommendation;
        return FocalPoint.Client.PostAsJsonAsync($"{Api}/actions", new { content = entry, label });
    }

    /// <summary>Whoever confirms the report, in some order.</summary>
    public IEnumerable<TestPerson> Agreeing => [.. Spokespersons.Values, At.Head, Authority];

    /// <summary>Names somebody of the State who contributes to an item.</summary>
    public async Task<TestPerson> ContributorAsync(params string[] items)
    {
        const string email = "ministry@example.org";
        using var named = await FocalPoint.Client.PostAsJsonAsync(
            $"{Api}/nominations", new { role = "STATE_CONTRIB", name = "Of a ministry", email, office = "Ministry", items });
        named.EnsureSuccessStatusCode();
        return await App.PersonByEmailAsync(email);
    }

    /// <summary>Both questions become one, the rest goes into the report.</summary>
    public async Task<HttpResponseMessage> ConsolidateAsync(int version = 0, string question = "[one question of two]")
    {
        var sheet = await Experts[Ama].Client.GetFromJsonAsync<JsonElement>($"{Api}/consolidation");
        var comments = sheet.GetProperty("comments").EnumerateArray().ToList();
        return await Experts[Ama].Client.PutAsJsonAsync($"{Api}/consolidation", new
        {
            questions = new[] { new { id = "Q-01", item = comments[0].GetProperty("item").GetString(), text = question } },
            placements = comments.Select(c => new { comment = c.GetProperty("id").GetGuid(), to = c.GetProperty("kind").GetString() == "question" ? "Q-01" : "report" }),
            contradictions = Array.Empty<object>(),
            version,
        });
    }

    /// <summary>Writes a section of the report as the lead.</summary>
    public Task<HttpResponseMessage> WriteAsync(string section, string text, int version = 0, string email = Ama) =>
        Experts[email].Client.PutAsJsonAsync($"{Api}/report/sections/{section}", new { text, version });

    /// <summary>Adds a recommendation as the lead.</summary>
    public Task<HttpResponseMessage> RecommendAsync(string title) => Experts[Ama].Client.PostAsJsonAsync(
        $"{Api}/recommendations", new { content = new { measure = LightReview.Commitment(title), comments = Array.Empty<Guid>() } });

    /// <summary>Confirms the report as it stands.</summary>
    public async Task<HttpResponseMessage> AgreeAsync(TestPerson person, string? hash = null, string stage = "agree")
    {
        var report = await person.Client.GetFromJsonAsync<JsonElement>($"{Api}/report");
        return await person.Client.PostAsJsonAsync(
            $"{Api}/stages/{stage}/complete",
            new { contentHash = hash ?? report.GetProperty("contentHash").GetString(), signature = LightReview.Signature(App) });
    }
}
