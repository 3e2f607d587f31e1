using PeerReview.Core.Access;
using PeerReview.Core.Report;
using Xunit;

namespace PeerReview.Core.Tests.Report;

public sealed class PublishedDocumentsTests
{
    [Fact]
    public void Every_document_is_a_row_of_the_visibility_table_of_its_own()
    {
        var kinds = PublishedDocuments.All.Select(PublishedDocuments.Find).ToList();

        Assert.DoesNotContain(null, kinds);
        Assert.Equal(kinds.Count, kinds.Distinct().Count());
        Assert.Null(PublishedDocuments.Find("urgent_points"));
        Assert.Null(PublishedDocuments.Find("SELF_ASSESSMENT"));
    }

    [Fact]
    public void Every_choice_has_a_code_that_leads_back_to_it()
    {
        foreach (var choice in Enum.GetValues<PublicationChoice>())
            Assert.Equal(choice, PublishedDocuments.FindChoice(choice.Code()));
        Assert.Equal(["full", "redacted", "summary", "none"], PublishedDocuments.AllChoices);
        Assert.Null(PublishedDocuments.FindChoice("Full"));
    }
}
