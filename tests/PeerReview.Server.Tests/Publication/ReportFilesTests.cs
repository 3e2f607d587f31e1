using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Publication;

/// <summary>Files of a published report: ordered with the publication, made by the outbox, read by everybody; on a server
/// without Chromium.</summary>
public sealed class ReportFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publishing_orders_every_format_and_what_can_be_made_is_there()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);

        var files = await FilesAsync(app.Visitor(), slug);

        Assert.Equal(["pdf failed no-browser", "docx ready ", "json ready "], files.Select(Standing));
        using var answer = await app.Visitor().GetAsync(files[1].GetProperty("address").GetString(), Cancel);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(files[1].GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(files[1].GetProperty("size").GetInt32(), bytes.Length);
        using var json = await app.Visitor().GetAsync(files[2].GetProperty("address").GetString(), Cancel);
        Assert.Equal(files[2].GetProperty("size").GetInt32(), (await json.Content.ReadAsByteArrayAsync(Cancel)).Length);
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_file_is_saved_kept_for_a_year_and_can_do_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);

        using var edition = await app.Visitor().GetAsync($"/publications/{slug}/report.docx?edition=1", Cancel);
        using var newest = await app.Visitor().GetAsync($"/publications/{slug}/report.docx", Cancel);

        Assert.Equal(("attachment", $"{slug}-1.docx"), (edition.Content.Headers.ContentDisposition!.DispositionType, edition.Content.Headers.ContentDisposition.FileName));
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", edition.Headers.GetValues("Cache-Control")));
        Assert.True(newest.Headers.CacheControl!.NoCache);
        Assert.Equal("nosniff", edition.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", edition.Headers.GetValues("Content-Security-Policy").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/publications/{slug}/report.docx");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(edition.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, (await app.Visitor().SendAsync(again, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_page_says_in_words_what_could_not_be_made_and_the_row_waits_for_its_next_attempt()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);

        using var pages = await Pages.OfAsync(app, null);
        Assert.Contains("The server has no Chromium", (await pages.ReadAsync($"/publications/{slug}")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/publications/{slug}/report.pdf")).Status);
        var row = (await app.Database.AsOwnerAsync<(bool Waits, string Error)>(
            "SELECT delivered_at IS NULL AND given_up_at IS NULL, last_error FROM outbox WHERE topic = 'report-pdf'")).Single();
        Assert.True(row.Waits);
        Assert.Contains("apt-get install chromium", row.Error, StringComparison.Ordinal);
        // The publication page of its people says the same.
        var review = (await app.Database.AsOwnerAsync<(Guid Review, Guid Person)>(
            "SELECT p.review_id, g.person_id FROM publication p, role_grant g WHERE g.role = 'STATE_AUTH' AND g.state = 'KEN'")).Single();
        using var state = await Pages.OfAsync(app, new TestPerson(review.Person, "", app.Visitor()));
        Assert.Contains("The server has no Chromium", (await state.ReadAsync($"/reviews/{review.Review}/publication")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_publication_there_is_nothing_and_a_report_nobody_may_see_has_no_files()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewStages.AtAsync(app, ReviewStages.Publishing, "NOR");
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT format FROM report_file"));
        await PublicationTests.PublishAsync(review, review.Authority);
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT format FROM report_file"));

        var slug = await PublishedReview.PublishAsync(app, hidden: true);
        await app.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal(["docx", "pdf"], await app.Database.AsOwnerAsync<string>("SELECT format FROM report_file ORDER BY 1"));
        foreach (var path in new[] { $"/publications/{slug}/report.docx", $"/api/v1/publications/{slug}/files", $"/api/v1/publications/{slug}/report.docx?edition=1" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().GetAsync(path, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Nothing_withheld_and_nobody_is_in_any_part_of_any_file()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);

        var docx = PublishedReview.Unzipped(await app.Visitor().GetByteArrayAsync($"/publications/{slug}/report.docx", Cancel));
        var json = await app.Visitor().GetStringAsync($"/publications/{slug}.json", Cancel);
        using var pages = await Pages.OfAsync(app, null);
        var html = (await pages.ReadAsync($"/publications/{slug}")).Html;

        foreach (var file in new[] { docx, json, html })
        {
            Assert.Contains(ReviewAt.MarkerOf("P-CBM.c4"), file, StringComparison.Ordinal);
            Assert.All(PublishedReview.Secrets, secret => Assert.DoesNotContain(secret, file, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_program_that_hangs_or_prints_nothing_is_told_apart()
    {
        var folder = Directory.CreateTempSubdirectory("peerreview-browser-");
        // The user it runs as must get to it.
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var program = Path.Combine(folder.FullName, "chromium");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nexit 7\n", Cancel);
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        await using var app = await TestApp.StartAsync(chromium: program);
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal("pdf failed browser", Standing((await FilesAsync(app.Visitor(), slug))[0]));
        Assert.Equal(
            ["Chromium ended with status 7 and no file."],
            await app.Database.AsOwnerAsync<string>("SELECT last_error FROM outbox WHERE topic = 'report-pdf'"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_ready_is_never_changed_and_carrying_its_row_again_leaves_it()
    {
        await using var app = await TestApp.StartAsync();
        var slug = await PublishedReview.PublishAsync(app);
        await app.AdvanceAsync(TimeSpan.Zero);
        var before = await app.Database.AsOwnerAsync<string>("SELECT sha256 || made_at FROM report_file WHERE state = 'ready'");

        await app.Database.AsOwnerAsync("UPDATE outbox SET delivered_at = NULL WHERE topic = 'report-docx'");
        await app.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(before, await app.Database.AsOwnerAsync<string>("SELECT sha256 || made_at FROM report_file WHERE state = 'ready'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => app.Database.AsOwnerAsync(
            "UPDATE report_file SET content = 'other' WHERE state = 'ready'"));
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().GetAsync($"/publications/{slug}/report.docx", Cancel)).StatusCode);
    }

    internal static async Task<JsonElement[]> FilesAsync(HttpClient client, string slug) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/publications/{slug}/files", Cancel)).GetProperty("items").EnumerateArray()];

    private static string Standing(JsonElement file) => string.Create(
        CultureInfo.InvariantCulture, $"{file.GetProperty("format")} {file.GetProperty("state")} {file.GetProperty("why")}");
}
