namespace PeerReview.Server.Tests.Walks;

/// <summary>Requests that can never be right, whatever the review has come to.</summary>
internal static class WrongActs
{
    private static readonly string[] Stages =
        ["launch", "draw", "nominate", "desk_review", "state_reply", "draft", "agree", "stake_call", "translate", "tea", "SELF_ASSESS", "../x"];

    public static WalkAct Any(Random chance)
    {
        var all = All(chance).ToList();
        return all[chance.Next(all.Count)];
    }

    private static IEnumerable<WalkAct> All(Random chance)
    {
        var stage = Stages[chance.Next(Stages.Length)];
        yield return Post("authority", $"/stages/{Uri.EscapeDataString(stage)}/complete", new { });
        yield return Post("coordinator", $"/stages/{Uri.EscapeDataString(stage)}/extend", new { days = 5, reason = "[a]" });
        yield return Post("coordinator", "/stages/self_assess/extend", new { days = -5, reason = "[a]" });
        yield return Post("coordinator", "/stages/self_assess/waive", new { });
        yield return Post("authority", "/suspend", new { reason = "" });
        yield return Post("authority", "/defer", new { until = "2001-01-01", reason = "[a]" });
        yield return Post("authority", "/defer", new { until = "not a day" });
        yield return Post("coordinator", "/pause", new { party = "cats", pauseReason = "force_majeure", reason = "[a]" });
        yield return Post("authority", "/withdraw", new { signature = new { name = "", office = "", day = "2026-01-01" } });
        yield return Post("authority", "/resume", """{"signature": """);
        yield return Post("coordinator", "/variant", new { variant = "full" });
        yield return Post("authority", "/variant", new { variant = "enormous" });
        yield return Post("coordinator", "/theme", new { theme = "N-c", reason = "[a]" });
        yield return Post("authority", "/theme", new { theme = "everything", reason = "[a]" });
        yield return Put("authority", "/answers/N-z.z9", new { value = "in_place", label = "AMBER" });
        yield return Put("authority", "/answers/N-a.a1", new { value = "in_place", label = "PURPLE" });
        yield return Put("authority", "/answers/N-a.a1", new { value = "prefer_not_to_answer", label = "AMBER", version = 4711 });
        yield return Put("authority", "/replies/nothing", new { text = "[reply]" });
        yield return Post("coordinator", "/questions", new { text = " " });
        yield return Post("coordinator", "/stages/complete/return", new { items = new[] { "N-z.z9" }, text = "[a]" });
        yield return Post("authority", "/actions", new { content = new { title = "" }, label = "CLEAR" });
        yield return Post("authority", "/urgent", new { text = "" });
        yield return Post("authority", "/urgent/U-99/acknowledge", new { note = "" });
        yield return Post("authority", "/nominations", new { role = "KING", name = "K", email = "k@example.org", office = "" });
        yield return Post("authority", "/nominations", "[[[[");
        yield return new("delete", "authority", HttpMethod.Delete, "/actions/C-99", null);
    }

    private static WalkAct Post(string name, string path, object body) => new("wrong", name, HttpMethod.Post, path, body);

    private static WalkAct Put(string name, string path, object body) => new("wrong", name, HttpMethod.Put, path, body);
}
