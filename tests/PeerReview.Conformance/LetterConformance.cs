using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;
using Xunit;

namespace PeerReview.Conformance;

/// <summary>What every renderer of letters behind the port must do. A stack gets it by deriving from it; nothing here
/// knows a template language beyond <c>{{ name }}</c>.</summary>
public abstract class LetterConformance
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>The renderer; it keeps nothing of one letter for the next.</summary>
    protected abstract ILetterRenderer Renderer { get; }

    /// <summary>Values as people have them, and as nobody should.</summary>
    public static TheoryData<string> Values =>
    [
        "Ana Example",
        "",
        "{{ address }} {{{ name }}} {{#if name}} {{ name | string.upcase }} \\{{ name }}",
        "\"quoted\" 'once' & <b>bold</b> \\ \\n `tick` $name %d {0}",
        "first line\n  second, indented\r\n\tthird\n\n",
        "ممثل دولة الكويت \u2067رقم ١٢\u2069",
        "👩‍🚀 e\u0301 \u200bzero\u200d \ufeff",
        "}} {%{ }%} {{~ -}} <%= %>",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_shipped_letter_is_its_text_with_its_values_put_in(string value)
    {
        foreach (var letter in LetterCatalog.Shipped.All)
        {
            var values = letter.Kind.Variables.ToDictionary(name => name, name => new LetterValue($"{value}/{name}"), StringComparer.Ordinal);
            Assert.Equal(PutIn(letter.Subject, values), Renderer.Render(letter.Subject, values, English));
            Assert.Equal(PutIn(letter.Body, values), Renderer.Render(letter.Body, values, English));
        }
    }

    [Fact]
    public void A_value_of_100_kilobytes_arrives_whole()
    {
        var values = new Dictionary<string, LetterValue> { ["list"] = string.Concat(Enumerable.Repeat("- ميثاق {{ x }} 🙂\n", 5_000)) };

        Assert.Equal("a\n" + values["list"].Shown + "z", Renderer.Render("a\n{{ list }}z", values, English));
    }

    [Fact]
    public void A_value_stands_where_its_name_stands_and_is_not_indented()
    {
        var values = new Dictionary<string, LetterValue> { ["list"] = "- one\n- two" };

        Assert.Equal("Items:\n    - one\n- two\n", Renderer.Render("Items:\n    {{ list }}\n", values, English));
    }

    [Fact]
    public void What_a_value_stands_for_changes_nothing_of_how_it_reads()
    {
        var values = new Dictionary<string, LetterValue>
        {
            ["due"] = new("31. März 2026") { Day = new DateOnly(2026, 3, 31) },
            ["left"] = new("noch 30 Tage") { Number = 30 },
            ["list"] = new("- eins\n- zwei") { Rows = [LetterRow("eins"), LetterRow("zwei")] },
        };

        Assert.Equal(
            "31. März 2026, noch 30 Tage\n- eins\n- zwei", Renderer.Render("{{ due }}, {{left}}\n{{ list }}", values, English));
    }

    [Theory]
    [InlineData("Dear {{ nmae }}", 1)]
    [InlineData("Dear\n\n  {{ names }}", 3)]
    [InlineData("{{ name }}\n{{ count }}", 2)]
    public void An_unknown_name_is_refused_with_its_line_and_the_known_ones(string text, int line)
    {
        var refused = Assert.Throws<LetterException>(() => Renderer.Render(text, One("Ana"), English));

        Assert.Equal(line, refused.Fault.Line);
        Assert.Contains("no value is called", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("use one of name.", refused.Message, StringComparison.Ordinal);
        Assert.Equal([refused.Fault], Renderer.Check(text, ["name"]));
    }

    [Theory]
    [InlineData("Dear\n{{ name", 2)]
    [InlineData("Dear {{ | }}", 1)]
    [InlineData("a\nb\n{{ name name name | }}", 3)]
    public void What_does_not_parse_is_refused_with_its_line(string text, int line)
    {
        Assert.Equal(line, Assert.Throws<LetterException>(() => Renderer.Render(text, One("Ana"), English)).Fault.Line);
        Assert.Equal(line, Renderer.Check(text, ["name"])[0].Line);
    }

    [Fact]
    public void Every_shipped_letter_is_found_fine()
    {
        foreach (var letter in LetterCatalog.Shipped.All)
        {
            Assert.Empty(Renderer.Check(letter.Subject, [.. letter.Kind.Variables]));
            Assert.Empty(Renderer.Check(letter.Body, [.. letter.Kind.Variables]));
        }
    }

    [Fact]
    public void A_text_or_a_letter_beyond_bounds_is_refused()
    {
        var tooLong = new string('x', LetterLimits.Text + 1);
        Assert.Contains("at most", Assert.Throws<LetterException>(() => Renderer.Render(tooLong, One(""), English)).Message, StringComparison.Ordinal);
        Assert.Contains("at most", Assert.Single(Renderer.Check(tooLong, ["name"])).What, StringComparison.Ordinal);

        var full = new string('x', LetterLimits.Output / 2);
        Assert.Equal(LetterLimits.Output, Renderer.Render("{{ name }}{{ name }}", One(full), English).Length);
        Assert.Contains(
            "grows beyond",
            Assert.Throws<LetterException>(() => Renderer.Render("{{ name }}{{ name }}.", One(full), English)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "grows beyond",
            Assert.Throws<LetterException>(() => Renderer.Render("{{ name }}", One(new string('x', 10_000_000)), English)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_letter_leaves_nothing_for_the_next()
    {
        Assert.Equal("a", Renderer.Render("{{ name }}", One("a"), English));
        Assert.Equal("b", Renderer.Render("{{ name }}", One("b"), English));
        Assert.Throws<LetterException>(() => Renderer.Render("{{ name }}", new Dictionary<string, LetterValue>(), English));
    }

    [Fact]
    public void Eight_threads_render_the_same_letters()
    {
        var letters = LetterCatalog.Shipped.All.ToList();
        var alone = letters.ConvertAll(letter => Renderer.Render(letter.Body, letter.Kind.Sample, English));

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(alone[i % letters.Count], Renderer.Render(letters[i % letters.Count].Body, letters[i % letters.Count].Kind.Sample, English)));
    }

    private static ImmutableDictionary<string, LetterValue> LetterRow(string state) =>
        ImmutableDictionary<string, LetterValue>.Empty.Add("state", state);

    private static Dictionary<string, LetterValue> One(string name) => new() { ["name"] = name };

    /// <summary>The meaning of plain variables, said again in one line.</summary>
    private static string PutIn(string text, Dictionary<string, LetterValue> values) =>
        string.Concat(text.Split("{{ ").Select((part, i) => i == 0 ? part : values[part[..part.IndexOf(" }}", StringComparison.Ordinal)]].Shown + part[(part.IndexOf(" }}", StringComparison.Ordinal) + 3)..]));
}
