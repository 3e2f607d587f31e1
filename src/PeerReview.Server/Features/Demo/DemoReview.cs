using System.Text.Json;

namespace PeerReview.Server.Features.Demo;

/// <summary>One review of the demonstration, step by step, each by the person whose turn it is: what every review begins with, and
/// a light one to its end.</summary>
internal sealed class DemoReview(DemoStage stage, string state, string country, string variant = "light", string[]? participants = null, string language = "en", string? theme = null)
{
    private const string ContributorItem = "N-k.k1";

    private string _review = "";
    private DemoClient? _authority;
    private DemoClient? _focalPoint;

    private DemoStaff Staff => stage.Staff;

    /// <summary>Its address under the API.</summary>
    public string Path => $"reviews/{_review}";

    /// <summary>A full review is about every item unless the State chooses: here few, so that the demonstration is quick.</summary>
    private static readonly string[] Chosen = ["N-a.a2"];

    public DemoClient Authority => _authority ?? throw new InvalidOperationException("The authority comes first.");

    public DemoClient FocalPoint => _focalPoint ?? throw new InvalidOperationException("The focal point comes first.");

    /// <summary>The mission is registered, its note verbale names the authority, and the authority signs the launch.</summary>
    public async Task LaunchAsync(CancellationToken cancel)
    {
        var name = $"{country} Authority";
        await Staff.Client.PostAsync(
            $"programmes/{stage.Programme}/missions", new { state, email = $"mission.{state.ToLowerInvariant()}@example.org" }, cancel);
        await Staff.Client.PostAsync(
            $"programmes/{stage.Programme}/notes-verbales",
            new
            {
                state,
                number = Note,
                dated = await stage.TodayAsync(cancel),
                signatory = "Permanent Representative",
                authority = new { name, email = DemoPeople.AddressOf(name), office = "Ministry of Foreign Affairs" },
            },
            cancel);
        _authority = await stage.EnterAsync(country, name, "STATE_AUTH", cancel);
        var receipt = await Authority.PostAsync(
            "reviews",
            new
            {
                programme = stage.Programme.Value,
                subject = state,
                variant,
                subjectKind = participants is null ? "national" : "subregional",
                participants = participants ?? [],
                items = variant == "full" ? Chosen : [],
                theme,
                workingLanguage = language,
                promise = variant == "light" ? Choices : DemoDesk.Choices,
                register = true,
                signature = await SignatureAsync(name, cancel),
            },
            cancel);
        _review = receipt.GetProperty("review").GetString()!;
    }

    /// <summary>Until some of the answers are written.</summary>
    public async Task ToHalfWrittenAsync(CancellationToken cancel)
    {
        await StartAsync(cancel);
        await AnswerAsync(9, cancel);
    }

    /// <summary>Until the coordinator has asked and the State has yet to reply.</summary>
    public async Task ToQuestionsAsync(CancellationToken cancel)
    {
        await StartAsync(cancel);
        await AnswerAsync(int.MaxValue, cancel);
        await stage.PassAsync(20, cancel);
        await SignAsync(cancel);
        await Staff.Client.PostAsync($"{Path}/stages/complete/complete", new { }, cancel);
        await stage.PassAsync(2, cancel);
        await Staff.Client.PostAsync(
            $"{Path}/questions", new { item = "N-g.g1", text = "When was the last exercise of the sector, and what changed after it?" }, cancel);
    }

    /// <summary>Until the participating States are asked about the common part: the first has signed a sheet and endorses.</summary>
    /// <param name="names">Of the participating States, in their order.</param>
    public async Task ToEndorsementAsync(string[] names, CancellationToken cancel)
    {
        await LaunchAsync(cancel);
        await AppointAsync(cancel);
        await AnswerAsync(int.MaxValue, cancel);
        DemoClient? first = null;
        foreach (var (code, name) in participants!.Zip(names))
        {
            var person = $"{name} Focal Point";
            await Staff.Client.PostAsync(
                $"{Path}/participants/{code}/focal-points",
                new
                {
                    name = person,
                    email = DemoPeople.AddressOf(person),
                    office = "Ministry of Foreign Affairs",
                    noteVerbale = new { number = $"NV/{code}/1", dated = await stage.TodayAsync(cancel), signatory = "Permanent Representative" },
                },
                cancel);
            var client = await stage.EnterAsync(country, person, "PART_FP", cancel);
            first ??= client;
        }

        await SignAsync(cancel);
        await EndorseAsync(first!, participants![0], $"{names[0]} Focal Point", cancel);
    }

    private async Task EndorseAsync(DemoClient client, string code, string name, CancellationToken cancel)
    {
        var sheet = $"{Path}/sheets/{code}";
        await client.PutAsync($"{sheet}/items/N-a.a1", new { text = "Our own team takes part in every regional exercise.", label = "AMBER" }, cancel);
        await client.PutAsync($"{sheet}/items/N-g.g1", new { text = "The port and the water supply are on our own list as well.", label = "AMBER+STRICT" }, cancel);
        await client.PostAsync(
            $"{sheet}/signature",
            new { contentHash = (await client.GetAsync(sheet, cancel)).GetProperty("contentHash").GetString(), signature = await SignatureAsync(name, cancel) },
            cancel);
        await client.PostAsync(
            $"{Path}/stages/endorse/complete",
            new
            {
                endorses = true,
                named = true,
                contentHash = (await client.GetAsync($"{Path}/participants", cancel)).GetProperty("contentHash").GetString(),
                signature = await SignatureAsync(name, cancel),
            },
            cancel);
    }

