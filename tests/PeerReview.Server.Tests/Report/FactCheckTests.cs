using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Report;

/// <summary>The State checks the draft: its comments are taken up or annexed, and none is lost.</summary>
public sealed class FactCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_State_comments_on_the_page_and_is_told_what_finishing_annexes()
    {
        await using var desk = await DeskReview.CheckingAsync();
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, html) = await state.ReadAsync($"{desk.Page}/report");
        Assert.Contains("[the summary of the report]", html, StringComparison.Ordinal);
        Assert.Contains("Keep a register of incidents", html, StringComparison.Ordinal);
        Assert.Contains("[the State replies]", html, StringComparison.Ordinal);

        var (refused, again, _) = await state.SubmitAsync($"{desk.Page}/report", ("act", "comment"), ("about", "nowhere"), ("text", "[kept text]"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (refused, again.Contains("[kept text]", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync($"{desk.Page}/report", ("act", "comment"), ("about", "summary"), ("text", "[a wrong date]"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync($"{desk.Page}/report", ("act", "comment"), ("about", "R-01"), ("text", "[done already]"))).Status);

        (_, html) = await state.ReadAsync($"{desk.Page}/report");
        Assert.Contains("2 comments are not decided", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync($"{desk.Page}/report", ("act", "finish"))).Status);
        (_, html) = await state.ReadAsync($"{desk.Page}/report");
        Assert.Contains("Annex: comments of the State", html, StringComparison.Ordinal);
        // What is annexed because the check is over, the lead is asked about; saying the same in so many words decides it.
        Assert.Contains("The lead reviewer has not decided", html, StringComparison.Ordinal);
        Assert.Contains("REV_LEAD Expert ama", await desk.AskedAsync("agree"));
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == DeskReview.Ama
            && letter.Subject.Contains("comments of the State on the draft", StringComparison.Ordinal) && letter.Body.Contains("/report#comments", StringComparison.Ordinal));
        foreach (var comment in new[] { "F-01", "F-02" })
        {
            (await desk.Experts[DeskReview.Ama].Client.PutAsJsonAsync(
                $"{desk.Api}/report/comments/{comment}/outcome", new { outcome = "annexed", note = "", version = 1 }, Cancel)).EnsureSuccessStatusCode();
        }

        Assert.DoesNotContain("REV_LEAD Expert ama", await desk.AskedAsync("agree"));
        Assert.Equal(HttpStatusCode.Conflict, (await state.SubmitAsync($"{desk.Page}/report", ("act", "comment"), ("about", "summary"), ("text", "[too late]"))).Status);
        await desk.App.Database.RequireSoundAsync();
    }

    [Theory]
    [InlineData(SharingLabel.Clear, "CLEAR")]
    [InlineData(SharingLabel.Amber, "AMBER")]
    public async Task A_comment_travels_as_far_as_the_text_it_is_about(SharingLabel label, string expected)
    {
        await using var desk = await DeskReview.CheckingAsync(label: _ => label);
        (await CommentAsync(desk, "The law is of 2019.")).EnsureSuccessStatusCode();
        Assert.Equal([expected], await desk.App.Database.AsOwnerAsync<string>("SELECT label FROM writing WHERE kind = 'draft_comment'"));
    }

    [Fact]
    public async Task A_comment_changed_by_two_people_loses_nothing()
    {
        await using var desk = await DeskReview.CheckingAsync();
        (await CommentAsync(desk, "The law is of 2019. It is in force.")).EnsureSuccessStatusCode();
        (await desk.At.Alternate.Client.PutAsJsonAsync(
            $"{desk.Api}/report/comments/F-01", new { about = "summary", text = "The law is of 2020. It is in force.", version = 1 }, Cancel)).EnsureSuccessStatusCode();

        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        await state.ReadAsync($"{desk.Page}/report?change=F-01");
        var (status, html, _) = await state.SubmitAsync(
            $"{desk.Page}/report", ("act", "comment"), ("comment", "F-01"), ("version", "1"), ("about", "summary"),
            ("text", "The law is of 2019. It is in force since May."));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("The law is of 2020. It is in force since May.", html, StringComparison.Ordinal);
        Assert.Contains("Alternate", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lead_takes_a_comment_up_until_all_agree_and_nobody_else_does()
    {
        await using var desk = await DeskReview.CheckingAsync();
        (await CommentAsync(desk, "[a wrong date]")).EnsureSuccessStatusCode();
        foreach (var person in new[] { desk.FocalPoint, desk.Experts[DeskReview.Eva], desk.Coordinator, desk.Spokespersons["GHA"] })
            Assert.Equal(HttpStatusCode.Forbidden, (await SettleAsync(person, desk)).StatusCode);
        foreach (var person in new[] { desk.Experts[DeskReview.Ama], desk.Coordinator, desk.Spokespersons["GHA"] })
            Assert.Equal(HttpStatusCode.Forbidden, (await CommentAsync(desk, "[not theirs]", person)).StatusCode);
        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/fact_check/complete", new { }, Cancel)).EnsureSuccessStatusCode();

        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await lead.ReadAsync($"{desk.Page}/report");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.SubmitAsync($"{desk.Page}/report", ("act", "settle"), ("comment", "F-01"), ("version", "1"))).Status);
        // No word of the summary was changed, and nothing says where the text says so now.
        Assert.Equal("fact-check.unchanged", (await (await SettleAsync(desk.Experts[DeskReview.Ama], desk)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await lead.SubmitAsync($"{desk.Page}/report", ("act", "settle"), ("comment", "F-01"), ("version", "1"), ("outcome", "taken_up"), ("note", "[the date is right now]"))).Status);

        var report = await desk.FocalPoint.Client.GetFromJsonAsync<JsonElement>($"{desk.Api}/report", Cancel);
        Assert.Equal("taken_up", report.GetProperty("comments")[0].GetProperty("outcome").GetString());
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        var (_, html) = await state.ReadAsync($"{desk.Page}/report");
        Assert.Contains("[the date is right now]", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Annex: comments of the State", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authority_hears_of_the_draft_and_may_finish_the_check_too()
    {
        await using var desk = await DeskReview.CheckingAsync();

        Assert.Equal(["STATE_AUTH Authority", "STATE_FP Alternate", "STATE_FP Focal point"], await desk.AskedAsync("fact_check"));
        Assert.Contains("your_turn_fact_check", await desk.At.LettersAsync(desk.Authority));
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        Assert.Contains("Your focal point comments and finishes the check", (await authority.ReadAsync("/")).Html, StringComparison.Ordinal);
        (await desk.Authority.Client.PostAsJsonAsync($"{desk.Api}/stages/fact_check/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        Assert.Empty(await desk.AskedAsync("fact_check"));
    }

    [Fact]
    public async Task A_late_decision_asks_the_parties_again_only_where_it_changes_what_they_confirm()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        var (ghana, lead) = (desk.Spokespersons["GHA"], desk.Experts[DeskReview.Ama]);
        (await desk.AgreeAsync(ghana)).EnsureSuccessStatusCode();
        Assert.Contains("REV_LEAD Expert ama", await desk.AskedAsync("agree"));
        var letters = (await desk.At.LettersAsync(ghana)).Length;

        // Annexed it stands already; the lead now says so, and why.
        foreach (var note in new[] { "", "[the year is the one of the law]" })
            (await SettleAsync(lead, desk, "annexed", note)).EnsureSuccessStatusCode();

        Assert.Equal(["COORD_HEAD Head", "EST REV_FP Focal point EST", "STATE_AUTH Authority"], await desk.AskedAsync("agree"));
        Assert.Equal(letters, (await desk.At.LettersAsync(ghana)).Length);
        await desk.App.Database.RequireSoundAsync();

        // Taken up it leaves the annex, which is another text.
        (await SettleAsync(lead, desk, "taken_up", "[changed]")).EnsureSuccessStatusCode();
        Assert.Contains("GHA REV_FP Focal point GHA", await desk.AskedAsync("agree"));
        (await desk.AgreeAsync(ghana)).EnsureSuccessStatusCode();
        (await SettleAsync(lead, desk, "taken_up", "[changed in the summary]")).EnsureSuccessStatusCode();
        Assert.DoesNotContain("GHA REV_FP Focal point GHA", await desk.AskedAsync("agree"));
        foreach (var person in desk.Agreeing.Where(one => one != ghana))
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();
        Assert.Empty(await desk.AskedAsync("agree"));
        await desk.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task A_decision_after_the_last_confirmation_is_refused_with_what_became_of_the_comment()
    {
        await using var desk = await DeskReview.AgreeingAsync();
        using var lead = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Ama]);
        Assert.Contains("until all have confirmed the report", (await lead.ReadAsync($"{desk.Page}/report")).Html, StringComparison.Ordinal);
        Assert.Contains("before all have confirmed the report", (await lead.ReadAsync("/")).Html, StringComparison.Ordinal);
        await lead.ReadAsync($"{desk.Page}/report");
        foreach (var person in desk.Agreeing)
            (await desk.AgreeAsync(person)).EnsureSuccessStatusCode();

        var (status, html, _) = await lead.SubmitAsync(
            $"{desk.Page}/report", ("act", "settle"), ("comment", "F-01"), ("version", "1"), ("outcome", "taken_up"), ("note", "[right now]"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("The report is agreed meanwhile and no longer changed, so nothing was saved. F-01 stands in the annex, word for word.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("is done already", html, StringComparison.Ordinal);
        // The letter to the lead says it as well; the others had nothing to decide.
        Assert.Contains(await desk.App.LettersAsync(), letter => letter.Recipient == DeskReview.Ama
            && letter.Body.Contains("You had not decided yet about these comments of the State: F-01\n", StringComparison.Ordinal));
        Assert.DoesNotContain("report_agreed", await desk.At.LettersAsync(desk.Experts[DeskReview.Ama]));
        Assert.Contains("report_agreed", await desk.At.LettersAsync(desk.Experts[DeskReview.Eva]));
    }

    [Fact]
    public async Task Words_of_the_State_that_could_name_an_author_of_an_incident_are_asked_about_before_they_are_saved()
    {
        const string Blames = "Iran attacked our ministry.";
        await using var desk = await DeskReview.CheckingAsync();
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        await state.ReadAsync($"{desk.Page}/report");
        (string, string)[] comment = [("act", "comment"), ("about", "summary"), ("text", Blames)];

        var (status, html, _) = await state.SubmitAsync($"{desk.Page}/report", comment);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("could name a State or group as author of an incident", html, StringComparison.Ordinal);
        Assert.Contains($">\n{Blames}</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("name=\"names_nobody\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await state.SubmitAsync($"{desk.Page}/report", [.. comment, ("names_nobody", "on")])).Status);

        (await desk.FocalPoint.Client.PostAsJsonAsync($"{desk.Api}/stages/fact_check/complete", new { }, Cancel)).EnsureSuccessStatusCode();
        var estonia = desk.Spokespersons["EST"];
        (await estonia.Client.PostAsJsonAsync($"{desk.Api}/stages/agree/fail", new { reason = "[the third section]" }, Cancel)).EnsureSuccessStatusCode();
        using var head = await Pages.OfAsync(desk.App, desk.At.Head);
        Assert.Contains("Help all parties find words that everybody accepts", (await head.ReadAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal("wording.flagged", await AgreementSteps.CodeAsync(await AgreementSteps.DissentAsync(estonia, desk, Blames)));
        (await AgreementSteps.DissentAsync(estonia, desk, "[it sees the third section otherwise]")).EnsureSuccessStatusCode();
        foreach (var person in desk.Agreeing.Append(desk.Experts[DeskReview.Ama]).Where(person => person != estonia))
            (await desk.AgreeAsync(person, stage: "reconcile")).EnsureSuccessStatusCode();

        Assert.Equal("wording.flagged", await AgreementSteps.CodeAsync(await desk.RespondAsync("R-01", "noted", Blames)));
        var (_, responding) = await state.ReadAsync($"{desk.Page}/responses");
        Assert.Contains("The focal point prepares the responses here.", responding, StringComparison.Ordinal);
        var (refused, again, _) = await state.SubmitAsync(
            $"{desk.Page}/responses", ("act", "save"), ("recommendation", "R-01"), ("answer", "noted"), ("reason", Blames), ("version", "0"));
        Assert.Equal((HttpStatusCode.Conflict, true), (refused, again.Contains("name=\"names_nobody\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_the_review_rests_its_pages_say_so_and_where_it_goes_on()
    {
        await using var desk = await DeskReview.RespondingAsync();
        using var authority = await Pages.OfAsync(desk.App, desk.Authority);
        using var state = await Pages.OfAsync(desk.App, desk.FocalPoint);
        Assert.DoesNotContain("This review has rested since", (await state.ReadAsync($"{desk.Page}/responses")).Html, StringComparison.Ordinal);
        (await desk.At.Head.Client.PostAsJsonAsync($"{desk.Api}/suspend", new { reason = "[an election]" }, Cancel)).EnsureSuccessStatusCode();

        foreach (var page in new[] { "responses", "publication", "draft", "report" })
        {
            using var reader = await Pages.OfAsync(desk.App, page == "draft" ? desk.Experts[DeskReview.Ama] : desk.FocalPoint);
            Assert.Matches($"(?s)This review has rested since .*<a href=\"{desk.Page}\">Where it goes on</a>", (await reader.ReadAsync($"{desk.Page}/{page}")).Html);
        }

        Assert.Contains($"<a href=\"{desk.Page}/moves\">Where it goes on</a>", (await authority.ReadAsync($"{desk.Page}/responses")).Html, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> CommentAsync(DeskReview desk, string text, TestPerson? person = null) =>
        (person ?? desk.FocalPoint).Client.PostAsJsonAsync($"{desk.Api}/report/comments", new { about = "summary", text, version = 0 }, Cancel);

    private static Task<HttpResponseMessage> SettleAsync(TestPerson person, DeskReview desk, string outcome = "taken_up", string note = "") =>
        person.Client.PutAsJsonAsync($"{desk.Api}/report/comments/F-01/outcome", new { outcome, note, version = 1 }, Cancel);
}
