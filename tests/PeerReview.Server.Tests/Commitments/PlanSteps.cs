using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Commitments;

/// <summary>What tests of the action plan and of its progress share.</summary>
internal static class PlanSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static Task<string[]> LettersAsync(DeskReview desk, TestPerson person) => desk.At.LettersAsync(person);

    internal static async Task<string> AllAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    internal static Task<string?> FinishAsync(DeskReview desk, TestPerson person) => CompleteAsync(desk, person, "action_plan", new { });

    internal static async Task<string?> CompleteAsync(DeskReview desk, TestPerson person, string stage, object body) =>
        await CodeAsync(await person.Client.PostAsJsonAsync($"{desk.Api}/stages/{stage}/complete", body, Cancel));

    /// <summary>Why it was refused; null when it was not.</summary>
    internal static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return answer.IsSuccessStatusCode
                ? null
                : (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
        }
    }
}
