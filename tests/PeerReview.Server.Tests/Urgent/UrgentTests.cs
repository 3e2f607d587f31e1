using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Urgent;

public sealed class UrgentTests
{
    private const string Marker = "[what cannot wait]";

    [Fact]
    public async Task A_point_goes_at_once_to_the_circle_and_the_other_side_acknowledges_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);

        var raised = await RaiseAsync(review, review.Coordinator);
        Assert.Equal(HttpStatusCode.Created, raised.StatusCode);
        Assert.Contains("urgent STATE_AUTH", await review.TasksAsync());
        Assert.DoesNotContain("urgent COORD", await review.TasksAsync());
        foreach (var person in new[] { review.Authority, review.Deputy })
            Assert.Single(await review.LettersAsync(person), "urgent_point");
        foreach (var person in new[] { review.Coordinator, review.FocalPoint, review.Alternate, review.Head, review.Other })
            Assert.DoesNotContain("urgent_point", await review.LettersAsync(person));

        var before = await review.SequenceAsync();
        Assert.Equal("urgent-point.own-side", await CodeAsync(await AcknowledgeAsync(review, review.Coordinator)));
        Assert.Equal("urgent-point.own-side", await CodeAsync(await AcknowledgeAsync(review, review.Deputy)));
        Assert.Equal(HttpStatusCode.NotFound, (await AcknowledgeAsync(review, review.FocalPoint)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AcknowledgeAsync(review, review.Head)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AcknowledgeAsync(review, review.Authority, "U-99")).StatusCode);
        Assert.Equal(before, await review.SequenceAsync());

        Assert.Equal(HttpStatusCode.OK, (await AcknowledgeAsync(review, review.Authority)).StatusCode);
        Assert.Equal("urgent-point.acknowledged", await CodeAsync(await AcknowledgeAsync(review, review.Authority)));
        Assert.DoesNotContain(await review.TasksAsync(), task => task.StartsWith("urgent", StringComparison.Ordinal));
        Assert.Single(await review.LettersAsync(review.Coordinator), "urgent_acknowledged");
        Assert.DoesNotContain("urgent_acknowledged", await review.LettersAsync(review.Authority));
        await app.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_focal_point_raises_one_and_sees_it_no_more_either_of_the_circle_answers()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        var address = $"/reviews/{review.Id}/urgent";

        await pages.ReadAsync(address);
        var (wrong, typed, _) = await pages.SubmitAsync(address, ("text", Marker), ("item", "N-z.z9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains(Marker, typed, StringComparison.Ordinal);
        var (status, _, next) = await pages.SubmitAsync(address, ("text", Marker), ("item", "N-a.a2"), ("lenses", "human_rights"));
        Assert.Equal((HttpStatusCode.SeeOther, address), (status, next));

        Assert.DoesNotContain(Marker, (await pages.ReadAsync(address)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await review.FocalPoint.Client.GetAsync($"{review.Api}/urgent", Cancel)).StatusCode);
        Assert.Contains("urgent COORD", await review.TasksAsync());
        Assert.Contains("urgent STATE_AUTH", await review.TasksAsync());

        using var coordinator = await Pages.OfAsync(app, review.Deputy);
        Assert.Contains(Marker, (await coordinator.ReadAsync(address)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await coordinator.SubmitAsync($"{address}/U-01/acknowledge", ("note", "[seen]"))).Status);
        Assert.Contains("[seen]", (await coordinator.ReadAsync(address)).Html, StringComparison.Ordinal);
        Assert.Contains("urgent_acknowledged", await review.LettersAsync(review.FocalPoint));
    }

    [Fact]
    public async Task Outside_the_circle_nothing_tells_of_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.DecidingAsync(app);
        var due = await DueAsync();
        await RaiseAsync(review, review.Authority);

        Assert.Equal(due, await DueAsync());
        Assert.DoesNotContain("urgent", (await app.Database.AsOwnerAsync<string>("SELECT turn FROM review")).Single(), StringComparison.Ordinal);
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT body FROM event WHERE body LIKE '%cannot wait%'"));
        Assert.Empty(await app.Database.AsOwnerAsync<string>("SELECT body FROM outbox WHERE body LIKE '%cannot wait%'"));
        Assert.Equal(
            [review.Coordinator.Id, review.Deputy.Id],
            (await app.Database.AsOwnerAsync<Guid>("SELECT person_id FROM task WHERE stage = 'urgent' ORDER BY 1")).Order());

        async Task<DateTime> DueAsync() => (await app.Database.AsOwnerAsync<DateTime>("SELECT next_due_at FROM review")).Single();
    }

    [Fact]
    public async Task Who_is_not_of_the_circle_reads_and_raises_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await RaiseAsync(review, review.Authority);
        var before = await review.SequenceAsync();

        foreach (var person in new[] { review.Head, review.Other })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{review.Api}/urgent", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await RaiseAsync(review, person)).StatusCode);
            using var pages = await Pages.OfAsync(app, person);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{review.Id}/urgent")).Status);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Visitor().GetAsync($"{review.Api}/urgent", Cancel)).StatusCode);
        Assert.Equal(before, await review.SequenceAsync());
        var list = await review.Coordinator.Client.GetFromJsonAsync<JsonElement>($"{review.Api}/urgent", Cancel);
        Assert.Equal(Marker, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task It_is_raised_while_the_review_rests_and_not_after_it_was_withdrawn()
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/suspend", new { reason = "A test." }, Cancel);
        Assert.Equal(HttpStatusCode.Created, (await RaiseAsync(review, review.Authority)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AcknowledgeAsync(review, review.Coordinator)).StatusCode);
        await review.Authority.Client.PostAsJsonAsync($"{review.Api}/withdraw", new { signature = LightReview.Signature(app) }, Cancel);
        Assert.Equal("review.withdrawn", await CodeAsync(await RaiseAsync(review, review.Authority)));
        Assert.Equal(HttpStatusCode.NotFound, (await review.Coordinator.Client.GetAsync($"{review.Api}/urgent", Cancel)).StatusCode);
        await app.Database.RequireSoundAsync();
    }

    public static TheoryData<object, string> Wrong => new()
    {
        { new { text = " " }, "urgent-point.text" },
        { new { text = "a", item = "N-z.z9" }, "urgent-point.item" },
        { new { text = "a", threatKind = "State X" }, "urgent-point.threat-kind" },
        { new { text = "a", lenses = new string?[] { null } }, "urgent-point.lens-unknown" },
        { new { text = string.Concat(Enumerable.Repeat("word ", 300)) }, "urgent-point.text-too-long" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_point_is_refused_by_name(object body, string code)
    {
        await using var app = await TestApp.StartAsync();
        var review = await ReviewAt.AssessingAsync(app);
        var before = await review.SequenceAsync();

        var answer = await review.Authority.Client.PostAsJsonAsync($"{review.Api}/urgent", body, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, await CodeAsync(answer));
        Assert.Equal(before, await review.SequenceAsync());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> RaiseAsync(ReviewAt review, TestPerson person) =>
        person.Client.PostAsJsonAsync($"{review.Api}/urgent", new { text = Marker, threatKind = "extortion" }, Cancel);

    private static Task<HttpResponseMessage> AcknowledgeAsync(ReviewAt review, TestPerson person, string point = "U-01") =>
        person.Client.PostAsJsonAsync($"{review.Api}/urgent/{point}/acknowledge", new { note = "Thank you." }, Cancel);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
