using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Journey;

/// <summary>A light review from note verbale to closing in Chromium, by keyboard, with axe on every page.</summary>
public abstract class LightJourneyTests(Chromium chromium, int width, string language) : IAsyncLifetime
{
    private const string Rule = "Decree 12 gives the task to the Cyber Unit.";
    private const string Secret = "Two hospitals and a grid operator report by telephone.";
    private const string Addition = "A second office joined in spring.";
    private const string Note = "Which offices take part?";
    private const string Question = "Since when does the second office take part?";
    private const string Reply = "Since the spring of last year.";

    private readonly Look _look = new(width, language);
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);
    private TestApp _app = null!;
    private Manner _manner = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _app.DisposeAsync();
    }

    protected async Task TakeAsync()
    {
        _manner = new Manner(_look, language == "en" ? Wording.English : Wording.Of(_app, language));
        var cora = await _app.PersonAsync("COORD", name: "Cora Coordinator");
        await using var coordinator = await SignInAsync(cora.Email);
        await coordinator.BringInAsync("Dana Deputy", Mailbox.Of("Dana Deputy"));
        await coordinator.RecordNoteVerbaleAsync(Today, "Amina Authority", Mailbox.Of("Amina Authority"));
        await using var authority = await SignInAsync(Mailbox.Of("Amina Authority"));
        await authority.LaunchAsync();
        await coordinator.AcknowledgeAsync("Cora Coordinator", "Dana Deputy");
        await authority.AppointAsync("Faraja Focal", "Ali Alternate");
        await using var focalPoint = await SignInAsync(Mailbox.Of("Faraja Focal"));

        await AssessAsync(focalPoint, authority, coordinator);
        await coordinator.AskAsync("N-a.a1", Question);
        await focalPoint.ReplyAsync(Question, Reply);
        await focalPoint.CommitAsync("Yearly drills with neighbours", Today.AddDays(400));
        await focalPoint.TellPracticeAsync("N-a.a2", "Contacts are called every month.");
        await focalPoint.SummariseAsync("In short: much is done, some is planned.");
        await coordinator.CloseRoundAsync(Reply);
        await authority.DecideAsync("P-STR.st2 –", shown: Rule, hidden: Secret);
        await coordinator.PublishAsync();
        await ReadAsPublicAsync();

        await _app.AdvanceAsync(TimeSpan.FromDays(170));
        await focalPoint.TellProgressAsync("The first drill took place.");
        await authority.CloseAsync("What is left goes into the next review.");
        await coordinator.CloseAsync("Thank you.");
        Assert.Equal(["closed"], await _app.Database.AsOwnerAsync<string>("SELECT status FROM review"));
        await _app.Database.RequireSoundAsync();
    }

    private DateOnly Today => DateOnly.FromDateTime(_app.StartedAt.UtcDateTime);

    private async Task AssessAsync(Participant focalPoint, Participant authority, Participant coordinator)
    {
        await focalPoint.AnswerInFullAsync("N-a.a1", Rule, Today.AddDays(-40));
        await focalPoint.AnswerForSectorsAsync("N-g.g1", Secret);
        await focalPoint.SayNotApplicableAsync("P-REG.r1", "There is no regional organisation for it yet.");
        await focalPoint.DeclineAsync("N-b.b1");
        var review = (await _app.Database.AsOwnerAsync<Guid>("SELECT id FROM review")).Single();
        await Answering.AnswerTheRestAsync(await _app.PersonByEmailAsync(Mailbox.Of("Faraja Focal")), review);
        await focalPoint.SignAsync();
        await authority.HandInAsync();
        await coordinator.SendBackAsync("N-a.a1", Note);
        await focalPoint.CompleteAsync("N-a.a1", Note, Addition);
        await focalPoint.SignAsync();
        await authority.HandInAsync();
        await coordinator.FindCompleteAsync("N-a.a1", Addition);
    }

    private async Task ReadAsPublicAsync()
    {
        await using var visitor = await Participant.ArriveAsync(chromium, _app, _manner, _looked);
        await visitor.GoAsync("/");
        await visitor.FollowAsync("Published reports");
        await visitor.LookAsync("register");
        await visitor.FollowAsync("Read the report Kenya");
        await visitor.LookAsync("report");
        foreach (var shown in new[] { Rule, "Yearly drills with neighbours", "Contacts are called every month.", "In short: much is done" })
            await visitor.ReadsAsync(shown);
        foreach (var hidden in new[] { Secret, Reply, "Faraja" })
            await visitor.DoesNotReadAsync(hidden);
    }

    private async Task<Participant> SignInAsync(string email)
    {
        await _app.Database.AsOwnerAsync("UPDATE person SET language = @Language WHERE email = @email", new { _manner.Look.Language, email });
        var participant = await Participant.ArriveAsync(chromium, _app, _manner, _looked);
        await participant.SignInAsync(_app, email);
        return participant;
    }
}

/// <summary>The journey on a wide screen in English.</summary>
public sealed class LightJourneyInEnglishTests(Chromium chromium) : LightJourneyTests(chromium, 1280, "en")
{
    [Fact]
    public Task A_light_review_goes_from_note_verbale_to_closing_by_keyboard() => TakeAsync();
}

/// <summary>The journey on a telephone in Arabic: from right to left, with every word of another script.</summary>
public sealed class LightJourneyInArabicTests(Chromium chromium) : LightJourneyTests(chromium, 360, "ar")
{
    [Fact]
    public Task A_light_review_goes_from_note_verbale_to_closing_by_keyboard() => TakeAsync();
}
