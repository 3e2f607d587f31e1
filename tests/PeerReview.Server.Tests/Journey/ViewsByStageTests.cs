using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Journey;

/// <summary>What each person sees of each document at each stage of a light review, asked over HTTP and held to a table.</summary>
public sealed class ViewsByStageTests
{
    /// <summary>Read (R), knows of it without its text (m), nothing (-). One column a stage: launched, assessing, handed in,
    /// clarifying, deciding, published, closed.</summary>
    private const string Table = """
        person       document   launched assessing handed_in clarifying deciding published closed
        authority    status     R R R R R R R
        authority    answer     m R R R R R R
        authority    red        m R R R R R R
        authority    question   m m m R R R R
        authority    summary    - R R R R R R
        authority    urgent     m R R R R R R
        authority    ledger     R R R R R R R
        authority    people     R R R R R R R
        focal        status     - R R R R R R
        focal        answer     - R R R R R R
        focal        red        - R R R R R R
        focal        question   - m m R R R R
        focal        summary    - R R R R R R
        focal        urgent     - - - - - - -
        focal        ledger     - R R R R R R
        focal        people     - R R R R R R
        contributor  status     - R R R R R R
        contributor  answer     - R R R R R R
        contributor  red        - - - - - - -
        contributor  question   - m m m m m m
        contributor  summary    - - R R R R R
        contributor  urgent     - - - - - - -
        contributor  ledger     - - - - - - -
        coordinator  status     R R R R R R R
        coordinator  answer     - - R R R R R
        coordinator  red        - - m m m m m
        coordinator  question   m m m R R R R
        coordinator  summary    - - R R R R R
        coordinator  urgent     m R R R R R R
        coordinator  ledger     R R R R R R R
        coordinator  people     R R R R R R R
        head         status     R R R R R R R
        head         answer     - - R R R R R
        head         red        - - m m m m m
        head         question   m m m R R R R
        head         summary    - - R R R R R
        head         urgent     - - - - - - -
        head         ledger     R R R R R R R
        outsider     status     R R R R R R R
        outsider     answer     - - - - - - -
        outsider     red        - - - - - - -
        outsider     question   - - - - - - -
        outsider     summary    - - - - - - -
        outsider     urgent     - - - - - - -
        outsider     ledger     - - - - - - -
        outsider     people     - - - - - - -
        operator     answer     - - - - - - -
        operator     summary    - - - - - - -
        operator     urgent     - - - - - - -
        operator     ledger     - - - - - - -
        visitor      status     - - - - - - -
        visitor      answer     - - - - - - -
        visitor      ledger     - - - - - - -
        visitor      register   R R R R R R R
        visitor      report     - - - - - R R
        """;

    private const string Urgent = "marker-of-an-urgent-point";
    private const string Summary = "marker-of-a-summary";
    private const string Question = "marker-of-a-question";

    private readonly Dictionary<string, TestPerson> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _seen = new(StringComparer.Ordinal);

    [Fact]
    public async Task Everybody_sees_at_each_stage_what_the_table_says()
    {
        await using var cast = await Cast.GatherAsync();
        await cast.RegisterAsync();
        await cast.LaunchAsync();
        await MeetAsync(cast);
        await LookAsync(cast);
        await AssessAsync(cast);
        await LookAsync(cast);
        await cast.SignAsync(cast.FocalPoint);
        await cast.SignAsync(cast.Authority);
        await LookAsync(cast);
        await ClarifyAsync(cast);
        await LookAsync(cast);
        await FinishAsync(cast);

        var rows = Table.Split('\n')[1..].Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(
            string.Join('\n', rows.Select(row => $"{row[0]} {row[1]} {string.Join(' ', row[2..])}")),
            string.Join('\n', rows.Select(row => $"{row[0]} {row[1]} {string.Join(' ', _seen[$"{row[0]} {row[1]}"])}")));
    }

    private async Task MeetAsync(Cast cast)
    {
        (_people["authority"], _people["coordinator"], _people["outsider"]) = (cast.Authority, cast.Coordinator, cast.Outsider);
        _people["head"] = await cast.App.PersonAsync("COORD_HEAD", name: "Hana");
        _people["operator"] = await cast.App.PersonAsync("OPERATOR", name: "Otto");
    }

