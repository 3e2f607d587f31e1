using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Tests.Frameworks;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class ScopeTests
{
    private static readonly ImmutableArray<string> Own =
        [.. FrameworkFile.Framework.Items.Where(i => !i.InLightSet).Select(i => i.Id)];

    [Fact]
    public void A_light_review_has_its_nineteen_items_and_up_to_six_more_in_the_frameworks_order()
    {
        var none = Accepted("light");
        var six = Accepted("light", ["P-DLG.d1", "N-a.a2", "N-b.b4", "N-c.c2", "N-d.d2", "N-e.e2"]);

        Assert.Equal(19, none.Length);
        Assert.Equal(25, six.Length);
        Assert.Equal(["N-a.a1", "N-a.a2", "N-b.b1", "N-b.b4"], six[..4]);
        Assert.Equal("P-DLG.d1", six[^1]);
    }

    [Fact]
    public void A_seventh_is_refused_with_how_many_may_be_chosen()
    {
        var refusal = Refused("light", [.. Own[..7]]);

        Assert.Equal("scope.too-many", refusal.Code);
        Assert.Equal((7, 6), ((int)refusal.Args["chosen"], (int)refusal.Args["max"]));
    }

    [Fact]
    public void Naming_a_fixed_item_changes_nothing()
    {
        Assert.Equal(Accepted("light"), Accepted("light", ["N-a.a1", "P-STR.st2"]));
    }

    [Fact]
    public void A_full_review_is_about_everything_unless_the_State_chooses()
    {
        Assert.Equal(77, Accepted("full").Length);
        Assert.Equal(20, Accepted("full", ["P-DLG.d1"]).Length);
        Assert.Equal(50, Accepted("desk", [.. Own[..31]]).Length);
        Assert.Equal("scope.too-many", Refused("desk", [.. Own[..32]]).Code);
    }

    [Theory]
    [InlineData("heavy", "N-a.a2", "scope.unknown-variant")]
    [InlineData("light", "a2", "scope.unknown-item")]
    [InlineData("light", "<script>", "scope.unknown-item")]
    [InlineData("light", "N-a.a2,N-a.a2", "scope.doubled-item")]
    public void What_is_unknown_is_refused(string variant, string items, string code)
    {
        var refusal = Refused(variant, items.Split(','));

        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("<script>", refusal.Args.Values);
    }

    [Fact]
    public void A_theme_is_a_group_or_a_part_and_asks_all_its_questions_and_no_others()
    {
        var themes = FrameworkFile.Framework.Themes.ToList();

        Assert.Equal(["critical_infrastructure", "N-a", "N-b"], themes[..3]);
        Assert.Equal(20, themes.Count);
        Assert.Equal(["N-f", "N-g", "N-h"], OnTheme("light", "critical_infrastructure").Select(item => item[..3]).Distinct());
        Assert.Equal(["N-c.c1", "N-c.c2", "N-c.c3", "N-c.c4"], OnTheme("full", "N-c"));
        foreach (var theme in themes)
            Assert.InRange(OnTheme("light", theme).Length, 3, 25);
    }

    [Theory]
    [InlineData("heavy", "N-c", "", "scope.unknown-variant")]
    [InlineData("light", "", "", "scope.unknown-theme")]
    [InlineData("light", "N-c.c1", "", "scope.unknown-theme")]
    [InlineData("light", "N-c", "N-a.a2", "scope.theme-alone")]
    public void A_theme_that_is_none_or_has_company_is_refused(string variant, string theme, string item, string code) => Assert.Equal(
        code, Assert.IsType<Verdict<ImmutableArray<string>>.Refused>(
            Scope.OnTheme(FrameworkFile.Framework, variant, theme, item.Length == 0 ? [] : [item])).Reason.Code);

    [Fact]
    public void A_theme_larger_than_the_budget_is_refused_with_both_numbers()
    {
        var small = FrameworkFile.Framework with { Budgets = FrameworkFile.Framework.Budgets.SetItem("light", new ItemBudget(3, 200)) };

        var refusal = Assert.IsType<Verdict<ImmutableArray<string>>.Refused>(Scope.OnTheme(small, "light", "N-c", [])).Reason;

        Assert.Equal("scope.theme-too-large", refusal.Code);
        Assert.Equal((4, 3), ((int)refusal.Args["count"], (int)refusal.Args["max"]));
    }

    private static ImmutableArray<string> OnTheme(string variant, string theme) =>
        Assert.IsType<Verdict<ImmutableArray<string>>.Accepted>(Scope.OnTheme(FrameworkFile.Framework, variant, theme, [])).Value;

    private static ImmutableArray<string> Accepted(string variant, params string[] chosen) =>
        Assert.IsType<Verdict<ImmutableArray<string>>.Accepted>(Scope.Of(FrameworkFile.Framework, variant, chosen)).Value;

    private static Refusal Refused(string variant, params string[] chosen) =>
        Assert.IsType<Verdict<ImmutableArray<string>>.Refused>(Scope.Of(FrameworkFile.Framework, variant, chosen)).Reason;
}
