using Microsoft.Playwright;
using PeerReview.Browser.Tests.Driving;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Desk;

/// <summary>How comments become questions and the State replies: by keyboard, with axe, wide and narrow, in English and in Arabic.</summary>
public sealed class ConsolidationPagesTests(Chromium chromium)
{
    [Fact]
    public async Task The_lead_leads_comments_to_questions_and_hands_over_by_keyboard()
    {
        await using var desk = await DeskReview.ConsolidatingAsync();
        var items = await desk.ItemsAsync();
        await using var lead = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama]);
        await lead.GoAsync($"{desk.Page}/consolidation");
        await lead.CheckAsync("consolidation-open");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Begin with a proposal");
        await lead.CheckAsync("consolidation-proposed");
        await lead.GoAsync($"{desk.Page}/consolidation/{items[3]}");
        await lead.Page.SelectOptionAsync("select[name^='to.']", "aside");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save");
        await lead.CheckAsync("consolidation-item-refused");
        await lead.Keyboard.FillAsync("Reason, if it is set aside (optional)", "Said in the first question.");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save");
        await lead.CheckAsync("consolidation-item", everyPicture: true);
        await lead.GoAsync($"{desk.Page}/consolidation?change=Q-02");
        await lead.CheckAsync("consolidation-change", everyPicture: true);
        await lead.Page.SelectOptionAsync("[name='into']", "Q-01");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Merge");
        await lead.GoAsync($"{desk.Page}/consolidation?change=Q-01");
        await lead.Keyboard.FillAsync("Question", "Was the attack carried out by Fiji?");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save");
        await lead.GoAsync($"{desk.Page}/consolidation?change=Q-01");
        await lead.CheckAsync("consolidation-flagged");
        await lead.Keyboard.FillAsync("Question", "Who reports an incident?");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Save");

        foreach (var look in new[] { new Look(Width: 360, Language: "ar"), new Look(Width: 768), new Look(Width: 1280, Language: "ar") })
        {
            await using var other = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama], look);
            foreach (var path in new[] { "", "/" + items[0] })
            {
                await other.GoAsync($"{desk.Page}/consolidation{path}?lang={look.Language}");
                await other.CheckAsync($"consolidation{path.Replace('/', '-')}-{look.Language}-{look.Width}", everyPicture: true);
            }
        }

        await lead.GoAsync($"{desk.Page}/consolidation");
        await lead.Keyboard.FollowAsync(AriaRole.Button, "Hand over to the State");
        await lead.CheckAsync("consolidation-handed-over");
        Assert.Contains("Handed over to the State.", await lead.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await using var office = await chromium.VisitAsync(desk.App, desk.Coordinator, new Look(Dark: true));
        await office.GoAsync($"{desk.Page}/consolidation");
        await office.CheckAsync("consolidation-office-dark");
    }

    [Fact]
    public async Task The_State_replies_and_takes_a_question_up_in_the_answer_by_keyboard()
    {
        await using var desk = await DeskReview.ReplyingAsync();
        var items = await desk.ItemsAsync();
        await using var state = await chromium.VisitAsync(desk.App, desk.FocalPoint);
        await state.GoAsync($"{desk.Page}/questions");
        await state.CheckAsync("state-reply");
        await state.GoAsync($"{desk.Page}/assessment/{items[0]}");
        await state.CheckAsync("state-reply-answer");
        await state.Keyboard.FillAsync("What was tested and what came of it (optional)", "In an exercise in March.");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Save, and let the reviewing States read it");
        await state.GoAsync($"{desk.Page}/questions");
        await state.Page.SelectOptionAsync("[name='addressed-Q-01']", "2");
        await state.Keyboard.FillAsync("Your reply", "The answer says it now.");
        await state.Keyboard.FollowAsync(AriaRole.Button, "Save the reply");
        await state.CheckAsync("state-replied", everyPicture: true);
        await state.GoAsync($"{desk.Page}/sign-off");
        await state.CheckAsync("state-reply-signatures");

        await using var expert = await chromium.VisitAsync(desk.App, desk.Experts[DeskReview.Ama], new Look(Width: 360, Language: "ar"));
        foreach (var path in new[] { "/questions", $"/consolidation/{items[0]}", $"/assessment/{items[0]}?changes=2&since=1", "" })
        {
            await expert.GoAsync($"{desk.Page}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang=ar");
            await expert.CheckAsync("state-reply-ar-narrow" + path.Split('?')[0].Replace('/', '-'), everyPicture: true);
        }
    }
}
