using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Processes;

/// <summary>Reviews by processes that no part of the product is made for, from launch to end over the API.</summary>
public sealed class OwnProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uncac-like", "review", "focal_points experts experts opening_call opening_call opening_call opening_call self_assess translate desk_review desk_review dialogue dialogue dialogue draft agree agree agree summary full_report next_phase next_phase", "visit")]
    [InlineData("nis2-like", "on_site", "scope self_assess designate designate disclose disclose object object exchange exchange exchange visit visit report comments comments deliver pub_decide publish cooldown", "self_assess")]
    [InlineData("vnr-like", "first", "first_workshop first_workshop consultation society_input second_workshop second_workshop main_messages main_messages report report report third_workshop third_workshop presentation", "society_input")]
    public async Task It_runs_to_its_end_by_what_its_definition_says(string process, string variant, string stages, string optional)
    {
        await using var review = await OwnProcess.LaunchedAsync(process, variant, optional);

        await review.RunAsync();

        var done = stages.Split(' ').Concat(process == "uncac-like" ? ["visit", "redraw", "redraw"] : Array.Empty<string>()).Order(StringComparer.Ordinal);
        Assert.Equal(string.Join(' ', done), string.Join(' ', review.Done.Order(StringComparer.Ordinal)));
        var closed = await review["COORD_HEAD"].Client.GetFromJsonAsync<JsonElement>(review.Api, Cancel);
        Assert.Equal("closed", closed.Text("status"));
        Assert.All(await review.App.Database.AsOwnerAsync<string>("SELECT key FROM outbox WHERE review_id = @Id AND key LIKE 'your_turn:%'", new { review.Id }), Assert.NotEmpty);
        Assert.NotEmpty(await review.App.LettersAsync());
        await review.App.Database.RequireSoundAsync();
    }

    [Fact]
    public async Task Who_acts_is_asked_what_only_people_know_and_the_record_keeps_it()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        var authority = review["STATE_AUTH"].Client;
        var at = $"{review.Api}/stages/focal_points";

        using var empty = await authority.PostAsJsonAsync($"{at}/complete", new { }, Cancel);
        Assert.Contains("stage.documents-missing", await empty.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var saved = await authority.PutAsJsonAsync($"{at}/documents/letter", new { text = "[letter]" }, Cancel);
        saved.EnsureSuccessStatusCode();
        using var silent = await authority.PostAsJsonAsync($"{at}/complete", new { }, Cancel);
        Assert.Contains("stage.not-stated", await silent.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var others = await review["STATE_FP"].Client.PostAsJsonAsync($"{at}/complete", new { states = new[] { "LETTER-MATCHED" } }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);
        using var done = await authority.PostAsJsonAsync($"{at}/complete", new { states = new[] { "LETTER-MATCHED" } }, Cancel);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);

        var kinds = await review.App.Database.AsOwnerAsync<string>("SELECT kind FROM event WHERE review_id = @Id", new { review.Id });
        Assert.Contains("stage_stated", kinds);
    }

    [Fact]
    public async Task Documents_are_read_by_the_row_of_the_table_they_name()
    {
        await using var review = await OwnProcess.LaunchedAsync("uncac-like", "review");
        await review.RunAsync("self_assess");
        var other = await review.App.PersonAsync("STATE_AUTH", "NOR", "Norway");
        var at = $"{review.Api}/stages/self_assess";
        (await review["STATE_FP"].Client.PutAsJsonAsync($"{at}/documents/checklist", new { text = "[checklist]" }, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal((true, false, false), (await ReadsAsync(review["STATE_FP"]), await ReadsAsync(review["REV_FP/GHA"]), await ReadsAsync(review["COORD"])));
        (await review.DoAsync(review["STATE_FP"], "self_assess")).EnsureSuccessStatusCode();
        Assert.Equal((true, true, false), (await ReadsAsync(review["REV_FP/GHA"]), await ReadsAsync(review["COORD"]), await ReadsAsync(other)));

        async Task<bool> ReadsAsync(TestPerson person) =>
            (await person.Client.GetStringAsync(new Uri(at, UriKind.Relative), Cancel)).Contains("[checklist]", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_in_which_nobody_could_act_does_not_open()
    {
        await using var review = await OwnProcess.LaunchedAsync("nis2-like", "remote");

        using var early = await review.DoAsync(review["STATE_FP"], "scope");

        Assert.Contains("stage.nobody-reviews", await early.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await review.NameStatesAsync();
        (await review.DoAsync(review["STATE_FP"], "scope")).EnsureSuccessStatusCode();
        using var twice = await review["COORD"].Client.PostAsJsonAsync($"{review.Api}/reviewing-states", new { states = new[] { "NOR", "EST" } }, Cancel);
        Assert.Contains("stage.reviewers-named", await twice.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
