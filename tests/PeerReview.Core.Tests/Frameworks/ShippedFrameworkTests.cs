using System.Text.Json;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Yaml;
using Xunit;

namespace PeerReview.Core.Tests.Frameworks;

public sealed class ShippedFrameworkTests
{
    /// <summary>How many items each part has, and which of them is fixed in a light review.</summary>
    private static readonly (string Part, int Items, string[] Light)[] Expected =
    [
        ("N-a", 3, ["N-a.a1"]), ("N-b", 4, ["N-b.b1"]), ("N-c", 4, ["N-c.c1"]), ("N-d", 3, ["N-d.d1"]),
        ("N-e", 3, ["N-e.e1"]), ("N-f", 4, ["N-f.f1"]), ("N-g", 4, ["N-g.g1"]), ("N-h", 4, ["N-h.h1"]),
        ("N-i", 4, ["N-i.i1"]), ("N-j", 3, ["N-j.j1"]), ("N-k", 3, ["N-k.k1"]),
        ("P-STR", 5, ["P-STR.st1", "P-STR.st2"]), ("P-THR", 4, ["P-THR.t1"]), ("P-ILW", 6, ["P-ILW.l1"]),
        ("P-CBM", 5, ["P-CBM.c1"]), ("P-CAP", 5, ["P-CAP.k1"]), ("P-STK", 5, ["P-STK.s1"]),
        ("P-REG", 4, ["P-REG.r1"]), ("P-DLG", 4, []),
    ];

    [Fact]
    public void It_has_no_problem()
    {
        Assert.Empty(FrameworkFile.Read(FrameworkFile.Text).Problems);
    }

    [Fact]
    public void It_has_the_seventy_seven_items_and_nineteen_of_them_are_fixed_in_a_light_review()
    {
        var actual = FrameworkFile.Framework.Parts.Select(
            p => (p.Id, p.Items.Length, Light: string.Join(' ', p.Items.Where(i => i.InLightSet).Select(i => i.Id))));

        Assert.Equal(Expected.Select(e => (e.Part, e.Items, string.Join(' ', e.Light))), actual);
        Assert.Equal(77, FrameworkFile.Framework.Items.Count());
        Assert.Equal(39, FrameworkFile.Framework.Parts.Where(p => p.Kind == PartKind.Norm).Sum(p => p.Items.Length));
        Assert.Equal(19, FrameworkFile.Framework.Items.Count(i => i.InLightSet));
    }

    [Fact]
    public void Three_norms_are_about_essential_services_and_ask_for_sectors()
    {
        var framework = FrameworkFile.Framework;

        Assert.Equal(["N-f", "N-g", "N-h"], framework.Parts.Where(p => p.AsksForSectors).Select(p => p.Id));
        Assert.Equal(12, framework.Items.Count(i => i.NeedsSectors));
        Assert.Equal("health", framework.Overlays.Single().Sector);
    }

    [Fact]
    public void Each_norm_is_its_own_letter_of_the_same_paragraph()
    {
        var sources = FrameworkFile.Framework.Parts.Where(p => p.Kind == PartKind.Norm).Select(p => p.Source);

        Assert.Equal("abcdefghijk".Select(letter => $"A/70/174, 13({letter})"), sources);
    }

    [Fact]
    public void Every_question_is_one_and_has_a_line_on_what_a_good_answer_contains()
    {
        var items = FrameworkFile.Framework.Items.ToList();

        Assert.All(items, i => Assert.EndsWith("?", i.Question, StringComparison.Ordinal));
        Assert.All(items, i => Assert.EndsWith(".", i.Help, StringComparison.Ordinal));
        Assert.Equal(items.Count, items.Select(i => i.Question).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_industry_accord_stands_beside_the_norms()
    {
        var accord = FrameworkFile.Framework.Crosswalks.Single(c => c.Kind == "industry");

        Assert.Equal(
            ["T1: N-e N-g N-i N-j", "T2: N-f N-i N-k", "T3: P-CAP P-STK", "T4: N-a N-b N-c N-d N-h N-j P-CBM"],
            accord.Entries.Select(e => $"{e.Code}: {string.Join(' ', e.Matches)}"));
    }

    [Fact]
    public void Budgets_are_those_of_the_three_variants()
    {
        var budgets = FrameworkFile.Framework.Budgets;

        Assert.Equal(new ItemBudget(25, 200), budgets["light"]);
        Assert.Equal(new ItemBudget(50, 150), budgets["desk"]);
        Assert.Equal(new ItemBudget(80, 150), budgets["full"]);
    }

    [Fact]
    public void The_schema_for_editors_asks_for_the_keys_the_file_has()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(FrameworkFile.Path("schema", "framework.schema.json")));
        var file = (DataNode.Mapping)YamlNodes.Parse(FrameworkFile.Text, "f.yaml").Root!;

        var keys = schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name);

        Assert.Equal(keys.Order(StringComparer.Ordinal), file.Entries.Select(e => e.Key).Order(StringComparer.Ordinal));
    }
}
