using PeerReview.Core.Access;
using PeerReview.Testing;
using Xunit;
using static PeerReview.Server.Tests.Commitments.PlanSteps;

namespace PeerReview.Server.Tests.Commitments;

/// <summary>What the page of an action plan says of who reads an entry: its own label and that of the recommendation it carries out.</summary>
public sealed class PlanReachTests
{
    [Fact]
    public async Task Before_a_plan_is_handed_in_its_page_names_the_entries_the_coordinator_and_the_public_do_not_read()
    {
        await using var desk = await StrictAsync();
        using var pages = await Pages.OfAsync(desk.App, desk.FocalPoint);

        var (_, form) = await pages.ReadAsync($"{desk.Page}/commitments/new?from=R-01");
        Assert.Contains("The public does not read this recommendation, so it does not read what carries it out either.", form, StringComparison.Ordinal);
        var (_, own) = await pages.ReadAsync($"{desk.Page}/commitments/new");
        Assert.Contains("where the public reads the recommendation it carries out", own, StringComparison.Ordinal);

        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        (await desk.PlanAsync("", label: "AMBER")).EnsureSuccessStatusCode();
        (await desk.PlanAsync("", label: "RED")).EnsureSuccessStatusCode();
        var (_, html) = await pages.ReadAsync($"{desk.Page}/commitments");
        Assert.Contains("the reviewing States and the coordinator read it as far as sharing labels allow", html, StringComparison.Ordinal);
        Assert.Contains("The reviewing States read these entries and the coordinator does not, because of their label or that of the recommendation they carry out: C-01.", html, StringComparison.Ordinal);
        Assert.Contains("Neither the reviewing States nor the coordinator read these entries, because of their label or that of the recommendation they carry out: C-03.", html, StringComparison.Ordinal);
        Assert.Contains("because it does not read the recommendation they carry out: C-01.", html, StringComparison.Ordinal);
        Assert.Contains("only that their sharing label keeps them back: C-02, C-03.", html, StringComparison.Ordinal);
        // The State reads all of it.
        Assert.DoesNotContain("Sharing labels keep some of this from you.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_read_a_part_of_the_plan_reads_how_much_it_is()
    {
        await using var desk = await StrictAsync();
        (await desk.PlanAsync("R-01")).EnsureSuccessStatusCode();
        using var coordinator = await Pages.OfAsync(desk.App, desk.Coordinator);
        using var expert = await Pages.OfAsync(desk.App, desk.Experts[DeskReview.Eva]);
        Assert.Null(await FinishAsync(desk, desk.FocalPoint));

        var (_, html) = await coordinator.ReadAsync($"{desk.Page}/commitments");
        Assert.Contains("Recommendations not shown to you: 1. Entries of the plan not shown to you: 1.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("[the State plans a register]", html, StringComparison.Ordinal);
        var (_, team) = await expert.ReadAsync($"{desk.Page}/commitments");
        Assert.Contains("[the State plans a register]", team, StringComparison.Ordinal);
        Assert.DoesNotContain("Sharing labels keep some of this from you.", team, StringComparison.Ordinal);
    }

    // The recommendation is about an item whose answer only the State and the experts read, and nothing of it is opened.
    private static async Task<DeskReview> StrictAsync()
    {
        var desk = await DeskReview.RespondingAsync(label: item => item == "N-a.a2" ? SharingLabel.AmberStrict : SharingLabel.Clear);
        (await desk.RespondAsync("R-01", "accepted")).EnsureSuccessStatusCode();
        (await desk.SignResponsesAsync()).EnsureSuccessStatusCode();
        (await desk.DecideAsync(opens: false)).EnsureSuccessStatusCode();
        return desk;
    }
}