    private async Task AssessAsync(Cast cast)
    {
        await cast.AcknowledgeAsync();
        await cast.AppointAsync();
        _people["focal"] = cast.FocalPoint;
        await Cast.DoAsync(cast.Authority, HttpMethod.Post, $"{cast.Review}/nominations", new
        {
            role = "STATE_CONTRIB",
            name = "Chipo",
            email = "chipo@example.org",
            office = "Ministry",
            items = new[] { "N-a.a1" },
        });
        _people["contributor"] = await cast.App.PersonByEmailAsync("chipo@example.org");
        await cast.AnswerAsync();
        await Cast.DoAsync(_people["contributor"], HttpMethod.Post, $"{cast.Review}/parts/validation", null);
        await Cast.DoAsync(cast.FocalPoint, HttpMethod.Put, $"{cast.Review}/summary", new { content = new { text = Summary }, label = "CLEAR" });
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/urgent", new { text = Urgent });
    }

    private static async Task ClarifyAsync(Cast cast)
    {
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/complete/complete", new { });
        var asked = await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/questions", new { text = Question });
        await Cast.DoAsync(cast.FocalPoint, HttpMethod.Put, $"{cast.Review}/replies/{asked.Text("key")}", new { text = "[since spring]" });
    }

    private async Task FinishAsync(Cast cast)
    {
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/clarify/complete", new { });
        await LookAsync(cast);
        await Cast.DoAsync(cast.Authority, HttpMethod.Post, $"{cast.Review}/stages/pub_decide/complete", new
        {
            choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
            signature = cast.Signature,
        });
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/publish/complete", new { });
        await LookAsync(cast);
        await Cast.DoAsync(cast.FocalPoint, HttpMethod.Post, $"{cast.Review}/stages/check_6m/complete", new { text = "[under way]", early = true });
        await Cast.DoAsync(cast.Authority, HttpMethod.Post, $"{cast.Review}/stages/close/complete", new { text = "[carried over]" });
        await Cast.DoAsync(cast.Coordinator, HttpMethod.Post, $"{cast.Review}/stages/close/complete", new { text = "[thank you]" });
        await LookAsync(cast);
    }

    /// <summary>Asks for every document as every person.</summary>
    private async Task LookAsync(Cast cast)
    {
        foreach (var row in Table.Split('\n')[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            var key = $"{row[0]} {row[1]}";
            if (!_seen.TryGetValue(key, out var seen))
                _seen[key] = seen = [];
            seen.Add(await SeenAsync(cast, row[0], row[1]));
        }
    }

    private async Task<string> SeenAsync(Cast cast, string person, string document)
    {
        var (path, marker) = document switch
        {
            "status" => ("", "\"status\":"),
            "answer" => ("/answers/N-a.a1", Cast.Marker),
            "red" => ("/answers/N-f.f1", Cast.RedMarker),
            "question" => ("/questions", Question),
            "summary" => ("/summary", Summary),
            "urgent" => ("/urgent", Urgent),
            "ledger" => ("/ledger", "PRL1"),
            "people" => ("/nominations", "items"),
            "register" => ("register", "KEN"),
            _ => ("publications", Cast.Marker),
        };
        if (person != "visitor" && !_people.ContainsKey(person))
            return "-";
        using var visitor = cast.App.Visitor();
        var client = person == "visitor" ? visitor : _people[person].Client;
        var address = path switch
        {
            "register" => "/api/v1/register",
            "publications" => $"/publications/{await SlugAsync(cast)}.json",
            _ => $"/api/v1/{cast.Review}{path}",
        };
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
            return "-";
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return text.Contains(marker, StringComparison.Ordinal) ? "R" : "m";
    }

    private static async Task<string> SlugAsync(Cast cast) =>
        (await Cast.DoAsync(cast.Coordinator, HttpMethod.Get, cast.Review, null)).Text("slug") ?? "none";
}
