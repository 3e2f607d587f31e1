using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Assessment;

public sealed class EvidenceTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 evidence");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_kept_and_comes_back_as_a_harmless_download()
    {
        await using var review = await ReviewUnderWay.StartAsync();

        using var added = await AddAsync(review, review.FocalPoint, "../plan 2026.pdf", "application/pdf", Pdf, label: "GREEN");

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var file = await added.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(("plan 2026.pdf", "application/pdf", "GREEN", "N-c.c1"), (file.Text("name"), file.Text("mediaType"), file.Text("label"), file.Text("item")));
        using var content = await review.FocalPoint.Client.GetAsync(added.Headers.Location, Cancel);
        Assert.Equal(Pdf, await content.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("attachment", content.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", content.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", content.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Single(await ItemsAsync(review.FocalPoint, $"{review.Api}/evidence"));
        Assert.Empty(await ItemsAsync(review.FocalPoint, $"{review.Api}/evidence?item=N-a.a1"));
    }

    [Fact]
    public async Task A_removed_file_is_erased_and_the_record_keeps_that_it_was_there()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var added = await AddAsync(review, review.FocalPoint, "plan.pdf", "application/pdf", Pdf);

        using var removed = await review.FocalPoint.Client.DeleteAsync(added.Headers.Location, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await review.FocalPoint.Client.GetAsync(added.Headers.Location, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await review.FocalPoint.Client.DeleteAsync(added.Headers.Location, Cancel)).StatusCode);
        Assert.Equal([0L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM file_content"));
        Assert.Equal(
            ["file_added", "file_removed"],
            await review.App.Database.AsOwnerAsync<string>("SELECT kind FROM event WHERE kind LIKE 'file_%' ORDER BY sequence"));
    }

    public static TheoryData<string, string?, int, string> Refused => new()
    {
        { "empty.pdf", "application/pdf", 0, "evidence.empty" },
        { "text.pdf", "application/pdf", 5, "evidence.type-mismatch" },
        { "picture.png", "application/pdf", -1, "evidence.type-mismatch" },
        { "program.exe", "application/octet-stream", 5, "evidence.type-not-allowed" },
        { "large.txt", "text/plain", 20_000_001, "evidence.too-large" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task A_file_that_is_not_what_it_says_is_refused_by_field(string name, string? type, int size, string code)
    {
        await using var review = await ReviewUnderWay.StartAsync();
        var before = await review.SequenceAsync();
        var content = size < 0 ? Pdf : Encoding.ASCII.GetBytes(new string('x', size));

        using var response = await AddAsync(review, review.FocalPoint, name, type, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((code, "file"), (problem.Text("code"), problem.Text("field")));
        Assert.Equal(before, await review.SequenceAsync());
        Assert.Equal([0L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM file"));
    }

    [Fact]
    public async Task A_file_needs_an_item_a_label_and_a_form()
    {
        await using var review = await ReviewUnderWay.StartAsync();

        Assert.Equal(("answer.unknown-item", 404), await CodeAsync(await AddAsync(review, review.FocalPoint, "a.pdf", null, Pdf, item: "N-z.z1")));
        Assert.Equal(("answer.unknown-label", 422), await CodeAsync(await AddAsync(review, review.FocalPoint, "a.pdf", null, Pdf, label: "SECRET")));
        Assert.Equal(("evidence.missing", 422), await CodeAsync(await review.FocalPoint.Client.PostAsync(
            $"{review.Api}/evidence", new MultipartFormDataContent { { new StringContent("N-c.c1"), "item" } }, Cancel)));
        Assert.Equal(("evidence.not-multipart", 415), await CodeAsync(
            await review.FocalPoint.Client.PostAsJsonAsync($"{review.Api}/evidence", new { item = "N-c.c1" }, Cancel)));
    }

    [Fact]
    public async Task Files_are_the_States_own_and_a_contributor_adds_under_its_items_only()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var added = await AddAsync(review, review.FocalPoint, "plan.pdf", "application/pdf", Pdf, label: "CLEAR");

        foreach (var person in new[] { review.Contributor, review.Coordinator, review.Outsider })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync(added.Headers.Location, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.DeleteAsync(added.Headers.Location, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(review, person, "a.pdf", null, Pdf)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Created, (await AddAsync(review, review.Contributor, "a.pdf", null, Pdf, item: "N-a.a1")).StatusCode);
    }

    [Fact]
    public async Task Handed_in_files_are_read_by_label_and_changed_by_nobody()
    {
        await using var review = await ReviewUnderWay.StartAsync();
        using var amber = await AddAsync(review, review.FocalPoint, "amber.pdf", "application/pdf", Pdf);
        using var strict = await AddAsync(review, review.FocalPoint, "strict.pdf", "application/pdf", Pdf, label: "AMBER+STRICT");
        using var red = await AddAsync(review, review.FocalPoint, "red.pdf", "application/pdf", Pdf, label: "RED");
        await review.HandInAsync();

        Assert.Equal(HttpStatusCode.OK, (await review.Coordinator.Client.GetAsync(amber.Headers.Location, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await review.Coordinator.Client.GetAsync(strict.Headers.Location, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await review.Coordinator.Client.GetAsync(red.Headers.Location, Cancel)).StatusCode);
        Assert.Equal(("assessment.submitted", 409), await CodeAsync(await AddAsync(review, review.FocalPoint, "a.pdf", null, Pdf)));
        Assert.Equal(("assessment.submitted", 409), await CodeAsync(await review.FocalPoint.Client.DeleteAsync(red.Headers.Location, Cancel)));
        Assert.Equal([3L], await review.App.Database.AsOwnerAsync<long>("SELECT count(*) FROM file_content"));
    }

    private static async Task<(string? Code, int Status)> CodeAsync(HttpResponseMessage response)
    {
        using (response)
            return ((await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).Text("code"), (int)response.StatusCode);
    }

    private static Task<HttpResponseMessage> AddAsync(
        ReviewUnderWay review, TestPerson person, string name, string? type, byte[] content, string item = "N-c.c1", string label = "AMBER")
    {
        var file = new ByteArrayContent(content);
        if (type is not null)
            file.Headers.ContentType = new MediaTypeHeaderValue(type);
        var form = new MultipartFormDataContent
        {
            { new StringContent(item), "item" }, { new StringContent(label), "label" }, { file, "file", name },
        };
        return person.Client.PostAsync($"{review.Api}/evidence", form, Cancel);
    }

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(TestPerson person, string path) =>
        [.. (await person.Client.GetFromJsonAsync<JsonElement>(path, Cancel)).GetProperty("items").EnumerateArray()];
}
