using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>A desk review from its consolidation to the replies of the State.</summary>
internal static class Replying
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One question on each of two items and a general one; every comment goes into the report.</summary>
    public static async Task ConsolidateAsync(DeskReview desk, string first, string second)
    {
        var lead = desk.Experts[DeskReview.Ama].Client;
        var sheet = await lead.GetFromJsonAsync<JsonElement>($"{desk.Api}/consolidation", Cancel);
        var placements = sheet.GetProperty("comments").EnumerateArray().Select(c => new { comment = c.GetProperty("id").GetGuid(), to = "report" });
        object[] questions =
        [
            new { id = "Q-01", item = first, text = "First question?" },
            new { id = "Q-02", item = second, text = "Second question?" },
            new { id = "Q-03", text = "General question?" },
        ];
        (await lead.PutAsJsonAsync($"{desk.Api}/consolidation", new { questions, placements, version = 0 }, Cancel)).EnsureSuccessStatusCode();
        (await lead.PostAsJsonAsync($"{desk.Api}/stages/consolidate/complete", new { }, Cancel)).EnsureSuccessStatusCode();
    }

    /// <summary>Saves an answer; the code of the refusal, or nothing.</summary>
    public static async Task<string> AnswerAsync(
        DeskReview desk, TestPerson person, string item, int version, string label = "AMBER") => await CodeAsync(
        await person.Client.PutAsJsonAsync(
            $"{desk.Api}/answers/{item}", new { value = "in_place", rule = "A rule.", practice = "[said in reply]", evidence = "A paper.", label, version }, Cancel));

    /// <summary>The code of a refusal, or nothing.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return answer.IsSuccessStatusCode ? "" : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
        }
    }
}
