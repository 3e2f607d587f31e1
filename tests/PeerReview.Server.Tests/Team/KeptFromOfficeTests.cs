using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>What the coordinators read where a label has kept comments and questions from them from the start: that there is something.</summary>
public sealed class KeptFromOfficeTests
{
    [Fact]
    public async Task The_pages_of_the_desk_review_say_what_a_label_keeps_from_the_coordinators()
    {
        await using var desk = await DeskReview.ReplyingAsync(label: item => item == "N-a.a1" ? SharingLabel.AmberStrict : SharingLabel.Amber);
        using var office = await Pages.OfAsync(desk.App, desk.Coordinator);

        var (_, questions) = await office.ReadAsync($"{desk.Page}/questions");
        Assert.Contains("Questions not shown to you because of their sharing label: 1.", questions, StringComparison.Ordinal);
        Assert.DoesNotContain("not open to you any more", questions, StringComparison.Ordinal);

        var (_, list) = await office.ReadAsync($"{desk.Page}/desk");
        var line = list[list.IndexOf($"{desk.Page}/desk/N-a.a1\"", StringComparison.Ordinal)..];
        line = line[..line.IndexOf("</li>", StringComparison.Ordinal)];
        Assert.Contains("comments not open to you", line, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to read", line, StringComparison.Ordinal);
        Assert.Contains("There are comments here that are not open to you", (await office.ReadAsync($"{desk.Page}/desk/N-a.a1")).Html, StringComparison.Ordinal);

        var (_, sheet) = await office.ReadAsync($"{desk.Page}/consolidation");
        Assert.Contains("Questions not shown to you because of their sharing label: 1.", sheet, StringComparison.Ordinal);
        Assert.Contains("Leads to question Q-01, which is not open to you", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("consolidation#Q-01", sheet, StringComparison.Ordinal);

        // Who reads them is told nothing of the kind.
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        foreach (var page in new[] { "/questions", "/desk", "/desk/N-a.a1", "/consolidation" })
            Assert.DoesNotContain("not open to you", (await expert.ReadAsync(desk.Page + page)).Html, StringComparison.Ordinal);
        Assert.Contains("consolidation#Q-01", (await expert.ReadAsync($"{desk.Page}/consolidation")).Html, StringComparison.Ordinal);
    }
}
