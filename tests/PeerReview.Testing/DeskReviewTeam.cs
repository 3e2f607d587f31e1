using System.Net.Http.Json;

namespace PeerReview.Testing;

/// <summary>Who comes to review: States of the pool, who speaks for them, their experts.</summary>
public sealed partial class DeskReview
{
    /// <summary>Names the reviewing States with one reserve each.</summary>
    public Task<HttpResponseMessage> NameAsync(string a, string b, string? reserveA = null, string? reserveB = null) =>
        Coordinator.Client.PostAsJsonAsync(
            $"{Api}/stages/draw/complete",
            new
            {
                states = new[]
                {
                    new { slot = "A", state = a, reserves = reserveA is null ? [] : new[] { reserveA } },
                    new { slot = "B", state = b, reserves = reserveB is null ? [] : new[] { reserveB } },
                },
            });

    /// <summary>Names a focal point for a reviewing State and keeps who it is.</summary>
    public async Task<TestPerson> SpeakForAsync(string state)
    {
        var email = $"focal.point.{state.ToLowerInvariant()}@example.org";
        using var named = await Coordinator.Client.PostAsJsonAsync(
            $"{Api}/reviewers/{state}/focal-points",
            new { name = $"Focal point {state}", email, office = "Mission", noteVerbale = new { number = $"POOL-{state}" } });
        named.EnsureSuccessStatusCode();
        return Spokespersons[state] = await App.PersonByEmailAsync(email);
    }

    /// <summary>Invites somebody as the focal point of a reviewing State.</summary>
    public Task<HttpResponseMessage> InviteAsync(string state, string email, bool reserve = false) => Spokespersons[state].Client.PostAsJsonAsync(
        $"{Api}/invitations", new { name = $"Expert {email.Split('@')[0]}", email, office = "Agency", reserve });

    /// <summary>The path of the newest invitation sent to an address.</summary>
    public async Task<string> InvitationOfAsync(string email)
    {
        var letter = (await App.LettersAsync()).Last(letter => letter.Recipient == email && letter.Body.Contains("/invitations/", StringComparison.Ordinal));
        return letter.Body[letter.Body.IndexOf("/invitations/", StringComparison.Ordinal)..].Split('\n')[0].Trim();
    }

    /// <summary>Invites an expert, who accepts.</summary>
    public async Task<TestPerson> JoinAsync(string state, string email)
    {
        using var invited = await InviteAsync(state, email);
        invited.EnsureSuccessStatusCode();
        return await AcceptAsync(email);
    }

    /// <summary>Whoever was invited accepts.</summary>
    public async Task<TestPerson> AcceptAsync(string email)
    {
        var path = await InvitationOfAsync(email);
        using var visitor = await Pages.OfAsync(App, person: null);
        await visitor.ReadAsync(path);
        await visitor.SubmitAsync(path, ("act", "accept"));
        return Experts[email] = await App.PersonByEmailAsync(email);
    }

    /// <summary>Records a State as ready to review.</summary>
    public async Task JoinPoolAsync(string state)
    {
        await App.Database.AsOwnerAsync(
            """
            WITH note AS (
                INSERT INTO note_verbale (id, programme_id, state, number, dated, signatory, recorded_at, recorded_by)
                VALUES (gen_random_uuid(), @Programme, @State, @Number, current_date, 'S. Ignatory', app.clock(), @By) RETURNING id)
            INSERT INTO pool_state (programme_id, state, version, opted_in, note_id, changed_at, changed_by)
            SELECT @Programme, @State, 1, true, note.id, app.clock(), @By FROM note
            """,
            new { App.Programme, State = state, Number = $"POOL-{state}", By = Coordinator.Id });
    }
}
