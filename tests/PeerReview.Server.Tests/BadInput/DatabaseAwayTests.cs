using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>A database that goes away while the program runs: everybody is told when to come back, nothing is half done,
/// and it goes on by itself.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unreachable()
    {
        using var wire = new Wire();
        await using var app = await TestApp.StartAsync(wire.Lead);
        await AwayAsync(app, () => Done(wire.Cut), () => Done(wire.Mend));
    }

    [Fact]
    public async Task Out_of_connections()
    {
        await using var app = await TestApp.StartAsync();
        await AwayAsync(
            app,
            () => app.Database.AsOwnerAsync(
                $"ALTER DATABASE {app.Database.Name} CONNECTION LIMIT 0; "
                + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'pr_%'"),
            () => app.Database.AsOwnerAsync($"ALTER DATABASE {app.Database.Name} CONNECTION LIMIT -1"));
    }

    [Fact]
    public async Task Made_read_only()
    {
        await using var app = await TestApp.StartAsync();
        await WritesRefusedAsync(
            app,
            () => app.Database.AsOwnerAsync(
                $"ALTER ROLE pr_app IN DATABASE {app.Database.Name} SET default_transaction_read_only = on; "
                + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'pr_%'"),
            () => app.Database.AsOwnerAsync(
                $"ALTER ROLE pr_app IN DATABASE {app.Database.Name} RESET default_transaction_read_only; "
                + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'pr_%'"));
    }

    [Theory]
    [InlineData("53100")] // disk full
    [InlineData("53200")] // out of memory
    public async Task Full(string state)
    {
        await using var app = await TestApp.StartAsync();
        await WritesRefusedAsync(
            app,
            // As PostgreSQL says it when a file cannot grow: at the last of many rows of one command.
            () => app.Database.AsOwnerAsync(
                $"""
                CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}'; END $$;
                CREATE TRIGGER full_up BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION full_up()
                """),
            () => app.Database.AsOwnerAsync("DROP TRIGGER full_up ON review"));
    }

    private static async Task AwayAsync(TestApp app, Func<Task> goesAway, Func<Task> comesBack)
    {
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await pages.ReadAsync("/account");
        await goesAway();

        using var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/help", Cancel)).StatusCode);
        await AssertAwayAsync(await review.FocalPoint.Client.GetAsync(review.Api, Cancel));
        await AssertAwayAsync(await visitor.GetAsync("/register", Cancel));
        await AssertAwayAsync(await visitor.GetAsync("/health/ready", Cancel), problem: false);
        await WriteAsync(review, pages);

        await comesBack();
        await WorksAsync(review);
    }

    private static async Task WritesRefusedAsync(TestApp app, Func<Task> fills, Func<Task> frees)
    {
        var review = await ReviewAt.AssessingAsync(app);
        using var pages = await Pages.OfAsync(app, review.FocalPoint);
        await pages.ReadAsync("/account");
        var before = await app.Database.HoldingsAsync();
        await fills();

        await WriteAsync(review, pages);
        Assert.Equal(HttpStatusCode.OK, (await review.FocalPoint.Client.GetAsync(review.Api, Cancel)).StatusCode);

        await frees();
        Assert.Equal(before, await app.Database.HoldingsAsync());
        await WorksAsync(review);
    }

    /// <summary>Saves by API and by form: both are told to come back, in their own way.</summary>
    private static async Task WriteAsync(ReviewAt review, Pages pages)
    {
        await AssertAwayAsync(await review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/answers/N-a.a2", new { value = "planned" }, Cancel));
        var (status, html, _) = await pages.SubmitAsync($"/reviews/{review.Id}/assessment/N-a.a2", ("value", "planned"), ("label", "AMBER"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("<h1>Not available for a moment</h1>", html, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("Npgsql|Exception|could not extend|pr_app", html);
    }

    private static async Task WorksAsync(ReviewAt review)
    {
        // Whoever finds the dead connection in the pool is still told to come back; with it the pool is emptied.
        (await review.FocalPoint.Client.GetAsync(review.Api, Cancel)).Dispose();
        using var saved = await review.FocalPoint.Client.PutAsJsonAsync($"{review.Api}/answers/N-a.a2", new { value = "planned" }, Cancel);
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        await review.App.Database.RequireSoundAsync();
    }

    private static async Task AssertAwayAsync(HttpResponseMessage answer, bool problem = true)
    {
        using (answer)
        {
            var said = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.DoesNotMatch("Npgsql|Exception|could not extend|pr_app", said);
            if (!problem)
                return;
            Assert.Equal(TimeSpan.FromSeconds(15), answer.Headers.RetryAfter?.Delta);
            Assert.Equal("request.database-away", JsonDocument.Parse(said).RootElement.Text("code"));
        }
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
