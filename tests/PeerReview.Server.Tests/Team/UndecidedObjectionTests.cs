using System.Net.Http.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Team;

/// <summary>What is told of an objection until the head of the coordinators decides, in time or not.</summary>
public sealed class UndecidedObjectionTests
{
    private const string Ama = DeskReview.Ama, Eva = DeskReview.Eva, Rita = "rita@example.org";

    private const string Waits = "Until it is decided, the person stays, and the experts do not begin.",
        Works = "Until it is decided, the person goes on working, and what the person hands in counts.",
        Open = "The objection does not lapse: without a decision it stays open", Late = "and has not decided yet.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_others_of_the_State_and_the_coordinators_hear_of_an_objection_and_that_the_experts_do_not_begin()
    {
        await using var desk = await DeskReview.DeclaringAsync();
        foreach (var email in new[] { Ama, Eva })
            (await desk.DeclareAsync(email)).EnsureSuccessStatusCode();

        await ObjectAsync(desk, desk.FocalPoint, Eva);

        foreach (var person in new[] { desk.Authority, desk.At.Alternate, desk.Coordinator, desk.At.Deputy })
            Assert.Single(await desk.At.LettersAsync(person), "objection_told");
        foreach (var person in new[] { desk.FocalPoint, desk.At.Head, desk.Experts[Ama], desk.Experts[Eva], desk.Spokespersons["EST"] })
            Assert.DoesNotContain("objection_told", await desk.At.LettersAsync(person));
        Assert.Contains("your_turn_objection_head", await desk.At.LettersAsync(desk.At.Head));
        var told = (await desk.App.LettersAsync()).Single(letter => letter.Recipient == desk.Authority.Email && letter.Subject.Contains("an objection to an expert", StringComparison.Ordinal));
        Assert.Contains($"{desk.Page}/declarations", told.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("[a reason]", told.Body, StringComparison.Ordinal);
        foreach (var person in new[] { desk.Authority, desk.Coordinator })
        {
            var page = await ReadAsync(desk, person);
            Assert.Contains(Waits, page, StringComparison.Ordinal);
            Assert.Contains(Open, page, StringComparison.Ordinal);
            Assert.DoesNotContain(Late, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task When_the_day_of_the_decision_is_over_the_State_is_told_once_and_the_expert_has_gone_on()
    {
        await using var desk = await DeskReview.NominatingAsync();
        using (var invited = await desk.InviteAsync("EST", Rita, reserve: true))
            invited.EnsureSuccessStatusCode();
        await desk.AcceptAsync(Rita);
        await desk.CommentingFromHereAsync();
        (await desk.Coordinator.Client.PostAsJsonAsync($"{desk.Api}/experts/{desk.Experts[Eva].Id}/replacement", new { by = desk.Experts[Rita].Id }, Cancel)).EnsureSuccessStatusCode();
        (await desk.DeclareAsync(Rita)).EnsureSuccessStatusCode();
        await ObjectAsync(desk, desk.Authority, Rita);
        Assert.Contains(Works, await ReadAsync(desk, desk.FocalPoint), StringComparison.Ordinal);
        (await desk.CommentAsync(Rita, "N-a.a1", "[what she goes on with]")).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(6));
        Assert.Empty(await UndecidedAsync(desk, desk.Authority));

        await desk.App.AdvanceAsync(TimeSpan.FromDays(3));

        foreach (var person in new[] { desk.Authority, desk.FocalPoint, desk.At.Alternate })
        {
            Assert.Contains($"{desk.Page}/declarations", Assert.Single(await UndecidedAsync(desk, person)), StringComparison.Ordinal);
            Assert.Contains(Late, await ReadAsync(desk, person), StringComparison.Ordinal);
        }

        Assert.Empty(await UndecidedAsync(desk, desk.Experts[Rita]));
        // Whoever is told of the delay is told what it is about, and is offered no time nobody can give.
        await desk.App.AdvanceAsync(TimeSpan.FromDays(6));
        foreach (var person in new[] { desk.Coordinator, desk.At.Deputy, desk.At.Head })
            Assert.NotEmpty(await UndecidedAsync(desk, person));
        Assert.DoesNotContain(await desk.App.LettersAsync(), letter => letter.Body.Contains("more time", StringComparison.Ordinal));

        (await desk.At.Head.Client.PostAsJsonAsync($"{desk.Api}/objections/{desk.Experts[Rita].Id}/decision", new { upholds = false, reason = "[why]" }, Cancel)).EnsureSuccessStatusCode();
        await desk.App.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Single(await UndecidedAsync(desk, desk.Authority));
        await desk.App.Database.RequireSoundAsync();
    }

    private static async Task ObjectAsync(DeskReview desk, TestPerson by, string email) => (await by.Client.PostAsJsonAsync(
        $"{desk.Api}/objections", new { person = desk.Experts[email].Id, reason = "[a reason]" }, Cancel)).EnsureSuccessStatusCode();

    /// <summary>The letters to somebody that nothing is decided yet.</summary>
    private static async Task<List<string>> UndecidedAsync(DeskReview desk, TestPerson person) =>
        [.. (await desk.App.LettersAsync()).Where(letter => letter.Recipient == person.Email && letter.Subject.EndsWith("an objection is not decided yet", StringComparison.Ordinal)).Select(letter => letter.Body)];

    private static async Task<string> ReadAsync(DeskReview desk, TestPerson person)
    {
        using var pages = await Pages.OfAsync(desk.App, person);
        return (await pages.ReadAsync($"{desk.Page}/declarations")).Html;
    }
}
