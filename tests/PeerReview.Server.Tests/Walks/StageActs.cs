using PeerReview.Testing;

namespace PeerReview.Server.Tests.Walks;

/// <summary>What waits for people, by their own list of tasks.</summary>
internal static class StageActs
{
    private static readonly string[] Office = ["coordinator", "deputy"];

    public static async Task<IReadOnlyList<WalkAct>> OpenAsync(WalkScene scene, Random chance)
    {
        var acts = new List<WalkAct>();
        foreach (var name in scene.People.Names.Except(["outsider", "stranger"], StringComparer.Ordinal).ToList())
        {
            foreach (var stage in (await scene.People.TasksAsync(name)).Distinct(StringComparer.Ordinal))
                acts.AddRange(await OfAsync(scene, name, stage, chance));
        }

        return acts;
    }

    private static async Task<IEnumerable<WalkAct>> OfAsync(WalkScene scene, string name, string stage, Random chance) => stage switch
    {
        "acknowledge" => [Complete(name, stage, new { coordinator = scene.People["coordinator"].Id, deputy = scene.People["deputy"].Id }, Office)],
        "appoint" => [Appoint(scene, name)],
        "complete" when scene.Returns < 2 && chance.Next(4) == 0 =>
        [
            new WalkAct("return", name, HttpMethod.Post, "/stages/complete/return", new { items = new[] { "N-a.a1" }, text = "[more, please]" }, Office),
        ],
        "complete" => [Complete(name, stage, new { }, Office)],
        "clarify" => await ClarifyAsync(scene, name, chance),
        "pub_decide" => [Complete(name, stage, new { choices = Choices, signature = await scene.SignatureAsync() }, "authority")],
        "publish" => [Complete(name, stage, new { }, Office)],
        "check_6m" => [Complete(name, stage, await ProgressAsync(scene, name), "focal", "alternate")],
        "close" => [Complete(name, stage, new { text = "[carried over]" }, "authority", "coordinator", "deputy")],
        "urgent" => await UrgentAsync(scene, name),
        _ => [],
    };

    private static readonly object Choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" };

    private static WalkAct Complete(string name, string stage, object body, params string[] rights) =>
        new($"complete {stage}", name, HttpMethod.Post, $"/stages/{stage}/complete", body, rights);

    private static WalkAct Appoint(WalkScene scene, string name) =>
        scene.People.Has("focal") ? Nominate(name, "alternate", "STATE_ALT") : Nominate(name, "focal", "STATE_FP");

    private static WalkAct Nominate(string name, string whom, string role) => new(
        $"nominate {whom}", name, HttpMethod.Post, "/nominations",
        new { role, name = whom, email = $"{whom}@example.org", office = "Office", noteVerbale = new { number = "NV/1" } }, "authority");

    private static async Task<IEnumerable<WalkAct>> ClarifyAsync(WalkScene scene, string name, Random chance)
    {
        var questions = (await scene.People.ReadAsync(name, "/questions"))!.Value.GetProperty("items").EnumerateArray().ToList();
        var waiting = questions.Where(question => question.Text("reply") is null).Select(question => question.Text("key")!).ToList();
        var office = name is "coordinator" or "deputy";
        var acts = new List<WalkAct>();
        if (office && waiting.Count == questions.Count && questions.Count < 4 && chance.Next(2) == 0)
            acts.Add(new("ask", name, HttpMethod.Post, "/questions", new { text = "[since when]", item = "N-a.a1" }, Office));
        if (!office && waiting.Count > 0)
        {
            var declines = chance.Next(3) == 0;
            acts.Add(new(
                "reply", name, HttpMethod.Put, $"/replies/{waiting[chance.Next(waiting.Count)]}",
                new { text = declines ? "" : "[since spring]", declines }, "authority", "focal", "alternate"));
        }

        if (waiting.Count == 0 && (office || questions.Count > 0))
        {
            // The authority may reply, so it is told that it is too early; that it is not its stage it hears later.
            acts.Add(Complete(name, "clarify", new { }, "coordinator", "deputy", "focal", "alternate", "authority"));
        }

        return acts;
    }

    private static async Task<object> ProgressAsync(WalkScene scene, string name)
    {
        var standing = (await scene.People.ReadAsync(name, "/actions"))?.GetProperty("items").EnumerateArray() ?? default;
        return new { text = "[whole]", early = true, notes = standing.Select(c => new { commitment = c.Text("id"), status = "under_way", text = "[one]" }) };
    }

    private static async Task<IEnumerable<WalkAct>> UrgentAsync(WalkScene scene, string name) =>
        from point in (await scene.People.ReadAsync(name, "/urgent"))!.Value.GetProperty("items").EnumerateArray().ToList()
        where point.GetProperty("mayAcknowledge").GetBoolean()
        select new WalkAct(
            "acknowledge urgent", name, HttpMethod.Post, $"/urgent/{point.Text("id")}/acknowledge", new { note = "[seen]" },
            "authority", "coordinator", "deputy");
}
