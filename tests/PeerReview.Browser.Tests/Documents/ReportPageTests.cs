using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Documents;

/// <summary>The page of a published report, with axe: reports and readers in several languages, wide and narrow, dark.</summary>
public sealed class ReportPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_report_reads_in_its_language_whatever_the_language_around_it()
    {
        await using var app = await TestApp.StartAsync();
        var english = await PublishedReview.PublishAsync(app);
        var arabic = await PublishedReview.PublishAsync(app, "ar", "EGY");
        await app.AdvanceAsync(TimeSpan.Zero);
        foreach (var (slug, report) in new[] { (english, "en"), (arabic, "ar") })
        {
            foreach (var reader in new[] { "en", "ar" })
            {
                foreach (var look in new[] { new Look(Language: reader), Look.Narrow with { Language = reader }, new Look(Language: reader, Dark: true) })
                {
                    await using var visit = await chromium.VisitAsync(app.Address, look);
                    await visit.GoAsync($"/publications/{slug}?edition=1");
                    Assert.Equal(report, await visit.Page.GetAttributeAsync("article", "lang"));
                    await visit.CheckAsync($"report-{report}-for-{reader}-{look.Width}{(look.Dark ? "-dark" : "")}");
                }
            }
        }
    }

    [Fact]
    public async Task Headings_follow_each_other_and_the_contents_lead_to_them_by_keyboard()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await using var visit = await chromium.VisitAsync(app.Address, new Look());
        await visit.GoAsync($"/publications/{slug}");

        var levels = await visit.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('h1,h2,h3,h4,h5')].map(h => +h.tagName[1])");
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 1));
        var links = await visit.Page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.contents a')].every(a => document.getElementById(a.hash.slice(1))?.matches('h2'))");
        Assert.True(links);
        await visit.Page.FocusAsync(".contents a[href='#practices']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/*#practices");
    }
}
