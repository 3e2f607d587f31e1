using System.Net;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Commitments.CommitmentsTests;

namespace PeerReview.Server.Tests.Commitments;

/// <summary>The same in the forms of the pages.</summary>
public sealed class CommitmentPagesTests
{
    [Fact]
    public async Task The_pages_write_change_and_withdraw_and_keep_what_was_typed()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var list = $"/reviews/{review.Id}/commitments";

        await pages.ReadAsync($"{list}/new");
        var (wrong, html, _) = await pages.SubmitAsync($"{list}/new", ("title", "Half a commitment"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("value=\"Half a commitment\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-due\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{list}/new", Fields("A whole one"))).Status);
        await pages.ReadAsync($"/reviews/{review.Id}/practices/new");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(
            $"/reviews/{review.Id}/practices/new", ("item", "N-a.a2"), ("text", "[practice]"), ("outcomes", "open"),
            ("lenses", "human_rights"), ("level", "national"), ("label", "CLEAR"))).Status);
        await pages.ReadAsync($"/reviews/{review.Id}/summary");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"/reviews/{review.Id}/summary", ("text", "[summary]"), ("label", "CLEAR"))).Status);

        var (_, all) = await pages.ReadAsync(list);
        Assert.All(["A whole one", "[practice]", "[summary]"], text => Assert.Contains(text, all, StringComparison.Ordinal));
        var (_, asked) = await pages.ReadAsync($"{list}/C-01/withdraw");
        Assert.Contains("Withdraw C-01?", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{list}/C-01/withdraw", ("version", "1"))).Status);
        Assert.DoesNotContain("A whole one", (await pages.ReadAsync(list)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{list}/C-01")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{list}/nothing")).Status);
    }
}