    /// <summary>To the end: everything answered, asked, decided and published.</summary>
    public async Task ToPublicationAsync(CancellationToken cancel)
    {
        await ToQuestionsAsync(cancel);
        foreach (var question in (await FocalPoint.GetAsync($"{Path}/questions", cancel)).GetProperty("items").EnumerateArray())
        {
            await FocalPoint.PutAsync(
                $"{Path}/replies/{question.GetProperty("key").GetString()}",
                new { text = "The exercise took place in spring; its lessons are in the revised plan." },
                cancel);
        }

        await PromiseAsync(cancel);
        await Staff.Client.PostAsync($"{Path}/stages/clarify/complete", new { }, cancel);
        await stage.PassAsync(6, cancel);
        await Authority.PostAsync(
            $"{Path}/stages/pub_decide/complete",
            new { choices = Choices, withheld = Array.Empty<string>(), relabelled = Array.Empty<string>(), signature = await SignatureAsync($"{country} Authority", cancel) },
            cancel);
        await Staff.Client.PostAsync($"{Path}/stages/publish/complete", new { }, cancel);
        await stage.PassAsync(3, cancel);
    }

    private static object Choices => new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" };

    private string Note => $"NV/{state}/1";

    /// <summary>Launched, acknowledged, people appointed.</summary>
    private async Task StartAsync(CancellationToken cancel)
    {
        await LaunchAsync(cancel);
        await stage.PassAsync(2, cancel);
        await AppointAsync(cancel);
        await stage.PassAsync(5, cancel);
    }

    /// <summary>The coordinator acknowledges; the State appoints its people.</summary>
    public async Task AppointAsync(CancellationToken cancel)
    {
        await Staff.Client.PostAsync(
            $"{Path}/stages/acknowledge/complete",
            new { coordinator = Staff.Coordinator.Id, deputy = Staff.Deputy.Id },
            cancel);
        await NominateAsync(Authority, "Focal Point", "STATE_FP", [], cancel);
        await NominateAsync(Authority, "Alternate", "STATE_ALT", [], cancel);
        _focalPoint = await stage.EnterAsync(country, $"{country} Focal Point", "STATE_FP", cancel);
        await stage.EnterAsync(country, $"{country} Alternate", "STATE_ALT", cancel);
        await NominateAsync(FocalPoint, "Contributor", "STATE_CONTRIB", [ContributorItem], cancel);
    }

    private Task<JsonElement> NominateAsync(
        DemoClient by, string title, string role, string[] items, CancellationToken cancel)
    {
        var name = $"{country} {title}";
        return by.PostAsync(
            $"{Path}/nominations",
            new
            {
                role,
                name,
                email = DemoPeople.AddressOf(name),
                office = "National Cyber Security Office",
                noteVerbale = role == "STATE_CONTRIB" ? null : new { number = Note },
                items,
            },
            cancel);
    }

    /// <summary>Writes answers in the order of the framework; the contributor writes and validates the own item.</summary>
    public async Task AnswerAsync(int most, CancellationToken cancel)
    {
        var items = (await FocalPoint.GetAsync($"{Path}/answers", cancel)).GetProperty("items").EnumerateArray()
            .Select(i => i.GetProperty("item").GetString()!).Where(i => i != ContributorItem).Take(most).ToList();
        foreach (var item in items)
            await FocalPoint.PutAsync($"{Path}/answers/{item}", DemoAnswers.Of(item, language), cancel);
        var contributor = await stage.EnterAsync(country, $"{country} Contributor", "STATE_CONTRIB", cancel);
        if (most < int.MaxValue)
            return;
        await contributor.PutAsync($"{Path}/answers/{ContributorItem}", DemoAnswers.Of(ContributorItem, language), cancel);
        await contributor.PostAsync($"{Path}/parts/validation", new { }, cancel);
    }

    /// <summary>Focal point, then authority, under the same content hash.</summary>
    public async Task SignAsync(CancellationToken cancel)
    {
        foreach (var (client, title) in new[] { (FocalPoint, "Focal Point"), (Authority, "Authority") })
        {
            var toSign = await client.GetAsync($"{Path}/sign-off", cancel);
            await client.PostAsync(
                $"{Path}/stages/self_assess/complete",
                new { contentHash = toSign.GetProperty("contentHash").GetString(), signature = await SignatureAsync($"{country} {title}", cancel) },
                cancel);
        }
    }

    private async Task PromiseAsync(CancellationToken cancel)
    {
        await FocalPoint.PostAsync($"{Path}/actions", new { content = DemoAnswers.Commitment(await stage.DayAsync(400, cancel)), label = "CLEAR" }, cancel);
        await FocalPoint.PostAsync($"{Path}/practices", new { content = DemoAnswers.Practice, label = "CLEAR" }, cancel);
        await FocalPoint.PutAsync($"{Path}/summary", new { content = new { text = DemoAnswers.Summary }, label = "CLEAR" }, cancel);
    }

    /// <summary>Name, office and day.</summary>
    public async Task<object> SignatureAsync(string name, CancellationToken cancel) => new
    {
        name,
        office = "Ministry of Foreign Affairs",
        day = await stage.TodayAsync(cancel),
        nothingClassified = true,
    };
}
