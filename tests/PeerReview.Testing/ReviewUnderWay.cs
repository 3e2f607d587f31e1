using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core;
using PeerReview.Server.Platform.Reviews;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Testing;

/// <summary>A light review of Kenya, launched over HTTP and brought to its self-assessment without waiting for the pages of
/// other features: acknowledged, with focal point, alternate and one contributor.</summary>
public sealed class ReviewUnderWay : IAsyncDisposable
{
    /// <summary>The items given to the contributor.</summary>
    public static readonly string[] GivenItems = ["N-a.a1", "N-b.b1"];

    private ReviewUnderWay(TestApp app) => App = app;

    public TestApp App { get; }

    public Guid Id { get; private set; }

    public TestPerson Authority { get; private set; } = null!;

    public TestPerson FocalPoint { get; private set; } = null!;

    public TestPerson Alternate { get; private set; } = null!;

    public TestPerson Contributor { get; private set; } = null!;

    public TestPerson Coordinator { get; private set; } = null!;

    public TestPerson Deputy { get; private set; } = null!;

    /// <summary>A State authority of another State, with no part in this review.</summary>
    public TestPerson Outsider { get; private set; } = null!;

    /// <summary>The address of the review in the API.</summary>
    public string Api => $"/api/v1/reviews/{Id}";

    /// <summary>Starts a program of its own and brings the review that far.</summary>
    /// <param name="withContributor">Whether some items are given to a contributor.</param>
    public static async Task<ReviewUnderWay> StartAsync(bool withContributor = true)
    {
        var under = new ReviewUnderWay(await TestApp.StartAsync());
        await under.BeginAsync(withContributor);
        return under;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>Answers every item in scope that is not answered, as the focal point.</summary>
    public async Task AnswerAllAsync()
    {
        foreach (var item in await ItemsAsync())
        {
            using var response = await FocalPoint.Client.PutAsJsonAsync(
                $"{Api}/answers/{item}", new { value = "prefer_not_to_answer", label = "AMBER" });
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>The items in scope without an answer.</summary>
    public async Task<IReadOnlyList<string>> ItemsAsync() =>
    [
        .. (await FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{Api}/answers")).GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("version").GetInt32() == 0).Select(i => i.GetProperty("item").GetString()!),
    ];

    /// <summary>Signs the self-assessment as it stands and hands it in: contributor, focal point, authority.</summary>
    public async Task HandInAsync()
    {
        await AnswerAllAsync();
        if (Contributor is not null)
            (await Contributor.Client.PostAsync($"{Api}/parts/validation", content: null)).EnsureSuccessStatusCode();
        (await SignAsync(FocalPoint)).EnsureSuccessStatusCode();
        (await SignAsync(Authority)).EnsureSuccessStatusCode();
    }

    /// <summary>Signs as one person what stands now.</summary>
    public async Task<HttpResponseMessage> SignAsync(TestPerson person)
    {
        var page = await person.Client.GetFromJsonAsync<JsonElement>($"{Api}/sign-off");
        var signature = LightReview.Signature(App);
        signature["nothingClassified"] = true;
        return await person.Client.PostAsJsonAsync(
            $"{Api}/stages/self_assess/complete",
            new { signature, contentHash = page.GetProperty("contentHash").GetString() });
    }

    /// <summary>Number of events of the review.</summary>
    public async Task<int> SequenceAsync() =>
        (await App.Database.AsOwnerAsync<int>("SELECT sequence FROM review WHERE id = @Id", new { Id })).Single();

    /// <summary>The stages now open.</summary>
    public async Task<IReadOnlyList<string>> OpenStagesAsync() => await App.Database.AsOwnerAsync<string>(
        "SELECT DISTINCT stage FROM deadline WHERE review_id = @Id ORDER BY stage", new { Id });

    /// <summary>The letters of the review in the order they were written, each as <c>name to role code or e-mail</c>.</summary>
    public async Task<IReadOnlyList<string>> LettersAsync() => await App.Database.AsOwnerAsync<string>(
        """
        SELECT split_part(o.key, ':', 1) || ' to ' || p.name
        FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.review_id = @Id ORDER BY o.id
        """,
        new { Id });

    /// <summary>Runs a command as one person, as a feature would.</summary>
    public async Task ActAsync(TestPerson person, Role role, Func<ReviewWork, ReviewChange> change)
    {
        var state = role is Role.Coordinator ? (StateCode?)null : new StateCode("KEN");
        var actor = new Actor(new PersonId(person.Id), [new Grant(role, new ProgrammeId(App.Programme), null, state)]);
        var verdict = await App.App.Services.GetRequiredService<ReviewCommands>().RunAsync(
            new ReviewId(Id), actor, key: null, (work, _) => Task.FromResult<Verdict<ReviewChange>>(change(work)),
            CancellationToken.None);
        if (verdict is Verdict<Receipt>.Refused { Reason: var reason })
            throw new InvalidOperationException($"{reason.Code} {string.Join(", ", reason.Args)}");
    }

    private async Task BeginAsync(bool withContributor)
    {
        Authority = await App.PersonAsync("STATE_AUTH", "KEN", "Authority");
        Coordinator = await App.PersonAsync("COORD", name: "Coordinator");
        Deputy = await App.PersonAsync("COORD", name: "Deputy");
        Outsider = await App.PersonAsync("STATE_AUTH", "NOR", "Outsider");
        FocalPoint = await AccountAsync("Focal");
        Alternate = await AccountAsync("Alternate");
        using var launched = await Authority.Client.PostAsJsonAsync("/api/v1/reviews", LightReview.Notice(App, "KEN"));
        launched.EnsureSuccessStatusCode();
        Id = (await launched.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("review").GetGuid();
        await ActAsync(Coordinator, Role.Coordinator, work => new ReviewChange()
            .Record(new ReviewEvent.CaseAssigned(Coordinator.Id, Deputy.Id, Coordinator.Id))
            .Then(new ProcessCommand.Complete(work.Acting, "acknowledge")));
        var note = Guid.CreateVersion7();
        await ActAsync(Authority, Role.StateAuthority, work => new ReviewChange()
            .Record(new ReviewEvent.PersonAppointed(FocalPoint.Id, RoleCode.FocalPoint, note, [], Authority.Id))
            .Record(new ReviewEvent.PersonAppointed(Alternate.Id, RoleCode.Alternate, note, [], Authority.Id))
            .Then(new ProcessCommand.Complete(work.Acting, "appoint")));
        if (withContributor)
        {
            Contributor = await AccountAsync("Contributor");
            await ActAsync(Authority, Role.StateAuthority, _ => new ReviewChange().Record(new ReviewEvent.PersonAppointed(
                Contributor.Id, RoleCode.Contributor, null, [.. GivenItems], Authority.Id)));
        }
    }

    private async Task<TestPerson> AccountAsync(string name)
    {
        var email = $"{name.ToLowerInvariant()}.{Guid.NewGuid().ToString("N")[..6]}@example.org";
        await App.Database.AsOwnerAsync(
            "INSERT INTO person (id, email, name, office, created_at) VALUES (@Id, @Email, @Name, 'Ministry', app.clock())",
            new { Id = Guid.CreateVersion7(), Email = email, Name = name });
        return await App.PersonByEmailAsync(email);
    }
}
