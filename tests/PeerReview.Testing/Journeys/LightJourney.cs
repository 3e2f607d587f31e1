namespace PeerReview.Testing.Journeys;

/// <summary>A light report that is deferred, extended, sent back once, asked about, published, followed up and closed.</summary>
public sealed class LightJourney(Ground ground, string state) : Journey(ground, state)
{
    public override async IAsyncEnumerable<string> StepsAsync()
    {
        await foreach (var step in BeginAsync(Notice))
            yield return step;
        await ExtendAsync(FocalPoint, "self_assess", 30);
        await PostAsync("defer", Authority, "/defer", new { until = (await Ground.TodayAsync()).AddDays(10), reason = "An election." });
        yield return "deferred";
        await Ground.PassAsync(12);
        yield return "resumed";
        await foreach (var step in AssessAsync())
            yield return step;

        await PostAsync("return", Coordinator, "/stages/complete/return", new { items = new[] { "N-a.a2" }, text = "Since when?" });
        yield return "sent back";
        await foreach (var step in SignAgainAsync())
            yield return step;
        await CompleteAsync(Coordinator, "complete", new { });
        await foreach (var step in ClarifyAsync())
            yield return step;
        await foreach (var step in PublishAsync())
            yield return step;
        await CompleteAsync(FocalPoint, "check_6m", new
        {
            early = true,
            text = "Under way.",
            notes = new[] { new { commitment = "C-01", status = "under_way", text = "Begun." } },
        });
        yield return "followed up";
        await foreach (var step in CloseAsync())
            yield return step;
    }

    private static readonly Dictionary<string, object> Notice = new(StringComparer.Ordinal)
    {
        ["variant"] = "light",
        ["promise"] = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
    };

    private async IAsyncEnumerable<string> SignAgainAsync()
    {
        await PutAsync("answer again", FocalPoint, "/answers/N-a.a2", new
        {
            value = "in_place",
            label = "CLEAR",
            rule = "A decree of two years ago.",
            practice = "Three people work on it.",
            version = 1,
        });
        foreach (var person in new[] { FocalPoint, Authority })
            await SignAsync(person, "self_assess", (await ReadAsync(person, "/sign-off")).GetProperty("contentHash").GetString());
        yield return "handed in again";
    }

    private async IAsyncEnumerable<string> ClarifyAsync()
    {
        var question = (await PostAsync("ask", Coordinator, "/questions", new { text = "Since when?" })).GetProperty("key").GetString();
        await PutAsync("reply", FocalPoint, $"/replies/{question}", new { text = "Since spring." });
        await PutAsync("summary", FocalPoint, "/summary", new { content = new { text = "In short." }, label = "CLEAR" });
        await PostAsync("commit", FocalPoint, "/actions", new { content = LightReview.Commitment(), label = "CLEAR" });
        await PostAsync("urgent", FocalPoint, "/urgent", new { text = "What cannot wait." });
        await CompleteAsync(Coordinator, "clarify", new { });
        yield return "clarified";
    }

    private async IAsyncEnumerable<string> PublishAsync()
    {
        await CompleteAsync(Authority, "pub_decide", new
        {
            choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
            signature = await Ground.SignatureAsync(),
        });
        await Ground.PassAsync(1);
        await CompleteAsync(Coordinator, "publish", new { });
        yield return "published";
    }
}
