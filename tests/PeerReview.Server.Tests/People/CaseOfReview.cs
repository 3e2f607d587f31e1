using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.People;

/// <summary>A review of Kenya just launched, with two coordinators, and what its people send.</summary>
internal sealed class CaseOfReview : IAsyncDisposable
{
    private CaseOfReview(TestApp app) => App = app;

    public TestApp App { get; }

    public TestPerson Authority { get; private set; } = null!;

    public TestPerson Coordinator { get; private set; } = null!;

    public TestPerson Deputy { get; private set; } = null!;

    public Guid Id { get; private set; }

    public string Api => $"/api/v1/reviews/{Id}";

    public static async Task<CaseOfReview> StartAsync(string state = "KEN")
    {
        var made = new CaseOfReview(await TestApp.StartAsync());
        made.Authority = await made.App.PersonAsync("STATE_AUTH", state, "Ada Authority");
        made.Coordinator = await made.App.PersonAsync("COORD", name: "Carol Coordinator");
        made.Deputy = await made.App.PersonAsync("COORD", name: "Dan Deputy");
        using var launched = await made.Authority.Client.PostAsJsonAsync("/api/v1/reviews", LightReview.Notice(made.App, state));
        launched.EnsureSuccessStatusCode();
        made.Id = (await launched.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("review").GetGuid();
        return made;
    }

    public Task<HttpResponseMessage> AcknowledgeAsync(TestPerson? by = null, Guid? coordinator = null, Guid? deputy = null) =>
        (by ?? Coordinator).Client.PostAsJsonAsync(
            $"{Api}/stages/acknowledge/complete",
            new { coordinator = coordinator ?? Coordinator.Id, deputy = deputy ?? Deputy.Id });

    public Task<HttpResponseMessage> NominateAsync(
        string role, string email, TestPerson? by = null, string[]? items = null, Guid? replaces = null, object? note = null) =>
        (by ?? Authority).Client.PostAsJsonAsync(
            $"{Api}/nominations",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["role"] = role,
                ["name"] = "Named " + email.Split('@')[0],
                ["email"] = email,
                ["office"] = "Ministry",
                ["items"] = items ?? [],
                ["replaces"] = replaces,
                ["noteVerbale"] = role == "STATE_CONTRIB" ? null : note ?? new { number = "NV-9", dated = Today, signatory = "H.E. A. Ambassador" },
            });

    public async Task<TestPerson> NominatedAsync(string role, string email, string[]? items = null)
    {
        using var answer = await NominateAsync(role, email, items: items);
        answer.EnsureSuccessStatusCode();
        return await App.PersonByEmailAsync(email);
    }

    public Task<HttpResponseMessage> FinishAsync(TestPerson? by = null) =>
        (by ?? Authority).Client.PostAsync($"{Api}/stages/appoint/complete", content: null);

    /// <summary>Who holds which role in the review now.</summary>
    public Task<IReadOnlyList<string>> GrantsAsync() => App.Database.AsOwnerAsync<string>(
        """
        SELECT g.role || ' ' || split_part(p.email, '@', 1) FROM role_grant g JOIN person p ON p.id = g.person_id
        WHERE g.review_id = @Id AND g.ended_at IS NULL AND g.role <> 'COORD' ORDER BY 1
        """,
        new { Id });

    public Task<IReadOnlyList<string>> LettersToAsync(string email) => App.Database.AsOwnerAsync<string>(
        "SELECT split_part(o.key, ':', 1) FROM outbox o JOIN person p ON p.id = o.person_id WHERE p.email = @Email ORDER BY o.id",
        new { Email = email });

    public async Task<int> SequenceAsync() =>
        (await App.Database.AsOwnerAsync<int>("SELECT sequence FROM review WHERE id = @Id", new { Id })).Single();

    public DateOnly Today => DateOnly.FromDateTime(App.StartedAt.UtcDateTime);

    public static async Task<(string? Code, string? Field)> ProblemAsync(HttpResponseMessage answer)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (problem.GetProperty("code").GetString(), problem.TryGetProperty("field", out var field) ? field.GetString() : null);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
