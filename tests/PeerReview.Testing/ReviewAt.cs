using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Testing;

/// <summary>A light review taken to a stage by the shortest way: the same path every command takes, without the pages and
/// routes of the features before it. For tests of what comes later.</summary>
public sealed class ReviewAt
{
    private ReviewAt(TestApp app) => App = app;

    public TestApp App { get; }

    public Guid Id { get; private set; }

    public ReviewId Review => new(Id);

    public required TestPerson Authority { get; init; }

    public required TestPerson FocalPoint { get; init; }

    public required TestPerson Alternate { get; init; }

    public required TestPerson Coordinator { get; init; }

    public required TestPerson Deputy { get; init; }

    public required TestPerson Head { get; init; }

    /// <summary>Speaks for a State that has nothing to do with it.</summary>
    public required TestPerson Other { get; init; }

    /// <summary>The address of the review under the API.</summary>
    public string Api => $"/api/v1/reviews/{Id}";

    /// <summary>The day the test began, by UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(App.StartedAt.UtcDateTime);

    /// <summary>Just launched.</summary>
    /// <param name="change">Changes the launch notice.</param>
    public static async Task<ReviewAt> LaunchAsync(TestApp app, string state = "KEN", Action<IDictionary<string, object>>? change = null)
    {
        var review = new ReviewAt(app)
        {
            Authority = await app.PersonAsync("STATE_AUTH", state, "Authority"),
            FocalPoint = await PersonAsync(app, "Focal point"),
            Alternate = await PersonAsync(app, "Alternate"),
            Coordinator = await app.PersonAsync("COORD", name: "Coordinator"),
            Deputy = await app.PersonAsync("COORD", name: "Deputy"),
            Head = await app.PersonAsync("COORD_HEAD", name: "Head"),
            Other = await app.PersonAsync("STATE_AUTH", "NOR", "Other State"),
        };
        var notice = LightReview.Notice(app, state);
        change?.Invoke(notice);
        var answer = await review.Authority.Client.PostAsJsonAsync("/api/v1/reviews", notice);
        answer.EnsureSuccessStatusCode();
        review.Id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("review").GetGuid();
        return review;
    }

    /// <summary>With coordinator, focal point and alternate; the self-assessment is open.</summary>
    public static async Task<ReviewAt> AssessingAsync(TestApp app, string state = "KEN", Action<IDictionary<string, object>>? change = null)
    {
        var review = await LaunchAsync(app, state, change);
        await review.RunAsync(review.Coordinator, work => new ReviewChange()
            .Record(new ReviewEvent.CaseAssigned(review.Coordinator.Id, review.Deputy.Id, work.Person.Value))
            .Then(new ProcessCommand.Complete(work.Acting, "acknowledge")));
        await review.RunAsync(review.Authority, work => new ReviewChange()
            .Record(new ReviewEvent.PersonAppointed(review.FocalPoint.Id, RoleCode.FocalPoint, Guid.NewGuid(), [], work.Person.Value))
            .Record(new ReviewEvent.PersonAppointed(review.Alternate.Id, RoleCode.Alternate, Guid.NewGuid(), [], work.Person.Value))
            .Then(new ProcessCommand.Complete(work.Acting, "appoint")));
        return review;
    }

    /// <summary>With every item answered and signed, found complete and clarified: the State decides what becomes public.</summary>
    /// <param name="label">The label of an answer by its item.</param>
    public static async Task<ReviewAt> DecidingAsync(
        TestApp app, string state = "KEN", Action<IDictionary<string, object>>? change = null, Func<string, SharingLabel>? label = null)
    {
        var review = await AssessingAsync(app, state, change);
        await review.SubmitAsync(label ?? (_ => SharingLabel.Clear));
        await review.ClarifyAsync();
        return review;
    }

    /// <summary>Answers every item and signs it for focal point and State.</summary>
    public async Task SubmitAsync(Func<string, SharingLabel> label)
    {
        await AnswerAsync(label, await UnansweredAsync());
        await RunAsync(FocalPoint, async work => new ReviewChange()
            .Sign(SignedAct.SelfAssessment, RoleCode.FocalPoint, AssessmentHash.Of(await work.MaterialAsync(default), work.Review.Dossier), Signed(nothing: true), work, "en")
            .Then(new ProcessCommand.Complete(work.Acting, "self_assess")));
        await RunAsync(Authority, async work => new ReviewChange()
            .Sign(SignedAct.SelfAssessment, RoleCode.Authority, AssessmentHash.Of(await work.MaterialAsync(default), work.Review.Dossier), Signed(nothing: true), work, "en")
            .Then(new ProcessCommand.Complete(work.Acting, "self_assess")));
    }

