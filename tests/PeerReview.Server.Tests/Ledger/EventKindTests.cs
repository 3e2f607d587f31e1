using System.Net;
using System.Text.RegularExpressions;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Tests.People;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.Ledger;

/// <summary>The page of the record says in words what each event is, and keeps its code.</summary>
public sealed partial class EventKindTests
{
    private const string Family = "ledger.kinds.";

    public static TheoryData<string> Languages => [.. TestTexts.Catalogue.Languages];

    [Theory, MemberData(nameof(Languages))]
    public void Every_kind_and_no_other_has_its_own_words(string language)
    {
        var texts = TestTexts.Catalogue.In(language);
        var told = texts.Keys.Where(key => key.StartsWith(Family, StringComparison.Ordinal)).ToList();

        Assert.Equal(
            ReviewJson.Kinds.Concat(ProcessJson.Kinds).Order(StringComparer.Ordinal),
            told.Select(key => key[Family.Length..]).Order(StringComparer.Ordinal));
        Assert.Equal(told.Count, told.Select(key => texts[key]).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task The_page_says_each_kind_in_words_with_its_code_below(string language)
    {
        await using var review = await CaseOfReview.StartAsync();
        (await review.AcknowledgeAsync()).EnsureSuccessStatusCode();
        var stored = await review.App.Database.AsOwnerAsync<string>(
            "SELECT kind FROM event WHERE review_id = @Id ORDER BY sequence", new { review.Id });

        var cells = await CellsAsync(review, language);

        var texts = TestTexts.Catalogue.In(language);
        Assert.Contains("case_assigned", stored);
        Assert.Equal(
            stored.Select(kind => $"{texts[Family + kind]}<br><small><code dir=\"ltr\">{Breaking(kind)}</code></small>"), cells);
    }

    [Fact]
    public async Task A_kind_without_words_shows_its_code_alone()
    {
        await using var review = await CaseOfReview.StartAsync();
        await review.App.Database.AsOwnerAsync(
            "SET session_replication_role = replica; UPDATE event SET kind = 'site_visit_held' WHERE review_id = @Id AND sequence = 1",
            new { review.Id });

        var cells = await CellsAsync(review, "fr");

        Assert.Equal($"<code dir=\"ltr\">{Breaking("site_visit_held")}</code>", cells[0]);
    }

    private static string Breaking(string kind) => kind.Replace("_", "_<wbr>", StringComparison.Ordinal);

    /// <summary>What the column of kinds holds, from the first event on.</summary>
    private static async Task<List<string>> CellsAsync(CaseOfReview review, string language)
    {
        using var browser = await review.App.BrowseAsync(review.Coordinator);
        var (status, html) = await browser.ReadAsync($"/reviews/{review.Id}/ledger?lang={language}");
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. Kind().Matches(html).Select(cell => WebUtility.HtmlDecode(cell.Groups["kind"].Value.Trim()))];
    }

    // The cell after that of the instant, which follows the number at the head of the row.
    [GeneratedRegex("""<th scope="row"[^>]*>[^<]*</th>\s*<td[^>]*>[^<]*</td>\s*<td[^>]*>(?<kind>.*?)</td>""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Kind();
}
