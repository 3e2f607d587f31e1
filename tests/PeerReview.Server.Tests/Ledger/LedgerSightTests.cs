using System.Net;
using System.Text;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Ledger;
using PeerReview.Server.Features.Ledger;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Ledger;

/// <summary>Whose eyes the bodies of the record are for: role by role, on the page and in the file. No body holds a text.</summary>
public sealed class LedgerSightTests
{
    /// <summary>What is withheld from whom, written out by hand; everything else a reader of the record reads. The texts of
    /// RED answers stay with the State, urgent points with authority and coordinator.</summary>
    private const string Withheld = """
        authority    -
        focal        text_written:urgent text_written:urgent_acknowledged
        alternate    text_written:urgent text_written:urgent_acknowledged
        coordinator  text_written:answer:RED
        deputy       text_written:answer:RED
        head         text_written:answer:RED text_written:urgent text_written:urgent_acknowledged
        """;

    private const string UrgentText = "[what cannot wait]";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_of_the_record_reads_the_bodies_of_the_table_and_the_chain_holds_for_all()
    {
        await using var app = await TestApp.StartAsync();
        var review = await TellingAsync(app);
        var people = People(review);

        foreach (var row in Withheld.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            var text = await people[row[0]].Client.GetStringAsync($"{review.Api}/ledger", Cancel);
            var (head, rows) = LedgerFile.Read(text.TrimEnd('\n').Split('\n'));
            var sound = Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(head.Review, rows, head));
            var hidden = await HiddenAsync(review, rows);

            Assert.Equal(row[1..].Where(kind => kind != "-"), hidden.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            Assert.Equal(hidden.Count, sound.Withheld);
            await SilentAsync(review, people[row[0]], text, urgent: hidden.Contains("text_written:urgent", StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_auditor_verifies_the_record_and_reads_no_body_of_it()
    {
        await using var app = await TestApp.StartAsync();
        var review = await TellingAsync(app);
        var auditor = await app.PersonAsync("AUDITOR", name: "Auditor");

        var text = await auditor.Client.GetStringAsync($"{review.Api}/ledger", Cancel);

        var (head, rows) = LedgerFile.Read(text.TrimEnd('\n').Split('\n'));
        Assert.Equal(rows.Count, Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(head.Review, rows, head)).Withheld);
        Assert.DoesNotContain("\"salt\"", text, StringComparison.Ordinal);
        await SilentAsync(review, auditor, text, urgent: true);
        // Home leads there, and the record leads on only where the page of the review opens.
        using var pages = await Pages.OfAsync(app, auditor);
        Assert.Contains($"<a href=\"/reviews/{review.Id}/ledger\">", (await pages.ReadAsync("/")).Html, StringComparison.Ordinal);
        var back = (await pages.ReadAsync($"/reviews/{review.Id}/ledger")).Html.Contains($"href=\"/reviews/{review.Id}\"", StringComparison.Ordinal);
        Assert.Equal(back, (await pages.ReadAsync($"/reviews/{review.Id}")).Status == HttpStatusCode.OK);
        using var coordinator = await Pages.OfAsync(app, review.Coordinator);
        Assert.DoesNotContain("/ledger\"", (await coordinator.ReadAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_else_finds_no_record()
    {
        await using var app = await TestApp.StartAsync();
        var review = await TellingAsync(app);
        foreach (var role in new[] { "OBSERVER", "STAKEHOLDER", "OTHER_STATE", "OPERATOR", "REGORG_FP" })
        {
            var person = await app.PersonAsync(role, role == "OTHER_STATE" ? "CHL" : null, $"Somebody {role}");
            using var file = await person.Client.GetAsync($"{review.Api}/ledger", Cancel);
            Assert.True(file.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{role}: {file.StatusCode}");
            using var pages = await Pages.OfAsync(app, person);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{review.Id}/ledger")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await pages.ReadAsync($"/reviews/{review.Id}/timeline")).Status);
        }

        using var visitor = app.Visitor();
        using var answer = await visitor.GetAsync($"{review.Api}/ledger", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>A review with everything in its record that is not for everybody.</summary>
    private static async Task<ReviewAt> TellingAsync(TestApp app)
    {
        var review = await ReviewAt.DecidingAsync(app, label: item => item == "N-a.a1" ? SharingLabel.Red : SharingLabel.Amber);
        Assert.Equal("ok", await review.CodeAsync(review.Authority, "urgent", new { text = UrgentText, threatKind = "extortion" }));
        Assert.Equal("ok", await review.CodeAsync(review.Coordinator, "urgent/U-01/acknowledge", new { note = "[seen]" }));
        Assert.Equal("ok", await review.CodeAsync(review.Authority, "suspend", new { reason = "[an election]" }));
        Assert.Equal("ok", await review.CodeAsync(review.Authority, "resume", new { signature = LightReview.Signature(app) }));
        return review;
    }

    private static Dictionary<string, TestPerson> People(ReviewAt review) => new(StringComparer.Ordinal)
    {
        ["authority"] = review.Authority,
        ["focal"] = review.FocalPoint,
        ["alternate"] = review.Alternate,
        ["coordinator"] = review.Coordinator,
        ["deputy"] = review.Deputy,
        ["head"] = review.Head,
    };

    /// <summary>What the withheld rows are, as the database knows it.</summary>
    private static async Task<List<string>> HiddenAsync(ReviewAt review, IReadOnlyList<LedgerRow> rows)
    {
        var bodies = (await review.App.Database.AsOwnerAsync<string>(
            "SELECT kind || ' ' || body FROM event WHERE review_id = @Id ORDER BY sequence", new { review.Id }))
            .Select(line => (Kind: line[..line.IndexOf(' ', StringComparison.Ordinal)], Body: line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])).ToList();
        Assert.All(
            rows.Where(row => row.Body is LedgerBody.Open),
            row => Assert.Equal(bodies[(int)row.Envelope.Sequence - 1].Body, Encoding.UTF8.GetString(((LedgerBody.Open)row.Body).CanonicalJson.Span)));
        return [.. rows.Where(row => row.Body is LedgerBody.Withheld).Select(row => NameOf(bodies[(int)row.Envelope.Sequence - 1]))];
    }

    private static string NameOf((string Kind, string Body) row)
    {
        if (row.Kind != "text_written")
            return row.Kind;
        var body = JsonDocument.Parse(row.Body).RootElement;
        return body.Text("what") == "answer" ? $"text_written:answer:{body.Text("label")}" : $"text_written:{body.Text("what")}";
    }

    /// <summary>File and page hold no text anybody wrote, and beyond its circle nothing of an urgent point.</summary>
    private static async Task SilentAsync(ReviewAt review, TestPerson person, string file, bool urgent)
    {
        using var pages = await Pages.OfAsync(review.App, person);
        var (status, page) = await pages.ReadAsync($"/reviews/{review.Id}/ledger");
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var text in new[] { file, page })
        {
            foreach (var written in new[] { ReviewAt.MarkerOf("N-a.a1"), UrgentText, "[seen]", "[an election]", "[question 1]", "[reply 1]", "A. Signatory" })
                Assert.DoesNotContain(written, text, StringComparison.Ordinal);
            if (urgent)
                Assert.DoesNotContain("U-01", text, StringComparison.Ordinal);
        }
    }
}
