using System.Text.Json;
using System.Net.Http.Json;
using PeerReview.Core.Access;

namespace PeerReview.Testing;

/// <summary>A desk review whose experts work in another language than the State answers in.</summary>
public sealed partial class DeskReview
{
    /// <summary>With French agreed on for the experts and the English answers found complete: the coordinator translates.</summary>
    /// <param name="label">The label of an answer by its item.</param>
    public static async Task<DeskReview> TranslatingAsync(Func<string, SharingLabel>? label = null)
    {
        var desk = await OpeningAsync();
        await desk.AgreeOpeningAsync("fr");
        await desk.FindCompleteAsync(label);
        return desk;
    }

    /// <summary>Saves a working translation of a whole answer.</summary>
    public Task<HttpResponseMessage> TranslateAsync(string item, int version = 0, TestPerson? person = null) =>
        (person ?? Coordinator).Client.PutAsJsonAsync($"{Api}/translations/{item}", new
        {
            rule = FrenchOf(item),
            practice = $"[pratique de {item}]",
            evidence = $"[preuve de {item}]",
            version,
        });

    /// <summary>Says that the experts can read an answer as it is.</summary>
    public Task<HttpResponseMessage> ReadAsItIsAsync(string item, int version = 0) =>
        Coordinator.Client.PutAsJsonAsync($"{Api}/translations/{item}", new { asItIs = true, version });

    /// <summary>Finishes the stage.</summary>
    public Task<HttpResponseMessage> FinishTranslationsAsync(TestPerson? person = null) =>
        (person ?? Coordinator).Client.PostAsJsonAsync($"{Api}/stages/translate/complete", new { });

    /// <summary>The text of a translation, recognisable wherever it turns up.</summary>
    public static string FrenchOf(string item) => $"[règle de {item}]";

    /// <summary>Translates every answer that waits for it.</summary>
    public async Task TranslateAllAsync()
    {
        foreach (var line in (await TranslationsAsync()).GetProperty("items").EnumerateArray())
            (await TranslateAsync(line.GetProperty("item").GetString()!)).EnsureSuccessStatusCode();
    }

    /// <summary>How far each answer is, as the coordinator reads it.</summary>
    public Task<JsonElement> TranslationsAsync() => Coordinator.Client.GetFromJsonAsync<JsonElement>($"{Api}/translations");
}
