using System.Net.Http.Json;
using System.Text.Json;

namespace PeerReview.Testing;

/// <summary>Inviting stakeholders to a review and hearing them, over HTTP.</summary>
public static class StakeholderSteps
{
    /// <summary>After so long the window can be closed: before, it has not begun for those who are to be heard.</summary>
    public static readonly TimeSpan Starts = TimeSpan.FromDays(16);

    /// <summary>Invites somebody for an organisation.</summary>
    public static Task<HttpResponseMessage> InviteStakeholderAsync(
        this ReviewAt review, string email, string organisation = "Institute of Networks", string family = "academia", string language = "en") =>
        review.Coordinator.Client.PostAsJsonAsync(
            $"{review.Api}/stakeholders", new { name = $"Guest {email.Split('@')[0]}", email, organisation, family, language });

    /// <summary>The path of the newest invitation sent to a stakeholder.</summary>
    public static async Task<string> StakeholderLetterAsync(this ReviewAt review, string email)
    {
        var letter = (await review.App.LettersAsync()).Last(letter => letter.Recipient == email && letter.Body.Contains("/stakeholders/", StringComparison.Ordinal));
        return letter.Body[letter.Body.IndexOf("/stakeholders/", StringComparison.Ordinal)..].Split('\n')[0].Trim();
    }

    /// <summary>Invites a stakeholder, who accepts.</summary>
    public static async Task<TestPerson> HearAsync(this ReviewAt review, string email, string organisation = "Institute of Networks")
    {
        using (var invited = await review.InviteStakeholderAsync(email, organisation))
            invited.EnsureSuccessStatusCode();
        var path = await review.StakeholderLetterAsync(email);
        using var visitor = await Pages.OfAsync(review.App, person: null);
        await visitor.ReadAsync(path);
        await visitor.SubmitAsync(path, ("act", "accept"));
        return await review.App.PersonByEmailAsync(email);
    }

    /// <summary>Writes a contribution that is not handed in.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> DraftAsync(this ReviewAt review, TestPerson sender, string text, string? item = null)
    {
        using var saved = await sender.Client.PostAsJsonAsync($"{review.Api}/contributions", new { item, text });
        saved.EnsureSuccessStatusCode();
        return (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    /// <summary>Writes a contribution and hands it in.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> ContributeAsync(this ReviewAt review, TestPerson sender, string text, string? item = null)
    {
        var id = await review.DraftAsync(sender, text, item);
        using var handedIn = await sender.Client.PostAsJsonAsync($"{review.Api}/contributions/{id}/hand-in", new { version = 1 });
        handedIn.EnsureSuccessStatusCode();
        return id;
    }

    /// <summary>Screens a contribution as the coordinator.</summary>
    public static Task<HttpResponseMessage> ScreenAsync(this ReviewAt review, string id, string outcome, string cause = "", string note = "") =>
        review.Coordinator.Client.PostAsJsonAsync($"{review.Api}/contributions/{id}/screening", new { outcome, cause, note });

    /// <summary>Replies for the State.</summary>
    public static Task<HttpResponseMessage> ReplyAsync(this ReviewAt review, string id, string text, bool declines = false, int version = 0) =>
        review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/contributions/{id}/reply", new { text, declines, version });
}
