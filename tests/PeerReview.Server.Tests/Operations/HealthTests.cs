using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PeerReview.Server.Features.Operations;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Telemetry;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Operations;

/// <summary>Operators and load balancers learn how the program is; strangers learn one word.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _app = await StartAsync(_database.Database);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_healthy_node_passes()
    {
        var live = await _http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        var ready = await _http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal("application/health+json", live.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["database pass", "schema pass", "outbox pass"], await ChecksAsync(ready));
        Assert.Equal("no-store", ready.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_stranger_learns_the_status_and_nothing_else()
    {
        using var behindProxy = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        behindProxy.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var metrics = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        metrics.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var otherName = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = "reviews.example" } };

        var answer = await _http.SendAsync(behindProxy, TestContext.Current.CancellationToken);

        Assert.Equal("""{"status":"pass"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, (await _http.SendAsync(metrics, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.SendAsync(otherName, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_missing_step_of_the_schema_fails_and_names_the_remedy()
    {
        await _database.AsOwnerAsync("DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)");

        var ready = await _http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("peerreview migrate", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outbox_that_stands_still_warns()
    {
        await _database.AsOwnerAsync(
            """
            INSERT INTO outbox (topic, key, body, written_at, available_at)
            VALUES ('mail', 'k1', '{}', clock_timestamp() - interval '16 minutes', clock_timestamp() + interval '1 hour')
            """);

        var ready = await _http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(["database pass", "schema pass", "outbox warn"], await ChecksAsync(ready));
    }

    [Fact]
    public async Task Without_a_database_the_node_lives_and_is_not_ready_and_still_shows_metrics()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(_database.Connections.App) { Host = "/nonexistent", Timeout = 1 }.ConnectionString;
        await using var database = Database.Open(new DatabaseConnections(null, nowhere, nowhere));
        await using var app = await StartAsync(database);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var live = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        var ready = await http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(["database fail"], await ChecksAsync(ready));
        Assert.Contains("peerreview_database_up 0\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_tell_of_requests_by_route_and_of_the_outbox()
    {
        await _database.AsOwnerAsync(
            """
            INSERT INTO outbox (topic, key, body, written_at, available_at, given_up_at)
            VALUES ('mail', 'k1', '{}', clock_timestamp(), clock_timestamp(), clock_timestamp())
            """);
        await _http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        await _http.GetAsync("/metrics", TestContext.Current.CancellationToken);

        var metrics = await _http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        var text = await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(OpenMetricsText.MediaType, metrics.Content.Headers.ContentType?.ToString());
        Assert.Contains(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=\"/health/live\",http_response_status_code=\"200\"} 1\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("peerreview_outbox_given_up 1\n", text, StringComparison.Ordinal);
        Assert.Contains("peerreview_database_round_trips_total ", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        OpenMetricsReader.Check(text);
    }

    private static async Task<WebApplication> StartAsync(Database database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.AddTelemetry(LogLevel.Information);
        builder.Services.AddSingleton(database);
        builder.Services.AddOperations();
        var app = builder.Build();
        app.UseTelemetry();
        app.MapOperations();
        await app.StartAsync();
        return app;
    }

    private static async Task<IEnumerable<string>> ChecksAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. body.RootElement.GetProperty("checks").EnumerateArray()
            .Select(check => $"{check.GetProperty("name").GetString()} {check.GetProperty("status").GetString()}")];
    }
}
