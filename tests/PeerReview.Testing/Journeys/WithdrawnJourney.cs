namespace PeerReview.Testing.Journeys;

/// <summary>A light report that is paused, suspended, resumed and in the end withdrawn.</summary>
public sealed class WithdrawnJourney(Ground ground, string state) : Journey(ground, state)
{
    public override async IAsyncEnumerable<string> StepsAsync()
    {
        await foreach (var step in BeginAsync(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["variant"] = "light",
            ["promise"] = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
        }))
            yield return step;
        await PostAsync("pause", Coordinator, "/pause", new { party = "subject", pauseReason = "force_majeure", reason = "A flood." });
        yield return "paused";
        await Ground.PassAsync(3);
        await PostAsync("resume the clock", Coordinator, "/resume-clock", new { party = "subject" });
        yield return "resumed";
        await PostAsync("suspend", Authority, "/suspend", new { reason = "An election." });
        await Ground.PassAsync(2);
        await PostAsync("resume", Authority, "/resume", new { signature = await Ground.SignatureAsync() });
        yield return "taken up again";
        await PostAsync("withdraw", Authority, "/withdraw", new { signature = await Ground.SignatureAsync() });
        yield return "withdrawn";
        await Ground.PassAsync(1);
    }
}
