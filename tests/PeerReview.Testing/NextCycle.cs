using System.Net.Http.Json;
using PeerReview.Core.Access;

namespace PeerReview.Testing;

/// <summary>A State that comes back: its last review is published, its next one is being answered by other people.</summary>
public static class NextCycle
{
    /// <summary>The last review with an answer for all participating States and a commitment nobody told of, everything else of it kept
    /// from the public; and the next one, which asks one item less.</summary>
    public static async Task<(ReviewAt Last, ReviewAt Next)> StartAsync(TestApp app)
    {
        var last = await ReviewAt.DecidingAsync(app, label: item => item == "N-a.a2" ? SharingLabel.Green : SharingLabel.Clear);
        (await last.Authority.Client.PostAsJsonAsync($"{last.Api}/actions", new { content = LightReview.Commitment(), label = "CLEAR" })).EnsureSuccessStatusCode();
        (await last.Authority.Client.PostAsJsonAsync(
            $"{last.Api}/stages/pub_decide/complete",
            new
            {
                choices = new { self_assessment = "none", clarifications = "none", commitments = "none", summary = "none" },
                signature = LightReview.Signature(app),
            })).EnsureSuccessStatusCode();
        (await last.Coordinator.Client.PostAsJsonAsync($"{last.Api}/stages/publish/complete", new { })).EnsureSuccessStatusCode();
        var next = await ReviewAt.AssessingAsync(app, change: notice =>
        {
            notice["items"] = new[] { "N-a.a2" };
            notice["cooldownReason"] = "[asked for again]";
        });
        return (last, next);
    }
}
