using System.Text.Json;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.Walks;

/// <summary>Answering, finishing a part, signing: what the API says somebody may do now.</summary>
internal static class AssessmentActs
{
    private static readonly string[] Given = ["N-a.a2", "N-b.b1"];

    public static async Task<IReadOnlyList<WalkAct>> OpenAsync(WalkScene scene, Random chance)
    {
        var acts = new List<WalkAct>();
        foreach (var name in new[] { "focal", "alternate", "authority", "contributor" }.Where(scene.People.Has))
        {
            var answers = await scene.People.ReadAsync(name, "/answers");
            acts.AddRange(Answers(name, answers, chance));
            if (name == "contributor")
                acts.AddRange(await PartAsync(scene, answers));
            else
                acts.AddRange(await SignAsync(scene, name, acts));
        }

        if (!scene.People.Has("contributor") && acts.Exists(act => act.Name == "answer"))
            acts.Add(Nominate(scene, chance));
        return acts;
    }

    /// <summary>Everything that lacks an answer, by the focal point.</summary>
    public static async Task<IReadOnlyList<WalkAct>> FillAsync(WalkScene scene, Random chance) =>
        scene.People.Has("focal") && await scene.People.ReadAsync("focal", "/answers") is { } answers
            ? [.. Writable(answers).Where(item => item.GetProperty("version").GetInt32() == 0).Select(item => Answer("focal", item, chance))]
            : [];

    private static IEnumerable<WalkAct> Answers(string name, JsonElement? answers, Random chance)
    {
        var writable = Writable(answers).ToList();
        return writable.Count == 0 ? [] : [Answer(name, writable[chance.Next(writable.Count)], chance)];
    }

    private static IEnumerable<JsonElement> Writable(JsonElement? answers) =>
        answers?.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("mayWrite").GetBoolean()) ?? [];

    private static WalkAct Answer(string name, JsonElement item, Random chance)
    {
        var id = item.Text("item")!;
        var label = new[] { "RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR" }[chance.Next(5)];
        var version = item.GetProperty("version").GetInt32();
        object body = chance.Next(3) == 0
            ? new { value = "prefer_not_to_answer", label, version }
            : new
            {
                value = "partly_in_place",
                label,
                version,
                rule = $"[rule {chance.Next(1000)}]",
                practice = "[practice]",
                sectors = id[..3] is "N-f" or "N-g" or "N-h" ? new[] { "health" } : [],
            };
        string[] rights = Given.Contains(id, StringComparer.Ordinal)
            ? ["authority", "focal", "alternate", "contributor"]
            : ["authority", "focal", "alternate"];
        return new("answer", name, HttpMethod.Put, $"/answers/{id}", body, rights);
    }

    private static async Task<IEnumerable<WalkAct>> PartAsync(WalkScene scene, JsonElement? answers) =>
        from part in (await scene.People.ReadAsync("contributor", "/parts"))?.GetProperty("items").EnumerateArray().ToList() ?? []
        where Writable(answers).Any() && part.GetProperty("missing").GetInt32() == 0 && !part.GetProperty("validated").GetBoolean()
        select new WalkAct("validate", "contributor", HttpMethod.Post, "/parts/validation", null, "contributor");

    private static async Task<IEnumerable<WalkAct>> SignAsync(WalkScene scene, string name, List<WalkAct> acts)
    {
        if (await scene.People.ReadAsync(name, "/sign-off") is not { } page || page.Text("yourRole") is not { } role
            || page.GetProperty("missing").GetArrayLength() + page.GetProperty("openParts").GetArrayLength() > 0
            || !acts.Exists(act => act.Person == name))
            return [];
        var body = new { contentHash = page.Text("contentHash"), signature = await scene.SignatureAsync() };
        string[] rights = role == "STATE_AUTH" ? ["authority"] : ["focal", "alternate"];
        return [new WalkAct($"sign as {role}", name, HttpMethod.Post, "/stages/self_assess/complete", body, [.. rights, "authority"])];
    }

    private static WalkAct Nominate(WalkScene scene, Random chance) => new(
        "nominate contributor", chance.Next(2) == 0 || !scene.People.Has("focal") ? "authority" : "focal", HttpMethod.Post, "/nominations",
        new { role = "STATE_CONTRIB", name = "Contributor", email = "contributor@example.org", office = "Office", items = Given },
        "authority", "focal", "alternate");
}
