using PeerReview.Core.Process;
using PeerReview.Core.Selection;
using Xunit;

namespace PeerReview.Core.Tests.Selection;

/// <summary>The hard bars of process B.4, one by one and together.</summary>
public sealed class BarsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StateCode Subject = new("KEN");
    private static readonly StateCode Ghana = new("GHA");

    private static readonly DrawRules Rules = new(
        [new DrawSlot("A", DrawPool.SameGroup), new DrawSlot("B", DrawPool.OtherGroup)], 2, [.. Bars.All], [], 3, 2, 14, 1, 10, 1, 1, 1_095);

    private static readonly SelectionGround Ground = new(Subject, "African", Rules, Now);
    private static readonly PoolMember Ready = new(Ghana, "African") { IsOptedIn = true };

    [Fact]
    public void A_State_that_said_it_is_ready_may_review() => Assert.Empty(Bars.Of(Ready, Ground));

    public static readonly TheoryData<string, PoolMember, SelectionGround> Barred = new()
    {
        { Bars.NotTheSubject, new PoolMember(Subject, "African") { IsOptedIn = true }, Ground },
        { Bars.NotTheSubject, Ready, Ground with { Participants = [Ghana] } },
        { Bars.OptedIn, Ready with { IsOptedIn = false }, Ground },
        { Bars.NotOnDeferral, Ready with { DeferredUntil = new DateOnly(2026, 6, 1) }, Ground },
        { Bars.NoDeclaredConflict, Ready with { Conflicts = [Subject] }, Ground },
        { Bars.NoDeclaredConflict, Ready with { Conflicts = [new("SEN")] }, Ground with { Participants = [new("SEN")] } },
        { Bars.NoMutualReview, Ready, Ground with { Services = [Served(Subject, Ghana, 1_094)] } },
        { Bars.NoMutualReview, Ready, Ground with { Participants = [new("SEN")], Services = [Served(new("SEN"), Ghana, 1_094)] } },
        { Bars.ServedLessThanThree, Ready, Ground with { Services = [Served(Ghana, "FJI", 1_094), Served(Ghana, "URY", 400), Served(Ghana, "EST", 0)] } },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Each_bar_stands_alone(string bar, PoolMember candidate, SelectionGround ground)
    {
        Assert.Equal([bar], Bars.Of(candidate, ground));
        var without = ground with { Rules = Rules with { HardRules = Rules.HardRules.Remove(bar) } };
        Assert.Empty(Bars.Of(candidate, without));
    }

    [Fact]
    public void What_is_over_bars_no_more()
    {
        var services = new[] { Served(Subject, Ghana, 1_095), Served(Ghana, "FJI", 1_095), Served(Ghana, "URY", 400), Served(Ghana, "EST", 0) };

        Assert.Empty(Bars.Of(Ready with { DeferredUntil = new DateOnly(2026, 5, 31) }, Ground with { Services = [.. services] }));
    }

    [Fact]
    public void A_short_cycle_still_bars_mutual_reviews_for_two_years()
    {
        var ground = Ground with { Rules = Rules with { CycleDays = 365 } };

        Assert.Equal([Bars.NoMutualReview], Bars.Of(Ready, ground with { Services = [Served(Subject, Ghana, 729)] }));
        Assert.Empty(Bars.Of(Ready, ground with { Services = [Served(Subject, Ghana, 730)] }));
    }

    [Fact]
    public void All_that_bar_a_State_are_told_at_once()
    {
        var worst = new PoolMember(Subject, "African") { Conflicts = [Subject], DeferredUntil = new DateOnly(2027, 1, 1) };

        Assert.Equal([Bars.NotTheSubject, Bars.OptedIn, Bars.NotOnDeferral, Bars.NoDeclaredConflict], Bars.Of(worst, Ground));
    }

    [Theory]
    [InlineData(DrawPool.SameGroup, "African", true)]
    [InlineData(DrawPool.SameGroup, "AsiaPacific", false)]
    [InlineData(DrawPool.OtherGroup, "African", false)]
    [InlineData(DrawPool.OtherGroup, "AsiaPacific", true)]
    [InlineData(DrawPool.Anywhere, "African", true)]
    public void A_place_is_taken_from_its_pool(DrawPool pool, string group, bool fits) =>
        Assert.Equal(fits, Bars.Fits(new DrawSlot("A", pool), group, "African"));

    [Theory]
    [InlineData("African", "002", "African")]
    [InlineData(null, "145 142", "AsiaPacific")] // Western Asia
    [InlineData("", "039 150", "WesternEuropeanOthers")] // Southern Europe
    public void A_State_in_no_group_goes_by_its_region(string? group, string regions, string expected) =>
        Assert.Equal(expected, RegionalGroup.Of(group, regions.Split(' ')));

    private static Service Served(StateCode reviewer, StateCode subject, int daysAgo) => new(reviewer, subject, Now.AddDays(-daysAgo));

    private static Service Served(StateCode reviewer, string subject, int daysAgo) => Served(reviewer, new StateCode(subject), daysAgo);
}
