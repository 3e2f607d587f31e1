using System.Net;
using System.Net.Http.Json;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A text that all who act in a stage write together, each being done by themselves.</summary>
public sealed class SharedTextTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_done_with_words_typed_on_an_older_version_sees_both_brought_together_and_is_done_with_them()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");
        await review.RunAsync("exchange");
        var (path, at) = ($"{review.Page}/stages/exchange", $"{review.Api}/stages/exchange");
        (await SaveAsync("REV_EXPERT/GHA", "First question.", 0)).EnsureSuccessStatusCode();
        using var state = await Pages.OfAsync(review.App, review["STATE_FP"]);
        Assert.Contains("All who act in this stage write this one text.", (await state.ReadAsync(path)).Html, StringComparison.Ordinal);
        await state.SubmitAsync(
            "/drafts", ("text", "First question. The answer."), ("label", "AMBER"), ("language", "en"), ("version", "1"), ("document", "exchange_record"),
            (Draft.PageField, path), (Draft.PartField, "exchange_record"));
        (await SaveAsync("REV_EXPERT/EST", "Another question. First question.", 1)).EnsureSuccessStatusCode();

        var (status, html, _) = await state.SubmitAsync(path, ("act", "complete"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Another question. First question. The answer.", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync(path, ("act", "complete"))).Status);

        Assert.Contains("Another question. First question. The answer.", await review["REV_EXPERT/GHA"].Client.GetStringAsync(new Uri(at, UriKind.Relative), Cancel), StringComparison.Ordinal);

        Task<HttpResponseMessage> SaveAsync(string role, string text, int version) =>
            review[role].Client.PutAsJsonAsync($"{at}/documents/exchange_record", new { text, version }, Cancel);
    }
}
