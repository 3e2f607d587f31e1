using PeerReview.Core.Selection;
using Xunit;

namespace PeerReview.Core.Tests.Selection;

public sealed class PoolTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly StateCode Kenya = new("KEN");

    [Fact]
    public void Every_group_is_told_in_the_same_order_and_a_thin_one_is_told_so()
    {
        var pool = new[] { "KEN", "GHA", "MAR", "SEN", "TGO" }
            .Select(code => new PoolMember(new StateCode(code), "African") { IsOptedIn = true }).ToList();

        Assert.Equal(RegionalGroup.OfTheUnitedNations, PoolHealth.Of(pool, Today).Select(group => group.Group));
        Assert.Equal((5, 5, false), Health(pool));
        pool[0] = pool[0] with { DeferredUntil = Today };
        Assert.Equal((5, 4, true), Health(pool));
        pool[1] = pool[1] with { IsOptedIn = false };
        Assert.Equal((4, 3, true), Health(pool));

        (int, int, bool) Health(List<PoolMember> members) =>
            PoolHealth.Of(members, Today)[0] is var african ? (african.OptedIn, african.Ready, african.IsThin) : default;
    }

    public static readonly TheoryData<string?, PoolEntry> Entries = new()
    {
        { null, PoolEntry.None },
        { null, new PoolEntry(true, Today, [new StateCode("GHA")]) },
        { null, new PoolEntry(true, Today.AddDays(PoolRules.MaxDeferral), []) },
        { "pool.deferral-without-opting-in", new PoolEntry(false, Today, []) },
        { "pool.deferral-out-of-range", new PoolEntry(true, Today.AddDays(-1), []) },
        { "pool.deferral-out-of-range", new PoolEntry(true, Today.AddDays(PoolRules.MaxDeferral + 1), []) },
        { "pool.conflict-with-itself", new PoolEntry(false, null, [Kenya]) },
        { "pool.conflict-unknown", new PoolEntry(false, null, [new StateCode("XXX")]) },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public void An_entry_is_checked_before_it_is_recorded(string? refused, PoolEntry entry) =>
        Assert.Equal(refused, PoolRules.Check(entry, Kenya, state => state.Value != "XXX", Today).Select(r => r.Code).SingleOrDefault());
}
