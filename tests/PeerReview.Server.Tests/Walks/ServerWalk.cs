using System.Net;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Walks;

/// <summary>Walks one review through the API by chance, and looks after every step whether everything still holds.</summary>
internal sealed class ServerWalk(WalkPeople people, int seed)
{
    private static readonly int[] Hours = [1, 24, 24 * 3, 24 * 8, 24 * 20, 24 * 45];

    private readonly Random _chance = new(seed);
    private readonly WalkScene _scene = new(people);
    private readonly List<string> _steps = [];

    /// <summary>The names of the acts done so far.</summary>
    public IReadOnlyList<string> Steps => _steps;

    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await (_chance.Next(10) switch
            {
                0 => AdvanceAsync(),
                1 => RefusedAsync(WrongActs.Any(_chance)),
                2 => ForbiddenAsync(),
                _ => LegalAsync(),
            });
            await SoundAsync();
        }
    }

    private async Task AdvanceAsync()
    {
        var hours = Hours[_chance.Next(Hours.Length)];
        _steps.Add($"{hours} hours pass");
        await people.App.AdvanceAsync(TimeSpan.FromHours(hours));
    }

    private async Task LegalAsync()
    {
        var acts = await (_chance.Next(10) switch
        {
            < 2 => AssessmentActs.OpenAsync(_scene, _chance),
            < 7 => StageActs.OpenAsync(_scene, _chance),
            7 => MoveActs.OpenAsync(_scene, _chance),
            8 => MoveActs.TextsAsync(_scene, _chance),
            _ => AssessmentActs.FillAsync(_scene, _chance),
        });
        if (acts is [{ Name: "answer", Person: "focal" }, _, _, ..] && acts.All(act => act.Name == "answer" && act.Person == "focal"))
        {
            foreach (var act in acts)
                await DoneAsync(act);
            return;
        }

        // What brings the review on is rare among all that may be done; without help a walk would never end.
        var forward = acts.Where(act => act.Name is "validate" || act.Name.StartsWith("sign ", StringComparison.Ordinal)).ToList();
        if (forward.Count > 0 && _chance.Next(3) > 0)
            acts = forward;
        if (acts.Count > 0)
            await DoneAsync(acts[_chance.Next(acts.Count)]);
    }

    /// <summary>Somebody does what they may; sometimes the same request arrives twice, one after the other or both at once.</summary>
    private async Task DoneAsync(WalkAct act)
    {
        _steps.Add(act.ToString());
        var letters = await LettersAsync();
        var key = _chance.Next(3) == 0 ? $"{seed}-{_steps.Count}" : null;
        var twin = key is not null && _chance.Next(2) == 0 ? SendAsync(act, key) : null;
        var (status, text) = await SendAsync(act, key);
        Assert.True((int)status is >= 200 and < 300, Said($"{(int)status} {text}"));
        if (key is not null)
        {
            if (twin is not null)
                Assert.Equal((status, text), await twin);
            var print = await PrintAsync();
            Assert.Equal((status, text), await SendAsync(act, key));
            Assert.Equal(print, await PrintAsync());
        }

        await RememberAsync(act);
        var added = await people.App.Database.AsOwnerAsync<string>(
            "SELECT person_id || ' ' || body FROM outbox WHERE id > @Id", new { Id = letters });
        Assert.True(added.Count == added.Distinct(StringComparer.Ordinal).Count(), Said("Somebody got one letter twice."));
    }

    private async Task RememberAsync(WalkAct act)
    {
        if (act.Name.StartsWith("nominate ", StringComparison.Ordinal))
            await people.ComeAsync(act.Name["nominate ".Length..]);
        if (act.Name == "return")
            _scene.Returns++;
        var party = act.Name is "pause" or "resume-clock" ? JsonSerializer.SerializeToElement(act.Body).Text("party")! : "";
        if (act.Name == "pause")
            _scene.Paused.Add(party);
        if (act.Name == "resume-clock")
            _scene.Paused.Remove(party);
    }

    /// <summary>What is open to somebody is closed to whoever has no right to it.</summary>
    private async Task ForbiddenAsync()
    {
        var acts = await (_chance.Next(4) switch
        {
            0 => AssessmentActs.OpenAsync(_scene, _chance),
            1 => StageActs.OpenAsync(_scene, _chance),
            2 => MoveActs.OpenAsync(_scene, _chance),
            _ => MoveActs.TextsAsync(_scene, _chance),
        });
        if (acts.Count == 0)
            return;
        var act = acts[_chance.Next(acts.Count)];
        foreach (var name in people.Names.Except(act.Rights, StringComparer.Ordinal).ToList())
        {
            var (status, _) = await RefusedAsync(act with { Person = name });
            Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, Said($"{name} got {(int)status}."));
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> RefusedAsync(WalkAct act)
    {
        _steps.Add($"not {act}");
        var before = await PrintAsync();
        var (status, text) = await SendAsync(act, key: null);
        Assert.True((int)status is >= 400 and < 500, Said($"{(int)status} {text}"));
        Assert.True(text.Contains("\"code\":", StringComparison.Ordinal) && text.Contains("\"detail\":", StringComparison.Ordinal), Said(text));
        Assert.True(before == await PrintAsync(), Said("A refusal changed something."));
        return (status, text);
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(WalkAct act, string? key)
    {
        using var answer = await people.SendAsync(act.Person, act.Method, act.Path, act.Body, key);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task SoundAsync()
    {
        try
        {
            await people.App.Database.RequireSoundAsync();
        }
        catch (InvalidOperationException findings)
        {
            Assert.Fail(Said(findings.Message));
        }
    }

    private async Task<long> LettersAsync() =>
        (await people.App.Database.AsOwnerAsync<long>("SELECT coalesce(max(id), 0) FROM outbox")).Single();

    /// <summary>Everything a request could change, in one line.</summary>
    private async Task<string> PrintAsync() => (await people.App.Database.AsOwnerAsync<string>(
        """
        SELECT concat_ws(' ',
            (SELECT md5(string_agg(r::text, '' ORDER BY id)) FROM review r),
            (SELECT count(*) FROM event), (SELECT count(*) FROM outbox),
            (SELECT count(*) FROM writing), (SELECT md5(string_agg(h::text, '' ORDER BY h::text)) FROM writing_head h),
            (SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM task t),
            (SELECT md5(string_agg(d::text, '' ORDER BY d::text)) FROM deadline d),
            (SELECT md5(string_agg(m::text, '' ORDER BY m::text)) FROM reminder m),
            (SELECT md5(string_agg(g::text, '' ORDER BY g::text)) FROM role_grant g),
            (SELECT count(*) FROM person), (SELECT count(*) FROM idempotency), (SELECT count(*) FROM publication))
        """)).Single();

    private string Said(string what) => $"Seed {seed}: {what}\n{string.Join('\n', _steps.TakeLast(12))}";
}
