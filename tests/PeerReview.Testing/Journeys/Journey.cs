using System.Text.Json;

namespace PeerReview.Testing.Journeys;

/// <summary>One review from launch to its end as its people do it, over HTTP alone. It goes step by step, so that several can
/// take turns on one ground.</summary>
public abstract class Journey(Ground ground, string state)
{
    /// <summary>Where it takes place.</summary>
    protected Ground Ground { get; } = ground;

    /// <summary>The State reviewed, ISO 3166-1 alpha-3.</summary>
    protected string State { get; } = state;

    /// <summary>The review, once it is launched.</summary>
    public Guid Review { get; private set; }

    /// <summary>Speaks for the State.</summary>
    protected Player Authority { get; private set; } = null!;

    /// <summary>Manages the review for the State.</summary>
    protected Player FocalPoint { get; private set; } = null!;

    /// <summary>Runs the case in the programme's office.</summary>
    protected Player Coordinator { get; private set; } = null!;

    /// <summary>Heads the office.</summary>
    protected Player Head { get; private set; } = null!;

    /// <summary>Goes on to the end; what it yields names the step just done.</summary>
    public abstract IAsyncEnumerable<string> StepsAsync();

    /// <summary>Goes on to the end.</summary>
    public async Task RunAsync()
    {
        await foreach (var step in StepsAsync())
            _ = step;
    }

    /// <summary>The State's mission writes, its authority launches, the office takes the case, and the State appoints its people.</summary>
    /// <param name="notice">The launch notice beyond what every one says.</param>
    protected async IAsyncEnumerable<string> BeginAsync(IReadOnlyDictionary<string, object> notice)
    {
        Coordinator = await Ground.PersonAsync($"Coordinator {State}", "COORD");
        var deputy = await Ground.PersonAsync($"Deputy {State}", "COORD");
        Head = await Ground.PersonAsync($"Head {State}", "COORD_HEAD");
        var programme = $"/programmes/{Ground.Programme}";
        await DoAsync("mission", Coordinator, HttpMethod.Post, $"{programme}/missions", new { state = State, email = Ground.EmailOf($"Mission {State}") });
        await DoAsync("note verbale", Coordinator, HttpMethod.Post, $"{programme}/notes-verbales", new
        {
            state = State,
            number = $"NV/{State}/1",
            dated = await Ground.TodayAsync(),
            signatory = "Permanent Representative",
            authority = new { name = $"Authority {State}", email = Ground.EmailOf($"Authority {State}"), office = "Ministry" },
        });
        Authority = await Ground.KnownAsync($"Authority {State}");
        yield return "registered";

        Review = (await DoAsync("launch", Authority, HttpMethod.Post, "/reviews", new Dictionary<string, object>(notice, StringComparer.Ordinal)
        {
            ["programme"] = Ground.Programme,
            ["subject"] = State,
            ["workingLanguage"] = "en",
            ["items"] = new[] { "N-a.a2", "P-CBM.c4" },
            ["register"] = true,
            ["signature"] = await Ground.SignatureAsync(),
        })).GetProperty("review").GetGuid();
        yield return "launched";

        await CompleteAsync(Coordinator, "acknowledge", new { coordinator = Coordinator.Id, deputy = deputy.Id });
        foreach (var (role, name) in new[] { ("STATE_FP", "Focal point"), ("STATE_ALT", "Alternate") })
        {
            await PostAsync($"nominate {role}", Authority, "/nominations", new
            {
                role,
                name = $"{name} {State}",
                email = Ground.EmailOf($"{name} {State}"),
                office = "Office",
                noteVerbale = new { number = $"NV/{State}/1" },
            });
        }

        FocalPoint = await Ground.KnownAsync($"Focal point {State}");
        yield return "appointed";
    }

    /// <summary>Every item is answered, and both who sign for the State do so.</summary>
    protected async IAsyncEnumerable<string> AssessAsync()
    {
        foreach (var item in await ItemsAsync())
        {
            await DoAsync("answer", FocalPoint, HttpMethod.Put, $"{Path}/answers/{item}", new
            {
                value = "partly_in_place",
                label = "CLEAR",
                rule = "A decree of last year.",
                practice = "Two people work on it.",
                sectors = item[..3] is "N-f" or "N-g" or "N-h" ? new[] { "health" } : [],
            });
        }

        yield return "answered";
        foreach (var person in new[] { FocalPoint, Authority })
            await SignAsync(person, "self_assess", (await ReadAsync(person, "/sign-off")).GetProperty("contentHash").GetString());
        yield return "handed in";
    }

    /// <summary>Progress is told, and both sides close.</summary>
    protected async IAsyncEnumerable<string> CloseAsync()
    {
        foreach (var person in new[] { Authority, Coordinator })
            await CompleteAsync(person, "close", new { text = "Carried over." });
        yield return "closed";
    }

    /// <summary>The review under <c>/api/v1</c>.</summary>
    protected string Path => $"/reviews/{Review}";

    /// <summary>The items in scope.</summary>
    protected async Task<IReadOnlyList<string>> ItemsAsync() =>
    [
        .. (await ReadAsync(FocalPoint, "/answers")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("item").GetString()!),
    ];

    /// <summary>Reads under the review.</summary>
    protected Task<JsonElement> ReadAsync(Player player, string path) => Ground.ReadAsync(player, Path + path);

    /// <summary>Sends to the review.</summary>
    protected Task<JsonElement> PostAsync(string step, Player player, string path, object body) =>
        DoAsync(step, player, HttpMethod.Post, Path + path, body);

    /// <summary>Writes something of the review.</summary>
    protected Task<JsonElement> PutAsync(string step, Player player, string path, object body) =>
        DoAsync(step, player, HttpMethod.Put, Path + path, body);

    /// <summary>Completes a stage, or the person's part in it.</summary>
    protected Task<JsonElement> CompleteAsync(Player player, string stage, object body) =>
        PostAsync($"complete {stage}", player, $"/stages/{stage}/complete", body);

    /// <summary>Completes a stage by signing what stands.</summary>
    protected async Task SignAsync(Player player, string stage, string? hash) =>
        await CompleteAsync(player, stage, new { contentHash = hash, signature = await Ground.SignatureAsync() });

    /// <summary>Asks for more days.</summary>
    protected Task ExtendAsync(Player player, string stage, int days) =>
        PostAsync($"extend {stage}", player, $"/stages/{stage}/extend", new { days, reason = "A flood." });

    private Task<JsonElement> DoAsync(string step, Player player, HttpMethod method, string path, object body) =>
        Ground.DoAsync(step, player, method, path, body);
}
