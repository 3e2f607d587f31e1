namespace PeerReview.Server.Features.Demo;

/// <summary>States of the demonstration that are ready to review others: enough in one regional group, too few in the others, so that
/// both can be seen.</summary>
internal static class DemoPool
{
    private static readonly string[] Ready = ["CPV", "EST", "FJI", "GHA", "JPN", "MAR", "MUS", "NOR", "RWA", "SEN", "URY"];

    /// <summary>Each joins by a note verbale; one asked not to be asked for half a year.</summary>
    public static async Task FillAsync(DemoStage stage, CancellationToken cancel)
    {
        var (client, programme) = (stage.Staff.Client, $"programmes/{stage.Programme}");
        var today = await stage.TodayAsync(cancel);
        foreach (var state in Ready)
        {
            await client.PostAsync($"{programme}/missions", new { state, email = $"mission.{state.ToLowerInvariant()}@example.org" }, cancel);
            var note = new { state, number = $"POOL/{state}", dated = today, signatory = "Permanent Representative" };
            await client.PostAsync($"{programme}/notes-verbales", note, cancel);
            await client.PutAsync(
                $"{programme}/pool/{state}",
                new { optedIn = true, noteVerbale = note.number, deferredUntil = state == "NOR" ? await stage.DayAsync(182, cancel) : null },
                cancel);
        }
    }
}