    /// <summary>Answers some items.</summary>
    public Task AnswerAsync(Func<string, SharingLabel> label, params IReadOnlyCollection<string> items) =>
        RunAsync(FocalPoint, _ => items.Aggregate(new ReviewChange(), (change, item) =>
            change.Write(WritingKind.Answer, item, 0, Contents.Write(AnswerTo(item, label(item))), label(item).Code(), "en")));

    /// <summary>The items in scope that nobody answered.</summary>
    private async Task<IReadOnlyList<string>> UnansweredAsync() => await App.Database.AsOwnerAsync<string>(
        """
        SELECT i.item FROM review r, jsonb_array_elements_text(r.dossier::jsonb -> 'items') WITH ORDINALITY AS i (item, at)
        WHERE r.id = @Id AND NOT EXISTS (SELECT FROM writing_head h WHERE h.review_id = r.id AND h.kind = 'answer' AND h.key = i.item)
        ORDER BY i.at
        """,
        new { Id });

    /// <summary>Finds it complete, asks one question about the first item and one about none, both replied to.</summary>
    public async Task ClarifyAsync()
    {
        await RunAsync(Coordinator, work => new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, "complete")));
        await RunAsync(Coordinator, work => new ReviewChange()
            .Write(WritingKind.Question, "q1", 0, Contents.Write(new QuestionContent(work.Review.Dossier.Items[0], "[question 1]")), "CLEAR", "en")
            .Write(WritingKind.Question, "q2", 0, Contents.Write(new QuestionContent(null, "[question 2]")), "AMBER", "en"));
        await RunAsync(FocalPoint, _ => new ReviewChange()
            .Write(WritingKind.Reply, "q1", 0, Contents.Write(new ReplyContent("[reply 1]", false)), "CLEAR", "en")
            .Write(WritingKind.Reply, "q2", 0, Contents.Write(new ReplyContent("[reply 2]", false)), "AMBER", "en"));
        await RunAsync(Coordinator, work => new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, "clarify")));
    }

    /// <summary>Runs a command for somebody; a refusal throws.</summary>
    public Task RunAsync(TestPerson person, Func<ReviewWork, ReviewChange> decide) =>
        RunAsync(person, work => Task.FromResult(decide(work)));

    /// <inheritdoc cref="RunAsync(TestPerson, Func{ReviewWork, ReviewChange})"/>
    public async Task RunAsync(TestPerson person, Func<ReviewWork, Task<ReviewChange>> decide)
    {
        var commands = App.NextServices().GetRequiredService<ReviewCommands>();
        var actor = new Actor(new PersonId(person.Id), [new Grant(Core.Access.Role.Observer, new ProgrammeId(App.Programme))]);
        var verdict = await commands.RunAsync(Review, actor, null, async (work, _) => await decide(work), default);
        if (verdict is Verdict<Receipt>.Refused refused)
            throw new InvalidOperationException($"Refused: {refused.Reason}");
    }

    /// <summary>How many events the review has: the same after every refusal.</summary>
    public async Task<int> SequenceAsync() =>
        (await App.Database.AsOwnerAsync<int>("SELECT sequence FROM review WHERE id = @Id", new { Id })).Single();

    /// <summary>Stages somebody has to act on, each with the roles, sorted.</summary>
    public async Task<string[]> TasksAsync() =>
        [.. await App.Database.AsOwnerAsync<string>(
            "SELECT DISTINCT stage || ' ' || role FROM task WHERE review_id = @Id ORDER BY 1", new { Id })];

    /// <summary>Letters so far about this review to one person, sorted.</summary>
    public async Task<string[]> LettersAsync(TestPerson person) =>
        [.. await App.Database.AsOwnerAsync<string>(
            "SELECT split_part(key, ':', 1) FROM outbox WHERE review_id = @Id AND person_id = @Person ORDER BY 1",
            new { Id, Person = person.Id })];

    /// <summary>The text of an answer, recognisable wherever it turns up.</summary>
    public static string MarkerOf(string item) => $"[rule of {item}]";

    private static Answer AnswerTo(string item, SharingLabel label) => new(item, AnswerValue.InPlace, label, "en")
    {
        Rule = MarkerOf(item),
        Practice = $"[practice of {item}]",
        Evidence = $"[evidence of {item}]",
    };

    private SignatureRequest Signed(bool nothing = false) =>
        new("A. Signatory", "Director", DateOnly.FromDateTime(App.StartedAt.UtcDateTime), null, nothing);

    private static async Task<TestPerson> PersonAsync(TestApp app, string name)
    {
        var id = Guid.CreateVersion7();
        var email = $"{name.Replace(' ', '.').ToLowerInvariant()}.{id.ToString("N")[^6..]}@example.org";
        await app.Database.AsOwnerAsync(
            "INSERT INTO person (id, email, name, office, created_at) VALUES (@Id, @Email, @Name, 'Office of tests', app.clock())",
            new { Id = id, Email = email, Name = name });
        return await app.PersonByEmailAsync(email);
    }
}
