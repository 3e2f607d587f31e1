using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>What the preview of another kind of review says before it is signed.</summary>
public sealed class VariantPreviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("desk")]
    [InlineData("light")]
    public async Task A_call_for_stakeholders_that_has_begun_goes_on_to_its_end_in_a_form_that_may_do_without_and_the_preview_says_so(string variant)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        (await ChangeAsync("full")).EnsureSuccessStatusCode();
        using var authority = await Pages.OfAsync(app, review.Authority);
        var due = await DueAsync();

        var preview = (await authority.ReadAsync($"/reviews/{review.Id}/variant?to={variant}")).Html;
        (await ChangeAsync(variant)).EnsureSuccessStatusCode();

        var goesOn = preview[preview.IndexOf("Steps that have begun and go on to their end", StringComparison.Ordinal)..];
        Assert.Contains("<li>Call for stakeholder input</li>", goesOn[..goesOn.IndexOf("</ul>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Equal(1, preview.Split("<li>Call for stakeholder input</li>").Length - 1);
        Assert.Contains("stake_call COORD", await review.TasksAsync(), StringComparer.Ordinal);
        Assert.Equal(due, await DueAsync());
        await app.Database.RequireSoundAsync();

        Task<HttpResponseMessage> ChangeAsync(string to) => review.Authority.Client.PostAsJsonAsync(
            $"{review.Api}/variant", new { variant = to, reason = "[as it suits]", signature = LightReview.Signature(app) }, Cancel);

        Task<IReadOnlyList<string>> DueAsync() => app.Database.AsOwnerAsync<string>(
            "SELECT due_at::text FROM deadline WHERE review_id = @Id AND stage = 'stake_call'", new { review.Id });
    }

    [Fact]
    public async Task The_preview_names_every_form_there_is_no_way_to_afterwards()
    {
        await using var full = await DeskReview.DraftingFullAsync();
        using var pages = await Pages.OfAsync(full.App, full.Authority);

        var html = (await pages.ReadAsync($"{full.Page}/variant?to=light")).Html;
        var gone = html[html.IndexOf("After it the review can no longer become: ", StringComparison.Ordinal)..].Split('<')[0];

        // What it is, and what it could still become now.
        Assert.Contains("Desk review", gone, StringComparison.Ordinal);
        Assert.Contains("Full peer review", gone, StringComparison.Ordinal);
    }
}
