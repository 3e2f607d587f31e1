using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Programmes;

public sealed class ProgrammeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_verbale_opens_the_account_of_the_State_authority_and_tells_them()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RegisterAsync(app, coordinator);

        var recorded = await RecordAsync(app, coordinator, Note(app));

        Assert.Equal(HttpStatusCode.Created, recorded.StatusCode);
        var authority = await app.PersonByEmailAsync("a.authority@example.org");
        Assert.Equal(
            ["STATE_AUTH KEN NV-1"],
            await app.Database.AsOwnerAsync<string>(
                """
                SELECT g.role || ' ' || g.state || ' ' || n.number FROM role_grant g JOIN note_verbale n ON n.id = g.letter_id
                WHERE g.person_id = @Id AND g.ended_at IS NULL
                """,
                new { authority.Id }));
        Assert.Equal(
            ["account_opened"],
            await app.Database.AsOwnerAsync<string>("SELECT split_part(key, ':', 1) FROM outbox WHERE person_id = @Id", new { authority.Id }));
        var launch = await authority.Client.PostAsJsonAsync("/api/v1/reviews", LightReview.Notice(app, "KEN"), Cancel);
        Assert.Equal(HttpStatusCode.Created, launch.StatusCode);
    }

    [Fact]
    public async Task A_State_without_a_registered_mission_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");

        var recorded = await RecordAsync(app, coordinator, Note(app));

        Assert.Equal(HttpStatusCode.Conflict, recorded.StatusCode);
        Assert.Equal("note.no-mission", await CodeAsync(recorded));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM note_verbale"));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM person WHERE email LIKE 'a.authority%'"));
    }

    [Fact]
    public async Task The_same_number_twice_is_refused_even_at_once()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RegisterAsync(app, coordinator);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RecordAsync(app, coordinator, Note(app))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal([1L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM note_verbale"));
        Assert.Equal([1L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM outbox"));
    }

    public static TheoryData<string, object?, string, string> Wrong => new()
    {
        { "number", "", "note.number", "number" },
        { "number", new string('9', 101), "note.number", "number" },
        { "dated", null, "note.dated", "dated" },
        { "dated", "2999-01-01", "note.dated-out-of-range", "dated" },
        { "signatory", " ", "note.signatory", "signatory" },
        { "state", "XXX", "state.unknown", "state" },
        { "authority", new { name = "A", email = "nobody", office = "" }, "person.email", "authority.email" },
        { "authority", new { name = "", email = "a@example.org", office = "" }, "person.name", "authority.name" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named_and_nothing_is_recorded(string field, object? value, string code, string about)
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RegisterAsync(app, coordinator);
        var note = Note(app);
        note[field] = value;

        var recorded = await RecordAsync(app, coordinator, note);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, recorded.StatusCode);
        var problem = await recorded.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((code, about), (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM note_verbale"));
    }

    [Fact]
    public async Task Only_coordinators_of_the_programme_run_it()
    {
        await using var app = await TestApp.StartAsync();
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        var coordinator = await app.PersonAsync("COORD");
        var path = $"/api/v1/programmes/{app.Programme}/missions";
        var mission = new { state = "KEN", email = "mission@example.org" };

        Assert.Equal(HttpStatusCode.Forbidden, (await authority.Client.PostAsJsonAsync(path, mission, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await authority.Client.GetAsync(path, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Visitor().PostAsJsonAsync(path, mission, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.Client.PostAsJsonAsync(
            $"/api/v1/programmes/{Guid.CreateVersion7()}/missions", mission, Cancel)).StatusCode);
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM mission"));
    }

    [Fact]
    public async Task Nobody_names_themselves()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RegisterAsync(app, coordinator);
        var note = Note(app);
        note["authority"] = new { name = "Me", email = coordinator.Email, office = "" };

        var recorded = await RecordAsync(app, coordinator, note);

        Assert.Equal(HttpStatusCode.Forbidden, recorded.StatusCode);
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM note_verbale"));
    }

    [Fact]
    public async Task The_note_itself_is_kept_and_read_by_coordinators_only()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");
        await RegisterAsync(app, coordinator);
        byte[] pdf = [.. "%PDF-1.7\n"u8, 1, 2, 3];

        var recorded = await SendFileAsync(app, coordinator, pdf, "note.pdf");

        Assert.Equal(HttpStatusCode.Created, recorded.StatusCode);
        var id = (await recorded.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
        var file = $"/api/v1/programmes/{app.Programme}/notes-verbales/{id}/file";
        Assert.Equal(pdf, await coordinator.Client.GetByteArrayAsync(file, Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await authority.Client.GetAsync(file, Cancel)).StatusCode);
        var notes = await coordinator.Client.GetFromJsonAsync<JsonElement>($"/api/v1/programmes/{app.Programme}/notes-verbales", Cancel);
        Assert.True(notes.GetProperty("items")[0].GetProperty("hasFile").GetBoolean());
    }

    [Theory]
    [InlineData("note.pdf", "", "file.empty")]
    [InlineData("note.pdf", "MZ", "file.not-a-page")]
    [InlineData("note.png", "%PDF-1.7", "file.not-a-page")]
    [InlineData("note.exe", "%PDF-1.7", "file.not-a-page")]
    public async Task A_file_of_another_kind_than_it_says_is_refused(string name, string content, string code)
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RegisterAsync(app, coordinator);

        var recorded = await SendFileAsync(app, coordinator, System.Text.Encoding.ASCII.GetBytes(content), name);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, recorded.StatusCode);
        Assert.Equal(code, await CodeAsync(recorded));
        Assert.Equal([0L], await app.Database.AsOwnerAsync<long>("SELECT count(*) FROM file"));
    }

    [Fact]
    public async Task Everybody_may_know_States_processes_and_frameworks()
    {
        await using var app = await TestApp.StartAsync();
        var visitor = app.Visitor();

        var states = await visitor.GetFromJsonAsync<JsonElement>("/api/v1/states", Cancel);
        var processes = await visitor.GetFromJsonAsync<JsonElement>("/api/v1/processes", Cancel);
        var process = await visitor.GetFromJsonAsync<JsonElement>("/api/v1/processes/voluntary-review/1", Cancel);
        var frameworks = await visitor.GetFromJsonAsync<JsonElement>("/api/v1/frameworks", Cancel);

        Assert.Equal(195, states.GetProperty("items").GetArrayLength());
        Assert.Contains(processes.GetProperty("items").EnumerateArray(), p => p.GetProperty("id").GetString() == "voluntary-review");
        Assert.Equal(31, process.GetProperty("stages").GetArrayLength());
        Assert.Equal(77, frameworks.GetProperty("items")[0].GetProperty("items").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/api/v1/processes/voluntary-review/99", Cancel)).StatusCode);
    }

    private static Task<HttpResponseMessage> RegisterAsync(TestApp app, TestPerson coordinator) => coordinator.Client.PostAsJsonAsync(
        $"/api/v1/programmes/{app.Programme}/missions", new { state = "KEN", email = "mission@example.org" }, Cancel);

    private static Task<HttpResponseMessage> RecordAsync(TestApp app, TestPerson coordinator, object note) =>
        coordinator.Client.PostAsJsonAsync($"/api/v1/programmes/{app.Programme}/notes-verbales", note, Cancel);

    private static Dictionary<string, object?> Note(TestApp app) => new(StringComparer.Ordinal)
    {
        ["state"] = "KEN",
        ["number"] = "NV-1",
        ["dated"] = DateOnly.FromDateTime(app.StartedAt.UtcDateTime),
        ["signatory"] = "H.E. A. Ambassador",
        ["authority"] = new { name = "A. Authority", email = "A.Authority@example.org", office = "Permanent Secretary" },
    };

    private static async Task<HttpResponseMessage> SendFileAsync(TestApp app, TestPerson coordinator, byte[] content, string name)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("KEN"), "state" },
            { new StringContent("NV-7"), "number" },
            { new StringContent($"{app.StartedAt.UtcDateTime:yyyy-MM-dd}"), "dated" },
            { new StringContent("H.E. A. Ambassador"), "signatory" },
            { file, "file", name },
        };
        return await coordinator.Client.PostAsync($"/api/v1/programmes/{app.Programme}/notes-verbales", form, Cancel);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
