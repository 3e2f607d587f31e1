using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Selection;

/// <summary>The pool of reviewing States: who is in it, by which note, and what is refused.</summary>
public sealed class PoolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_State_joins_is_put_off_and_leaves_by_note_verbale()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RecordNoteAsync(app, coordinator, "KEN", "NV-1");

        Assert.Equal("pool.note-needed", await CodeAsync(await PutAsync(app, coordinator, "KEN", new { optedIn = true })));
        Assert.Equal("pool.note-unknown", await CodeAsync(await PutAsync(app, coordinator, "KEN", new { optedIn = true, noteVerbale = "NV-9" })));
        Assert.Equal("pool.note-unknown", await CodeAsync(await PutAsync(app, coordinator, "GHA", new { optedIn = true, noteVerbale = "NV-1" })));
        using var joined = await PutAsync(app, coordinator, "KEN", new { optedIn = true, noteVerbale = "NV-1" });
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (joined.StatusCode, joined.Headers.ETag?.Tag));

        var until = $"{app.StartedAt.UtcDateTime.AddDays(200):yyyy-MM-dd}";
        Assert.Equal("writing.stale", await CodeAsync(await PutAsync(app, coordinator, "KEN", new { optedIn = true, deferredUntil = until, conflicts = new[] { "GHA" } })));
        Assert.True((await PutAsync(app, coordinator, "KEN", new { optedIn = true, deferredUntil = until, conflicts = new[] { "GHA" }, version = 1 })).IsSuccessStatusCode);
        // The same again is no change.
        Assert.True((await PutAsync(app, coordinator, "KEN", new { optedIn = true, deferredUntil = until, conflicts = new[] { "GHA" }, version = 1 })).IsSuccessStatusCode);
        Assert.Equal([("KEN", true, 2)], await ListAsync(app, coordinator));
        Assert.True((await PutAsync(app, coordinator, "KEN", new { optedIn = false, noteVerbale = "NV-1", version = 2 })).IsSuccessStatusCode);
        Assert.Equal([("KEN", false, 3)], await ListAsync(app, coordinator));
        Assert.Equal([true], await app.Database.AsOwnerAsync<bool>("SELECT ended_at IS NOT NULL FROM state_conflict"));
    }

    [Fact]
    public async Task Nobody_but_the_coordinators_reads_or_changes_it_and_nonsense_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RecordNoteAsync(app, coordinator, "KEN", "NV-1");
        var authority = await app.PersonAsync("STATE_AUTH", "KEN");

        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(app, authority, "KEN", new { optedIn = true, noteVerbale = "NV-1" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await authority.Client.GetAsync($"/api/v1/programmes/{app.Programme}/pool", Cancel)).StatusCode);
        using var pages = await Pages.OfAsync(app, authority);
        foreach (var path in new[] { "/programme/pool", "/programme/states/KEN/pool" })
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync(path)).Status);
        Assert.Equal("state.unknown", await CodeAsync(await PutAsync(app, coordinator, "XXX", new { optedIn = true })));
        foreach (var (body, code) in new (object, string)[]
        {
            (new { deferredUntil = "2030-01-01" }, "pool.deferral-without-opting-in"),
            (new { optedIn = true, noteVerbale = "NV-1", deferredUntil = "1999-01-01" }, "pool.deferral-out-of-range"),
            (new { conflicts = new[] { "KEN" } }, "pool.conflict-with-itself"),
            (new { conflicts = new[] { "ken" } }, "pool.conflict-unknown"),
        })
        {
            Assert.Equal(code, await CodeAsync(await PutAsync(app, coordinator, "KEN", body)));
        }

        Assert.Empty(await ListAsync(app, coordinator));
    }

    [Fact]
    public async Task The_pages_record_it_and_tell_which_groups_are_thin()
    {
        await using var app = await TestApp.StartAsync();
        var coordinator = await app.PersonAsync("COORD");
        await RecordNoteAsync(app, coordinator, "KEN", "NV-1");
        using var pages = await Pages.OfAsync(app, coordinator);
        const string address = "/programme/states/KEN/pool";

        Assert.Contains("No State is in the pool yet.", (await pages.ReadAsync("/programme/pool")).Html, StringComparison.Ordinal);
        await pages.ReadAsync(address);
        (string, string)[] fields = [("programme", $"{app.Programme}"), ("version", "0"), ("opted_in", "on"), ("conflicts", "GHA")];
        var (refused, form, _) = await pages.SubmitAsync(address, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("href=\"#f-noteVerbale\"", form, StringComparison.Ordinal);
        Assert.Contains("<option value=\"GHA\" selected>Ghana</option>", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await pages.SubmitAsync(address, [.. fields, ("noteVerbale", "NV-1"), ("deferredUntil", "soon")])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await pages.SubmitAsync(address, [.. fields, ("noteVerbale", "NV-1")])).Status);

        var (stale, stands, _) = await pages.SubmitAsync(address, ("programme", $"{app.Programme}"), ("version", "0"), ("opted_in", "on"));
        Assert.Equal(HttpStatusCode.Conflict, stale);
        Assert.Contains("name=\"version\" value=\"1\"", stands, StringComparison.Ordinal);

        var pool = (await pages.ReadAsync("/programme/pool")).Html.ReplaceLineEndings(" ");
        Assert.Matches("Kenya</a></th>\\s*<td>African States</td>\\s*<td>Ready</td>\\s*<td>Ghana</td>", pool);
        Assert.Matches("African States</th>\\s*<td>1</td>\\s*<td>1</td>\\s*<td>Fewer than five", pool);
        Assert.Matches("From its own regional group</h3>\\s*<p>Nobody yet.</p>\\s*<p>In the pool, and barred:</p>\\s*<ul>\\s*<li>Kenya: one of the two declared a conflict</li>", (await pages.ReadAsync("/programme/states/GHA/pool")).Html.ReplaceLineEndings(" "));
        Assert.Matches("From the other groups</h3>\\s*<p>Kenya</p>", (await pages.ReadAsync("/programme/states/FJI/pool")).Html.ReplaceLineEndings(" "));
        Assert.Contains("These declared a conflict with this State: Kenya.", (await pages.ReadAsync("/programme/states/GHA/pool")).Html, StringComparison.Ordinal);
    }

    private static async Task RecordNoteAsync(TestApp app, TestPerson coordinator, string state, string number)
    {
        var programme = $"/api/v1/programmes/{app.Programme}";
        (await coordinator.Client.PostAsJsonAsync($"{programme}/missions", new { state, email = "mission@example.org" }, Cancel)).EnsureSuccessStatusCode();
        (await coordinator.Client.PostAsJsonAsync(
            $"{programme}/notes-verbales",
            new { state, number, dated = $"{app.StartedAt.UtcDateTime:yyyy-MM-dd}", signatory = "H.E. A" }, Cancel)).EnsureSuccessStatusCode();
    }

    private static Task<HttpResponseMessage> PutAsync(TestApp app, TestPerson person, string state, object body) =>
        person.Client.PutAsJsonAsync($"/api/v1/programmes/{app.Programme}/pool/{state}", body, Cancel);

    private static async Task<IEnumerable<(string?, bool, int)>> ListAsync(TestApp app, TestPerson person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>($"/api/v1/programmes/{app.Programme}/pool", Cancel)).GetProperty("items").EnumerateArray()
            .Select(item => (item.Text("state"), item.GetProperty("optedIn").GetBoolean(), item.GetProperty("version").GetInt32()));

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
}
