using PeerReview.Testing;

namespace PeerReview.Server.Tests.Walks;

/// <summary>Moves as people's pages offer them, and texts and urgent points beside the process.</summary>
internal static class MoveActs
{
    private static readonly string[] State = ["authority", "focal", "alternate"];

    public static async Task<IReadOnlyList<WalkAct>> OpenAsync(WalkScene scene, Random chance)
    {
        var acts = new List<WalkAct>();
        foreach (var name in scene.People.Names.ToList())
        {
            foreach (var move in await scene.People.MovesAsync(name))
            {
                if (await OfAsync(scene, name, move, chance) is { } act)
                    acts.Add(act);
            }
        }

        return acts;
    }

    /// <summary>Commitments and summary while the State writes; urgent points at any time before the end.</summary>
    public static async Task<IReadOnlyList<WalkAct>> TextsAsync(WalkScene scene, Random chance)
    {
        var review = (await scene.People.ReadAsync("authority", ""))!.Value;
        var acts = new List<WalkAct>();
        if (review.Text("status") is "running" or "suspended" or "deferred" && chance.Next(4) == 0)
        {
            var by = chance.Next(2) == 0 ? "coordinator" : "authority";
            acts.Add(new(
                "urgent", by, HttpMethod.Post, "/urgent", new { text = "[cannot wait]", threatKind = "extortion" },
                [.. State, "coordinator", "deputy"]));
        }

        var stages = review.GetProperty("stages").EnumerateArray().ToDictionary(s => s.Text("stage")!, s => s.Text("status")!, StringComparer.Ordinal);
        if (review.Text("status") != "running" || stages["self_assess"] == "waiting" || stages["pub_decide"] == "done")
            return acts;
        var name = State.Where(scene.People.Has).ElementAt(chance.Next(State.Count(scene.People.Has)));
        acts.Add(new("commit", name, HttpMethod.Post, "/actions", new { content = LightReview.Commitment(), label = "CLEAR" }, State));
        acts.Add(new("sum up", name, HttpMethod.Put, "/summary", new { content = new { text = "[in short]" }, label = "CLEAR" }, State));
        var standing = (await scene.People.ReadAsync(name, "/actions"))!.Value.GetProperty("items").EnumerateArray().ToList();
        if (standing.Count > 0)
            acts.Add(new("take back", name, HttpMethod.Delete, $"/actions/{standing[0].Text("id")}", null, State));
        return acts;
    }

    private static async Task<WalkAct?> OfAsync(WalkScene scene, string name, string move, Random chance)
    {
        var parties = new[] { "subject", "coordination" };
        return move switch
        {
            "Extend" => Move(name, "stages/self_assess/extend", new { days = 1 + chance.Next(60), reason = "[a flood]" }, [.. State, "coordinator", "deputy"]),
            "Pause" when parties.Except(scene.Paused, StringComparer.Ordinal).FirstOrDefault() is { } party =>
                Move(name, "pause", new { party, pauseReason = "force_majeure", reason = "[a flood]" }, "coordinator", "deputy"),
            "ResumeClock" => Move(name, "resume-clock", new { party = scene.Paused.First() }, "coordinator", "deputy"),
            "Defer" => Move(name, "defer", new { until = (await scene.TodayAsync()).AddDays(2 + chance.Next(60)), reason = "[an election]" }, "authority"),
            "Suspend" => Move(name, "suspend", new { reason = "[an election]" }, "authority", "head"),
            "Resume" => Move(name, "resume", new { signature = await scene.SignatureAsync() }, "authority", "head"),
            "Withdraw" when chance.Next(20) == 0 => Move(name, "withdraw", new { signature = await scene.SignatureAsync() }, "authority"),
            _ => null,
        };
    }

    private static WalkAct Move(string name, string path, object body, params string[] rights) =>
        new(path, name, HttpMethod.Post, $"/{path}", body, rights);
}
