using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Testing;

/// <summary>A review by a process of a programme's own, taken on by what its definition and the API say and nothing else.</summary>
public sealed class OwnProcess : IAsyncDisposable
{
    private readonly Dictionary<string, TestPerson> _people = new(StringComparer.Ordinal);
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-own-").FullName;

    private OwnProcess(TestApp app, string process) => (App, Process) = (app, process);

    public TestApp App { get; }

    /// <summary>The id of the process.</summary>
    public string Process { get; }

    public Guid Id { get; private set; }

    public string Api => $"/api/v1/reviews/{Id}";

    public string Page => $"/reviews/{Id}";

    /// <summary>Stages done, in their order.</summary>
    public IList<string> Done { get; } = [];

    /// <summary>Who holds a role: <c>COORD</c>, <c>REV_FP/GHA</c>, <c>REV_EXPERT/GHA</c>.</summary>
    public TestPerson this[string role] => _people[role];

    /// <summary>The file of a process that comes with the program.</summary>
    public static string FileOf(string process) => Directory.GetFiles(Path.Combine(ProgramFiles.Workflows, "processes"), $"{process}.v?.yaml").Single();

    /// <summary>Publishes a process in the programme of a running program by the command line.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> PublishAsync(TestApp app, string folder, string file, string programme = "test-programme") =>
        RunningProgram.RunAsync(
            folder, ["process", "publish", file, "--programme", programme, "--connection", app.Database.Connections.App], CancellationToken.None);

    /// <summary>Published and launched, with everybody named whom the State and the office name.</summary>
    public static Task<OwnProcess> LaunchedAsync(string process, string variant, params string[] optional) =>
        LaunchedAsync(process, variant, named: true, optional);

    /// <summary>The same, with nobody named yet.</summary>
    public static Task<OwnProcess> LaunchedAloneAsync(string process, string variant) => LaunchedAsync(process, variant, named: false, []);

    private static async Task<OwnProcess> LaunchedAsync(string process, string variant, bool named, string[] optional)
    {
        var own = new OwnProcess(await TestApp.StartAsync(), process);
        var (exit, _, errors) = await PublishAsync(own.App, own._folder, FileOf(process));
        if (exit != 0)
            throw new InvalidOperationException(errors);
        own._people["COORD"] = await own.App.PersonAsync("COORD", name: "Coordinator");
        own._people["COORD_HEAD"] = await own.App.PersonAsync("COORD_HEAD", name: "Head");
        own._people["STATE_AUTH"] = await own.App.PersonAsync("STATE_AUTH", "KEN", "Authority");
        await own.LaunchAsync(variant, optional);
        if (named)
            await own.NamePeopleAsync();
        return own;
    }

    private async Task LaunchAsync(string variant, string[] optional)
    {
        foreach (var state in new[] { "KEN", "GHA", "EST" })
            await NoteAsync(state);
        await App.Database.AsOwnerAsync(
            "INSERT INTO mission (programme_id, state, email, registered_at, registered_by) VALUES (@Programme, 'KEN', 'mission@example.org', app.clock(), @By)",
            new { App.Programme, By = this["COORD"].Id });
        var byOffice = Process == "uncac-like";
        using var answer = await this[byOffice ? "COORD" : "STATE_AUTH"].Client.PostAsJsonAsync("/api/v1/reviews", new
        {
            programme = App.Programme,
            subject = "KEN",
            process = Process,
            variant,
            workingLanguage = "en",
            register = !byOffice,
            optional,
            documents = new Dictionary<string, string>(StringComparer.Ordinal) { [Process switch { "uncac-like" => "pairing_list", "nis2-like" => "offer", _ => "letter" }] = "[launch]" },
            promise = new { },
            reviewers = byOffice ? new[] { "GHA", "EST" } : [],
            states = new[] { "PLACE-FREE", "ASPECT-CHOSEN" },
            signature = LightReview.Signature(App),
        });
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(text);
        Id = JsonDocument.Parse(text).RootElement.GetProperty("review").GetGuid();
    }

