using System.Globalization;
using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>A review of one theme by a programme's own process: where it asks the questions of the framework, its launch page asks for one.</summary>
public sealed class OwnThemeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-theme-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_launch_page_offers_themes_and_launches_one()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        var text = await File.ReadAllTextAsync(OwnProcess.FileOf("voluntary-review"), Cancel);
        var file = Path.Combine(_folder, "our-own.v1.yaml");
        await File.WriteAllTextAsync(
            file,
            text.Replace("process: voluntary-review", "process: our-own", StringComparison.Ordinal).Replace("\noffered: true", "", StringComparison.Ordinal), Cancel);
        var (_, _, errors) = await OwnProcess.PublishAsync(app, _folder, file);
        Assert.Equal("", errors);
        using var pages = await Pages.OfAsync(app, authority);

        var whole = (await pages.ReadAsync("/reviews/new?process=our-own&variant=light")).Html;
        Assert.Contains("href=\"/reviews/new?process=our-own&variant=light&theme=one\"", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"theme\"", whole, StringComparison.Ordinal);
        var themed = (await pages.ReadAsync("/reviews/new?process=our-own&variant=light&theme=one")).Html;
        Assert.Contains("<option value=\"N-c\">N-c Territorial care (4 questions)</option>", themed, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"items\"", themed, StringComparison.Ordinal);

        Assert.Contains("Choose one of the themes", (await pages.SubmitAsync("/reviews/new", Form(app, ""))).Html, StringComparison.Ordinal);
        var (status, html, next) = await pages.SubmitAsync("/reviews/new", Form(app, "N-c"));
        Assert.True(status == HttpStatusCode.SeeOther, html);
        Assert.Contains("N-c Territorial care (4 questions)", (await pages.ReadAsync(next!)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_without_our_self_assessment_has_no_themes()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        await OwnProcess.PublishAsync(app, _folder, OwnProcess.FileOf("vnr-like"));
        using var pages = await Pages.OfAsync(app, authority);

        var page = (await pages.ReadAsync("/reviews/new?process=vnr-like&theme=one")).Html;

        Assert.DoesNotContain("theme=one", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"theme\"", page, StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Form(TestApp app, string theme) =>
    [
        ("process", "our-own"), ("subject", $"{app.Programme}:KEN"), ("variant", "light"), ("theme", theme), ("working_language", "en"),
        ("document.launch_notice", "[the notice]"),
        ("promise.self_assessment", "full"), ("promise.clarifications", "none"), ("promise.commitments", "full"), ("promise.summary", "full"),
        ("signature.name", "A. Signatory"), ("signature.office", "Director"), ("signature.day", app.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];
}
