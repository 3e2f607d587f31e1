using System.Net;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Drafting;

/// <summary>The draft on its pages.</summary>
public sealed class DraftPagesTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva;

    [Fact]
    public async Task The_lead_begins_with_the_material_writes_and_hands_over()
    {
        await using var desk = await DeskReview.DraftingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var (draft, summary) = ($"{desk.Page}/draft", $"{desk.Page}/draft/summary");

        var (_, first) = await pages.ReadAsync(draft);
        Assert.Contains("Write the executive summary.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"finish\"", first, StringComparison.Ordinal);
        Assert.Contains("value=\"build\"", first, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(draft, ("act", "build"))).Status);
        // A second time there would be nothing to begin.
        Assert.DoesNotContain("value=\"build\"", (await pages.ReadAsync(draft)).Html, StringComparison.Ordinal);
        Assert.Contains(DeskReview.Said.Praise, (await pages.ReadAsync($"{desk.Page}/draft/strengths")).Html, StringComparison.Ordinal);
        // Beside a part stand its answers, the comments led to the report, the question and its reply.
        var items = await desk.ItemsAsync();
        var (_, asked) = await pages.ReadAsync($"{desk.Page}/draft/{items[0].Split('.')[0]}");
        var (_, seeded) = await pages.ReadAsync($"{desk.Page}/draft/{items[2].Split('.')[0]}");
        Assert.All([ReviewAt.MarkerOf(items[0]), "[one question of two]", "[the State replies]"], said => Assert.Contains(said, asked, StringComparison.Ordinal));
        Assert.All([ReviewAt.MarkerOf(items[2]), DeskReview.Said.Seed], said => Assert.Contains(said, seeded, StringComparison.Ordinal));

        await pages.ReadAsync(summary);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(summary, ("act", "save"), ("text", "[the first]"), ("version", "0"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(summary, ("act", "save"), ("text", "[the second]"), ("version", "1"))).Status);
        var (_, changed) = await pages.ReadAsync($"{summary}?changes=2");
        Assert.Matches("<del>.*first.*</del>", changed.ReplaceLineEndings(" "));
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{summary}?changes=9")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"{desk.Page}/draft/nothing")).Status);

        await pages.ReadAsync(draft);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(draft, ("act", "finish"))).Status);
        Assert.Contains("The State has the draft.", (await pages.ReadAsync(draft)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_write_at_once_find_both_texts_in_the_form()
    {
        await using var desk = await DeskReview.DraftingAsync();
        (await desk.WriteAsync("conclusions", "One.\nTwo.")).EnsureSuccessStatusCode();
        (await desk.WriteAsync("conclusions", "One changed by Ama.\nTwo.", version: 1)).EnsureSuccessStatusCode();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Eva]);
        var path = $"{desk.Page}/draft/conclusions";

        await pages.ReadAsync(path);
        var (status, html, _) = await pages.SubmitAsync(path, ("act", "save"), ("text", "One.\nTwo changed by Eva."), ("version", "1"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("One changed by Ama.\nTwo changed by Eva.", html.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"2\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flagged_wording_is_shown_with_what_to_do()
    {
        await using var desk = await DeskReview.DraftingAsync();
        (await desk.WriteAsync("conclusions", "Good. The attack was attributed to a neighbour.")).EnsureSuccessStatusCode();
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[Eva]);
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var path = $"{desk.Page}/draft/conclusions";

        Assert.Contains("The lead reviewer or a coordinator can say", (await expert.ReadAsync(path)).Html, StringComparison.Ordinal);
        await lead.ReadAsync(path);
        var (refused, html, _) = await lead.SubmitAsync(path, ("act", "clear"), ("version", "1"), ("reason-conclusions", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("href=\"#f-reason-conclusions\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.SubmitAsync(path, ("act", "clear"), ("version", "1"), ("reason-conclusions", "It quotes."))).Status);
        Assert.DoesNotContain("Wording to be looked at", (await lead.ReadAsync(path)).Html, StringComparison.Ordinal);

        (await desk.WriteAsync("conclusions", "Better. The attack was attributed to a neighbour.", version: 1)).EnsureSuccessStatusCode();
        await expert.ReadAsync(path);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await expert.SubmitAsync(path, ("act", "move"), ("version", "2"), ("sentence", "The attack was attributed to a neighbour"))).Status);
        Assert.Contains("attributed to a neighbour", (await expert.ReadAsync($"{desk.Page}/draft/private_annex")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Better. The attack", (await expert.ReadAsync(path)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idea_of_an_expert_becomes_a_recommendation_in_the_words_of_recommendations()
    {
        await using var desk = await DeskReview.DraftingAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.Experts[Ama]);
        var (_, draft) = await pages.ReadAsync($"{desk.Page}/draft");
        var link = Regex.Match(draft, "recommendations/new\\?from=(?<id>[^\"]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["id"].Value;

        var (_, begun) = await pages.ReadAsync($"{desk.Page}/recommendations/new?from={link}");
        Assert.Contains($"value=\"{DeskReview.Said.Seed}\"", begun, StringComparison.Ordinal);
        Assert.Contains($"name=\"comments\" value=\"{link}\"", begun, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"label\"", begun, StringComparison.Ordinal);
        var (refused, said, _) = await pages.SubmitAsync($"{desk.Page}/recommendations/new", ("title", "One; two"), ("comments", link), ("from", link));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("Recommend one thing.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("commitment answers", said, StringComparison.Ordinal);
        Assert.Contains($"name=\"comments\" value=\"{link}\"", said, StringComparison.Ordinal);

        var (saved, _, next) = await pages.SubmitAsync($"{desk.Page}/recommendations/new", [.. Fields("Keep a register"), ("comments", link), ("from", link)]);
        Assert.Equal((HttpStatusCode.SeeOther, $"{desk.Page}/draft"), (saved, next));
        var (_, after) = await pages.ReadAsync($"{desk.Page}/draft");
        Assert.Contains("Keep a register", after, StringComparison.Ordinal);
        Assert.DoesNotContain($"from={link}", after, StringComparison.Ordinal);

        await pages.ReadAsync($"{desk.Page}/recommendations/R-01");
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/recommendations/R-01", [.. Fields("Keep two registers"), ("comments", link), ("version", "1")])).Status);
        var (stale, merged, _) = await pages.SubmitAsync($"{desk.Page}/recommendations/R-01", [.. Fields("Keep three registers"), ("comments", link), ("version", "1")]);
        Assert.Equal(HttpStatusCode.Conflict, stale);
        Assert.DoesNotContain("How far it may travel", merged, StringComparison.Ordinal);
        var (_, asked) = await pages.ReadAsync($"{desk.Page}/recommendations/R-01/withdraw");
        Assert.Contains("its number is not used again", asked, StringComparison.Ordinal);
        Assert.Contains("Keep two registers", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync($"{desk.Page}/recommendations/R-01/withdraw", ("version", "2"))).Status);
        Assert.Contains($"from={link}", (await pages.ReadAsync($"{desk.Page}/draft")).Html, StringComparison.Ordinal);
    }

    private static (string, string)[] Fields(string title) =>
    [
        ("title", title), ("items", "N-a.a2"), ("lenses", "peace_and_security"), ("outcomes", "secure"), ("level", "national"),
        ("action_type", "technical_capability"), ("urgency", "normal"), ("owner", "National centre"), ("due", "2040-12-31"),
        ("indicator", "One report a year."), ("help_needed", "no"), ("rights_considered", "on"),
    ];
}
