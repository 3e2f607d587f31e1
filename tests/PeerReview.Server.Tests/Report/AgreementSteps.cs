using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Report;

/// <summary>What tests of the agreement and of what comes of it share.</summary>
internal static class AgreementSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<DeskReview> ReconcilingAsync()
    {
        var desk = await DeskReview.AgreeingAsync();
        (await desk.Spokespersons["EST"].Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "[the third section]" }, Cancel)).EnsureSuccessStatusCode();
        return desk;
    }

    internal static Task<HttpResponseMessage> DissentAsync(TestPerson person, DeskReview desk, string text, int version = 0) =>
        person.Client.PutAsJsonAsync($"{desk.Api}/dissent", new { text, version }, Cancel);

    internal static async Task<string> HashAsync(DeskReview desk) =>
        (await desk.Authority.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel)).GetProperty("contentHash").GetString()!;

    internal static IEnumerable<(string Name, string Value)> Signature(DeskReview desk) =>
    [
        ("signature.name", "A. Signatory"), ("signature.office", "Ministry"),
        ("signature.day", ((DateOnly)LightReview.Signature(desk.App)["day"]).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
    ];

    internal static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }
}
