using PeerReview.Core.Report;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Tests.Web;
using Xunit;

namespace PeerReview.Server.Tests.Publication;

/// <summary>The letters that ask what becomes public.</summary>
public sealed class DecisionLettersTests
{
    [Theory]
    [InlineData("your_turn_pub_decide")]
    [InlineData("your_turn_pub_decide_reviewed")]
    public void They_name_the_choices_the_page_offers_and_no_other(string name)
    {
        var letter = LetterCatalog.Shipped[name, "en"].Body.ReplaceLineEndings(" ");
        var choices = PublishedDocuments.AllChoices.Select(code => TestTexts.English["choice." + code].ToLowerInvariant()).ToList();

        Assert.Contains($": {string.Join(", ", choices.SkipLast(1))}, or {choices[^1]};", letter, StringComparison.Ordinal);
    }
}
