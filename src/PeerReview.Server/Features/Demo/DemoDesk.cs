using System.Text.Json;

namespace PeerReview.Server.Features.Demo;

/// <summary>A reviewing State of the demonstration.</summary>
/// <param name="Slot">Its place.</param>
internal sealed record DemoReviewer(string State, string Name, string Slot);

/// <summary>One desk or full review of the demonstration, taken to a stage, each step by the person whose turn it is.</summary>
internal sealed class DemoDesk(
    DemoStage stage, string state, string country, DemoReviewer first, DemoReviewer second, string until, string variant = "desk")
{
    /// <summary>The stage each step opens, the days that pass before it, and the step.</summary>
    private static readonly (string Opens, int Days, Func<DemoDesk, CancellationToken, Task> Step)[] Steps =
    [
        ("acknowledge", 0, (desk, cancel) => desk._subject.LaunchAsync(cancel)),
        ("draw", 2, (desk, cancel) => desk._subject.AppointAsync(cancel)),
        ("nominate", 4, (desk, cancel) => desk.NameAsync(cancel)),
        ("desk_review", 1, (desk, cancel) => desk.OpenAsync(cancel)),
        ("state_reply", 3, (desk, cancel) => desk.CommentAsync(cancel)),
        ("draft", 2, (desk, cancel) => desk.ReplyAsync(cancel)),
        ("agree", 2, (desk, cancel) => desk.DraftAsync(cancel)),
        ("rec_response", 1, (desk, cancel) => desk.AgreeAsync(cancel)),
    ];

    /// <summary>The stage of a review whose State answers in French, while its experts work in English.</summary>
    public const string Translating = "translate";

    private static readonly string[] FirstOffered = ["T-01"];

    private readonly DemoReview _subject = new(stage, state, country, variant, language: until == Translating ? "fr" : "en");
    private readonly List<DemoClient> _spokespersons = [];
    private readonly List<DemoClient> _experts = [];

    /// <summary>Promised at the launch.</summary>
    public static object Choices => new { report = "full", summary = "full", recommendations = "full", action_plan = "summary" };

    private string Path => _subject.Path;

    /// <summary>How many steps were played.</summary>
    private int _played;

    private bool IsFull => variant == "full";

    /// <summary>The step it ends with. Where a desk review begins its draft, a full one has its dialogue; and where experts comment, others
    /// wait for translations.</summary>
    private int Last => Array.FindIndex(Steps, step => step.Opens == until switch { "dialogue" => "draft", Translating => "desk_review", _ => until });

    private DemoClient Lead => _experts[0];

    /// <summary>Plays several side by side, as they would run: so days pass once for all of them, and none is late in the end.</summary>
    public static async Task PlayAsync(DemoStage stage, IReadOnlyList<DemoDesk> desks, CancellationToken cancel)
    {
        for (var at = 0; at < Steps.Length; at++)
        {
            await stage.PassAsync(Steps[at].Days, cancel);
            foreach (var desk in desks.Where(desk => desk.Last >= at && desk._played <= at))
                await Steps[at].Step(desk, cancel);
        }

        await stage.PassAsync(1, cancel);
    }

    /// <summary>Launched and acknowledged some days before the others: a window for stakeholders has to run for a while.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        for (; Steps[_played].Opens != "nominate"; _played++)
            await Steps[_played].Step(this, cancel);
    }

    /// <summary>The reviewing States are named, each with somebody who speaks for it; the subject asks for no other.</summary>
    private async Task NameAsync(CancellationToken cancel)
    {
        await stage.Staff.Client.PostAsync(
            $"{Path}/stages/draw/complete",
            new { states = new[] { first, second }.Select(one => new { slot = one.Slot, state = one.State, reserves = Array.Empty<string>() }) },
            cancel);
        foreach (var one in new[] { first, second })
        {
            var name = $"{one.Name} Speaker for {country}";
            await stage.Staff.Client.PostAsync(
                $"{Path}/reviewers/{one.State}/focal-points",
                new { name, email = DemoPeople.AddressOf(name), office = "Permanent Mission", noteVerbale = new { number = $"POOL/{one.State}" } },
                cancel);
            _spokespersons.Add(await stage.EnterAsync(country, name, "REV_FP", cancel));
        }

        await _subject.FocalPoint.PostAsync($"{Path}/stages/redraw_window/waive", new { }, cancel);
    }

    /// <summary>Experts accept and declare, the minutes are agreed, the self-assessment is handed in and complete; the lead begins, or the
    /// coordinator with a translation.</summary>
    private async Task OpenAsync(CancellationToken cancel)
    {
        foreach (var (by, one) in _spokespersons.Zip([first, second]))
        {
            var name = $"{one.Name} Expert for {country}";
            var invited = await by.PostAsync(
                $"{Path}/invitations", new { name, email = DemoPeople.AddressOf(name), office = "National Cyber Security Agency", reserve = false }, cancel);
            var expert = await stage.EnterAsync(country, name, one == first ? "REV_LEAD" : "REV_EXPERT", cancel);
            await expert.PostAsync($"invitations/{invited.GetProperty("key").GetString()}/answer", new { accepts = true }, cancel);
            _experts.Add(expert);
            if (one == first)
                await by.PutAsync($"{Path}/lead", new { person = expert.Person.Id }, cancel);
        }

        foreach (var by in _spokespersons)
            await by.PostAsync($"{Path}/stages/nominate/complete", new { }, cancel);
        foreach (var expert in _experts)
        {
            await expert.PostAsync(
                $"{Path}/declarations",
                new { ties = Array.Empty<string>(), details = "", conduct = true, signature = await _subject.SignatureAsync(expert.Person.Name, cancel) },
                cancel);
        }

        await _subject.FocalPoint.PostAsync($"{Path}/stages/objection/waive", new { }, cancel);
        await stage.Staff.Client.PutAsync($"{Path}/minutes", new { language = "en", channel = "By the pages of this review; calls on Tuesdays at 12:00 UTC.", version = 0 }, cancel);
        await EverybodyAsync([.. _spokespersons, _subject.FocalPoint, stage.Staff.Client], "minutes", "opening", cancel);
        await _subject.AnswerAsync(int.MaxValue, cancel);
        await _subject.SignAsync(cancel);
        await stage.Staff.Client.PostAsync($"{Path}/stages/complete/complete", new { }, cancel);
        if (until == Translating)
        {
            var item = (await ItemsAsync(cancel))[0];
            await stage.Staff.Client.PutAsync($"{Path}/translations/{item}", DemoAnswers.InEnglish(item), cancel);
            return;
        }

        await WriteCommentsAsync(Lead, DemoComments.First, cancel);
    }

    /// <summary>Both hand in, the lead consolidates: the State has questions.</summary>
    private async Task CommentAsync(CancellationToken cancel)
    {
        await WriteCommentsAsync(_experts[1], DemoComments.Second, cancel);
        foreach (var expert in _experts)
        {
            var written = (expert == Lead ? DemoComments.First : DemoComments.Second).Select(c => c.Item).ToHashSet(StringComparer.Ordinal);
            foreach (var item in (await ItemsAsync(cancel)).Where(item => !written.Contains(item)))
                await expert.PostAsync($"{Path}/comments", new { item, kind = "no_comment", text = "", answerVersion = 1 }, cancel);
            await expert.PostAsync($"{Path}/stages/desk_review/complete", new { }, cancel);
        }

        // A full review hears stakeholders; here the window ends without any.
        if (IsFull)
            await stage.Staff.Client.PostAsync($"{Path}/stages/stake_call/complete", new { }, cancel);
        var comments = (await Lead.GetAsync($"{Path}/consolidation", cancel)).GetProperty("comments").EnumerateArray().ToList();
        var questions = comments.Where(c => Text(c, "kind") == "question").Select((c, at) => (Id: $"Q-{at + 1:00}", Comment: c)).ToList();
        await Lead.PutAsync(
            $"{Path}/consolidation",
            new
            {
                questions = questions.Select(q => new { id = q.Id, item = Text(q.Comment, "item"), text = Text(q.Comment, "text") }),
                placements = comments.Select(c => new
                {
                    comment = c.GetProperty("id").GetGuid(),
                    to = questions.FirstOrDefault(q => Text(q.Comment, "id") == Text(c, "id")).Id ?? "report",
                }),
                version = 0,
            },
            cancel);
        await Lead.PostAsync($"{Path}/stages/consolidate/complete", new { }, cancel);
    }

    /// <summary>The State replies. In a full review it declines one question, and both sides prepare their dialogue; else the experts begin
    /// with the material.</summary>
    private async Task ReplyAsync(CancellationToken cancel)
    {
        var questions = (await _subject.FocalPoint.GetAsync($"{Path}/questions", cancel)).GetProperty("items").EnumerateArray().Select(q => Text(q, "key")).ToList();
        foreach (var question in questions)
        {
            var declines = IsFull && question == questions[^1];
            await _subject.FocalPoint.PutAsync(
                $"{Path}/replies/{question}", new { text = declines ? "" : DemoComments.Reply, declines, version = 0 }, cancel);
        }

        await _subject.FocalPoint.PostAsync($"{Path}/stages/state_reply/complete", new { }, cancel);
        if (IsFull)
        {
            await PrepareDialogueAsync(cancel);
            return;
        }

        await Lead.PostAsync($"{Path}/report/build", new { }, cancel);
        await Lead.PostAsync(
            $"{Path}/recommendations",
            new
            {
                content = new
                {
                    measure = DemoComments.Recommendation(await stage.DayAsync(700, cancel)),
                    comments = (await Lead.GetAsync($"{Path}/consolidation", cancel)).GetProperty("comments").EnumerateArray()
                        .Where(comment => Text(comment, "kind") == "recommendation").Select(comment => comment.GetProperty("id").GetGuid()).ToArray(),
                },
            },
            cancel);
    }

    /// <summary>Times are offered, and the State says which suits; it adds a point of its own.</summary>
    private async Task PrepareDialogueAsync(CancellationToken cancel)
    {
        var slots = new List<object>();
        foreach (var (ahead, time) in new[] { (9, "13:00"), (11, "07:30") })
            slots.Add(new { day = await stage.DayAsync(ahead, cancel), time, zone = "UTC", minutes = 90 });
        await stage.Staff.Client.PostAsync($"{Path}/dialogue/slots", new { slots }, cancel);
        await _subject.FocalPoint.PutAsync($"{Path}/dialogue/availability", new { suits = FirstOffered, version = 0 }, cancel);
        await _subject.FocalPoint.PostAsync($"{Path}/dialogue/points", new { text = DemoComments.Point }, cancel);
    }

    /// <summary>The draft is checked by the State, with one remark; one party has confirmed it.</summary>
    private async Task DraftAsync(CancellationToken cancel)
    {
        await Lead.PutAsync($"{Path}/report/sections/summary", new { text = DemoComments.Summary, version = 0 }, cancel);
        await Lead.PostAsync($"{Path}/stages/draft/complete", new { }, cancel);
        await _subject.FocalPoint.PostAsync($"{Path}/report/comments", new { about = "summary", text = DemoComments.Remark, version = 0 }, cancel);
        await _subject.FocalPoint.PostAsync($"{Path}/stages/fact_check/complete", new { }, cancel);
        await EverybodyAsync([_spokespersons[0]], "report", "agree", cancel);
    }

    /// <summary>All agree.</summary>
    private Task AgreeAsync(CancellationToken cancel) =>
        EverybodyAsync([_spokespersons[1], stage.Staff.Head, _subject.Authority], "report", "agree", cancel);

    private async Task EverybodyAsync(IEnumerable<DemoClient> people, string text, string name, CancellationToken cancel)
    {
        foreach (var person in people)
        {
            var hash = Text(await person.GetAsync($"{Path}/{text}", cancel), "contentHash");
            await person.PostAsync(
                $"{Path}/stages/{name}/complete",
                new { contentHash = hash, signature = await _subject.SignatureAsync(person.Person.Name, cancel) },
                cancel);
        }
    }

    private async Task WriteCommentsAsync(DemoClient expert, IEnumerable<DemoComment> comments, CancellationToken cancel)
    {
        foreach (var (item, kind, text) in comments)
            await expert.PostAsync($"{Path}/comments", new { item, kind, text, answerVersion = 1 }, cancel);
    }

    private async Task<IReadOnlyList<string>> ItemsAsync(CancellationToken cancel) =>
        [.. (await _subject.FocalPoint.GetAsync($"{Path}/answers", cancel)).GetProperty("items").EnumerateArray().Select(item => Text(item, "item"))];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
