using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>The link from the page of a review to the page of moves.</summary>
public sealed class MovesDoorTests
{
    [Fact]
    public async Task It_is_there_exactly_for_whoever_finds_something_to_change_behind_it()
    {
        await using var desk = await DeskReview.DeclaringAsync();

        Assert.Equal(
            "authority True, focal point True, speaker False, expert False, coordinator True, head True, other False", await DoorsAsync(desk));

        // In the next stage others may ask for more time: whoever it is, the link and what stands behind it agree.
        await desk.CommentingFromDeclarationsAsync();
        Assert.Contains("focal point False", await DoorsAsync(desk), StringComparison.Ordinal);
    }

    private static async Task<string> DoorsAsync(DeskReview desk)
    {
        var found = new List<string>();
        foreach (var (name, person) in new[]
        {
            ("authority", desk.Authority), ("focal point", desk.FocalPoint), ("speaker", desk.Spokespersons["GHA"]),
            ("expert", desk.Experts[DeskReview.Ama]), ("coordinator", desk.Coordinator), ("head", desk.At.Head), ("other", desk.At.Other),
        })
        {
            using var pages = await Pages.OfAsync(desk.App, person);
            var door = (await pages.ReadAsync(desk.Page)).Html.Contains($"{desk.Page}/moves", StringComparison.Ordinal);
            var (status, behind) = await pages.ReadAsync($"{desk.Page}/moves");
            Assert.Equal(door, status == HttpStatusCode.OK && behind.Contains("name=\"move\"", StringComparison.Ordinal));
            found.Add($"{name} {door}");
        }

        return string.Join(", ", found);
    }
}
