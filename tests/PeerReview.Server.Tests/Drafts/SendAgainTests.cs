using System.Net;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Drafts;

/// <summary>A form that was open when the session ended: nothing is done and nothing typed is lost, without any script.</summary>
public sealed partial class SendAgainTests
{
    private const string Typed = "What was typed & must not be lost.";

    [Fact]
    public async Task After_signing_in_again_the_same_form_is_sent_with_one_button()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var page = $"/reviews/{review.Id}/assessment/N-a.a2";
        using var pages = await Pages.OfAsync(app, review.FocalPoint, says: true);
        await pages.ReadAsync(page);
        await pages.LoseSessionAsync(app);

        var (status, html, _) = await pages.SubmitAsync(page, ("rule", Typed), ("label", "AMBER"), ("version", "0"));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(Typed, html, StringComparison.Ordinal);

        await pages.SignInAsync(app, review.FocalPoint);
        // Its proof was made for a visitor: it is offered once more, now for who signed in.
        var (expired, again, _) = await pages.SubmitAsync(page, Fields(html));
        Assert.Equal(HttpStatusCode.BadRequest, expired);
        var (saved, _, _) = await pages.SubmitAsync(page, Fields(again));

        Assert.Equal(HttpStatusCode.SeeOther, saved);
        Assert.Contains(Typed, (await pages.ReadAsync(page)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_and_not_offered_again()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var page = $"/reviews/{review.Id}/assessment/N-a.a2";
        using var pages = await Pages.OfAsync(app, review.FocalPoint);

        var (status, html, _) = await pages.SubmitAsync(page, ("rule", Typed), ("label", "AMBER"), ("version", "0"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.DoesNotContain(Typed, html, StringComparison.Ordinal);
    }

    private static (string, string)[] Fields(string html) =>
        [.. HiddenField().Matches(html).Select(m => (m.Groups["name"].Value, m.Groups["value"].Value)).Where(f => f.Item1 is "rule" or "label" or "version")];

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\" ?/?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();
}