    private async Task NamePeopleAsync()
    {
        await NameFocalPointAsync();
        if (Process == "vnr-like")
            await NameAsync("STATE_AUTH", "STATE_CONTRIB", "/nominations", new { role = "STATE_CONTRIB", name = "Ministry", email = "ministry@example.org", office = "Office" }, "ministry@example.org");
        if (Process == "uncac-like")
            await SpeakAsync();
    }

    /// <summary>The authority names the focal point.</summary>
    public async Task NameFocalPointAsync()
    {
        await NameAsync("STATE_AUTH", "STATE_FP", "/nominations", new { role = "STATE_FP", name = "Focal point", email = "focal@example.org", office = "Office", noteVerbale = new { number = "N-KEN" } }, "focal@example.org");
    }

    /// <summary>Names the reviewing States of a process that names them after the launch.</summary>
    public async Task NameStatesAsync()
    {
        await PostAsync("COORD", "/reviewing-states", new { states = new[] { "GHA", "EST" } });
        await SpeakAsync();
    }

    /// <summary>Each reviewing State has an expert, one of whom leads.</summary>
    public async Task FindExpertsAsync()
    {
        foreach (var state in new[] { "GHA", "EST" })
        {
            var email = $"expert.{state}@example.org".ToLowerInvariant();
            _people[$"REV_EXPERT/{state}"] = await AcceptingAsync(state, email, reserve: false);
        }

        using var led = await this["COORD"].Client.PutAsJsonAsync($"{Api}/lead", new { person = this["REV_EXPERT/GHA"].Id });
        led.EnsureSuccessStatusCode();
    }

    /// <summary>Somebody whom a reviewing State invites, and who accepts.</summary>
    public async Task<TestPerson> AcceptingAsync(string state, string email, bool reserve)
    {
        await PostAsync($"REV_FP/{state}", "/invitations", new { name = $"Expert {state}", email, office = "Agency", reserve });
        var letter = (await App.LettersAsync()).Last(one => one.Recipient == email && one.Body.Contains("/invitations/", StringComparison.Ordinal));
        var path = letter.Body[letter.Body.IndexOf("/invitations/", StringComparison.Ordinal)..].Split('\n')[0].Trim();
        using var visitor = await Pages.OfAsync(App, person: null);
        await visitor.ReadAsync(path);
        await visitor.SubmitAsync(path, ("act", "accept"));
        return await App.PersonByEmailAsync(email);
    }

    /// <summary>Goes on stage by stage until one is open, or the review is closed.</summary>
    /// <param name="until">The stage; null goes to the end.</param>
    public async Task RunAsync(string? until = null)
    {
        for (var turn = 0; turn < 400; turn++)
        {
            var review = await this["COORD_HEAD"].Client.GetFromJsonAsync<JsonElement>(Api);
            var waits = review.GetProperty("waits").EnumerateArray().ToList();
            if (review.Text("status") == "closed" || waits.Any(wait => wait.Text("stage") == until))
                return;
            if (!await AnyAsync(waits))
                await App.AdvanceAsync(TimeSpan.FromDays(1));
        }

        throw new InvalidOperationException($"It does not come to {until ?? "its end"}: {string.Join(' ', Done)}");
    }

    /// <summary>Does one part of a stage as somebody.</summary>
    /// <returns>The answer; that the stage has not begun is one too.</returns>
    public async Task<HttpResponseMessage> DoAsync(TestPerson person, string stage)
    {
        var at = await person.Client.GetFromJsonAsync<JsonElement>($"{Api}/stages/{stage}");
        foreach (var document in at.GetProperty("documents").EnumerateArray().Where(d => d.GetProperty("mayWrite").GetBoolean() && d.GetProperty("version").GetInt32() == 0))
        {
            using var saved = await person.Client.PutAsJsonAsync(
                $"{Api}/stages/{stage}/documents/{document.Text("document")}", new { text = $"[{document.Text("document")} of {stage}]", label = "AMBER", version = 0 });
            if (!saved.IsSuccessStatusCode)
                throw new InvalidOperationException($"{stage}: {await saved.Content.ReadAsStringAsync()}");
        }

        at = await person.Client.GetFromJsonAsync<JsonElement>($"{Api}/stages/{stage}");
        return await person.Client.PostAsJsonAsync(
            $"{Api}/stages/{stage}/complete",
            new
            {
                states = at.GetProperty("toState").EnumerateObject().Select(guard => guard.Name),
                conditions = at.GetProperty("toAnswer").EnumerateObject().ToDictionary(c => c.Name, _ => true, StringComparer.Ordinal),
                contentHash = at.Text("contentHash"),
                conduct = at.GetProperty("toSign").GetBoolean(),
                signature = at.GetProperty("toSign").GetBoolean() ? LightReview.Signature(App) : null,
                reason = at.GetProperty("settles").GetBoolean() ? "[answer]" : "",
            });
    }

    private async Task<bool> AnyAsync(List<JsonElement> waits)
    {
        foreach (var wait in waits)
        {
            var (stage, branch) = (wait.Text("stage")!, wait.Text("branch"));
            if (stage == "scope" && !_people.ContainsKey("REV_FP/GHA"))
                await NameStatesAsync();
            if (stage == "designate" && !_people.ContainsKey("REV_EXPERT/GHA"))
                await FindExpertsAsync();
            foreach (var role in wait.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!))
            {
                foreach (var person in Holding(role, branch))
                {
                    using var done = await DoAsync(person, stage);
                    if (done.IsSuccessStatusCode)
                    {
                        Done.Add(stage);
                        return true;
                    }

                    var text = await done.Content.ReadAsStringAsync();
                    if (done.StatusCode != HttpStatusCode.Conflict || !text.Contains("process.", StringComparison.Ordinal))
                        throw new InvalidOperationException($"{stage} as {role}: {text}");
                }
            }
        }

        return false;
    }

    private IEnumerable<TestPerson> Holding(string role, string? branch) => _people
        .Where(p => p.Key == role || (p.Key.StartsWith(role + "/", StringComparison.Ordinal)
            && (branch is null || p.Key.EndsWith(branch, StringComparison.Ordinal) || p.Value.Id.ToString() == branch)))
        .Concat(role == "REV_LEAD" ? _people.Where(p => p.Key == "REV_EXPERT/GHA") : [])
        .Select(p => p.Value);

    /// <summary>The office names who speaks for each reviewing State.</summary>
    public async Task SpeakAsync()
    {
        foreach (var state in new[] { "GHA", "EST" })
        {
            var email = $"speaker.{state}@example.org".ToLowerInvariant();
            await NameAsync(
                "COORD", $"REV_FP/{state}", $"/reviewers/{state}/focal-points",
                new { name = $"Speaker {state}", email, office = "Mission", noteVerbale = new { number = $"N-{state}" } }, email);
        }
    }

    private async Task NameAsync(string by, string role, string path, object body, string email)
    {
        await PostAsync(by, path, body);
        _people[role] = await App.PersonByEmailAsync(email);
    }

    private async Task PostAsync(string by, string path, object body)
    {
        using var answer = await this[by].Client.PostAsJsonAsync(Api + path, body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private Task NoteAsync(string state) => App.Database.AsOwnerAsync(
        """
        INSERT INTO note_verbale (id, programme_id, state, number, dated, signatory, recorded_at, recorded_by)
        VALUES (@Id, @Programme, @State, @Number, app.clock()::date, 'A. Signatory', app.clock(), @By)
        """,
        new { Id = Guid.CreateVersion7(), App.Programme, State = state, Number = $"N-{state}", By = this["COORD"].Id });

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
