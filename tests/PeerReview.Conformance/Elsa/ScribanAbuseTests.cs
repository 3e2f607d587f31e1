using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Stacks.Elsa;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>Letters that would run for ever, fill the memory or look around are refused. Nothing here measures time: a
/// text that is not bounded keeps the test from ending.</summary>
public sealed class ScribanAbuseTests
{
    private static readonly ImmutableDictionary<string, LetterValue> Values = new Dictionary<string, LetterValue>
    {
        ["name"] = "Ana",
        ["big"] = new string('x', LetterLimits.Output / 2),
        ["due"] = new("31 March 2026") { Day = new DateOnly(2026, 3, 31) },
        ["left"] = new("7 days left") { Number = 7 },
        ["list"] = new("- a") { Rows = [ImmutableDictionary<string, LetterValue>.Empty.Add("state", "Fiji")] },
    }.ToImmutableDictionary();

    private readonly ScribanLetters _letters = new();

    /// <summary>Seen without any value.</summary>
    [Theory]
    [InlineData("{{ while true }}x{{ end }}", "letters have no while")]
    [InlineData("{{ func f; f; end; f }}", "letters have no function")]
    [InlineData("{{ f = do; f; end }}", "letters have no")]
    [InlineData("{{ x = 1 }}", "letters have no assign")]
    [InlineData("{{ name = 1 }}", "letters have no assign")]
    [InlineData("{{ x++ }}", "letters have no")]
    [InlineData("{{ capture x }}{{ end }}", "letters have no capture")]
    [InlineData("{{ with list }}{{ end }}", "letters have no with")]
    [InlineData("{{ wrap name }}{{ end }}", "letters have no wrap")]
    [InlineData("{{ import list }}", "letters have no import")]
    [InlineData("{{ readonly name }}", "letters have no readonly")]
    [InlineData("{{ ret name }}", "letters have no return")]
    [InlineData("{{ tablerow x in list }}{{ end }}", "letters have no")]
    [InlineData("{{ this }}", "letters have no this")]
    [InlineData("{{ this[\"name\"] }}", "letters have no this")]
    [InlineData("{{ $0 }}", "letters have no")]
    [InlineData("{{ for $x in list }}{{ end }}", "plain name")]
    [InlineData("{{ for line in list }}{{ end }}{{ line }}", "no value is called 'line'")]
    [InlineData("{{ {a: 1} }}", "letters have no object")]
    [InlineData("{{ $\"{name}\" }}", "letters have no interpolated")]
    [InlineData("{{ @name }}", "letters have no operator @")]
    [InlineData("{{ 9 ^ 2147483647 }}", "letters have no operator ^")]
    [InlineData("{{ 1 << 1000000 }}", "letters have no operator <<")]
    [InlineData("{{ include 'secret' }}", "no value is called 'include'")]
    [InlineData("{{ include_join ['a'] ',' }}", "letters have no")]
    [InlineData("{{ object.eval \"1 + 1\" }}", "no value is called 'object'")]
    [InlineData("{{ name | object.eval_template }}", "no value is called 'object'")]
    [InlineData("{{ name | object.typeof }}", "no value is called 'object'")]
    [InlineData("{{ \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | regex.match \"(a+)+$\" }}", "no value is called 'regex'")]
    [InlineData("{{ date.now }}", "there is no date.now; there are add_days, format")]
    [InlineData("{{ date.utc_now }}", "there is no date.utc_now")]
    [InlineData("{{ date.parse \"now\" }}", "there is no date.parse")]
    [InlineData("{{ math.random 1 6 }}", "there is no math.random")]
    [InlineData("{{ math.uuid }}", "there is no math.uuid")]
    [InlineData("{{ left | math.format \"D999999999\" }}", "there is no math.format")]
    [InlineData("{{ name | string.pad_left 1000000000 }}", "there is no string.pad_left")]
    [InlineData("{{ name | html.escape }}", "no value is called 'html'")]
    [InlineData("{{ timespan.zero }}", "no value is called 'timespan'")]
    public void What_letters_do_not_have_is_seen_before_one_is_sent(string text, string problem)
    {
        Assert.Contains(problem, _letters.Check(text, [.. Values.Keys])[0].What, StringComparison.Ordinal);
        Assert.Contains(problem, Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_a_letter_says_wrong_is_told_at_once() =>
        Assert.Equal(
            [1, 2, 3, 1],
            _letters.Check("{{ while true }}{{ end }}{{ nmae }}\n{{ math.uuid }}\n{{ 1 << 2 }}", [.. Values.Keys]).Select(fault => fault.Line));

    /// <summary>Seen when it happens.</summary>
    [Theory]
    [InlineData("{{ for a in 1..1000000000 }}x{{ end }}", "LoopLimit")]
    [InlineData("{{ for a in 1..9999 }}{{ for b in 1..9999 }}{{ for c in 1..9999 }}{{ end }}{{ end }}{{ end }}", "iteration limit")]
    [InlineData("{{ \"x\" * 1000000000 }}", "LimitToString")]
    [InlineData("{{ \"x\" * 500000 }}", "grows beyond")]
    [InlineData("{{ (big + big + big + big) + big | string.size }}", "grows beyond")]
    [InlineData("{{ big | string.replace \"x\" big }}", "grows beyond")]
    [InlineData("{{ 1..9999 | array.join big }}", "LimitToString")]
    [InlineData("{{ name | string.append big | string.append big | string.append big | string.append big | string.append big }}", "LimitToString")]
    [InlineData("{{ 9223372036854775807 * 9223372036854775807 }}", "too large")]
    [InlineData("{{ 99999999999999999999999999999999 }}", "too large")]
    [InlineData("{{ due.year }}", "Cannot get member with name year")]
    [InlineData("{{ left.shown }}", "Cannot get member with name shown")]
    [InlineData("{{ (due | date.add_days 1).year }}", "Cannot get member with name year")]
    [InlineData("{{ due.get_type }}", "Cannot get member")]
    [InlineData("{{ name.length }}", "Cannot get member")]
    [InlineData("{{ name.to_upper }}", "Cannot get member")]
    [InlineData("{{ list.count }}", "")]
    [InlineData("{{ list[7].state }}", "")]
    [InlineData("{{ for line in list }}{{ line.sate }}{{ end }}", "sate")]
    [InlineData("{{ for line in name }}{{ line.length }}{{ end }}", "")]
    [InlineData("{{ name.x.y }}", "")]
    [InlineData("{{ due | date.add_days 99999999 }}", "")]
    [InlineData("{{ due | date.format \"Q\" }}", "")]
    [InlineData("{{ due | date.format (\"dddd \" * 50000) }}", "grows beyond")]
    [InlineData("{{ name | date.format \"d\" }}", "")]
    [InlineData("{{ name | math.abs }}", "")]
    [InlineData("{{ 1 // 0 }}", "")]
    [InlineData("{{ name 1 }}", "")]
    public void What_goes_too_far_is_refused_with_its_line(string text, string problem) =>
        Assert.Contains(problem, Refused("\n" + text, 2).Message, StringComparison.Ordinal);

    [Fact]
    public void Many_loops_one_after_the_other_share_one_budget() =>
        Assert.Contains(
            "works too long",
            Refused(string.Concat(Enumerable.Repeat("{{ for a in 1..9999 }}{{ a == 1 ? \"\" : \"\" }}{{ end }}", 300))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Long_texts_spend_the_budget_faster() =>
        Assert.Contains(
            "works too long",
            Refused("{{ for a in 1..9999 }}{{ big | string.upcase | string.downcase | string.size }}{{ end }}").Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ ", "(", "1", ")", " }}")]
    [InlineData("{{ ", "!", "true", "", " }}")]
    [InlineData("{{ ", "- ", "1", "", " }}")]
    [InlineData("{{ ", "list[", "0", "]", " }}")]
    [InlineData("{{ ", "[", "0", "]", " }}")]
    [InlineData("{{ ", "name == ", "1", "", " }}")]
    [InlineData("{{ ", "1+", "1", "", " }}")]
    [InlineData("{{ ", "true ? 1 : ", "1", "", " }}")]
    [InlineData("{{ name", ".a", "", "", " }}")]
    [InlineData("{{ name", "|string.strip", "", "", " }}")]
    [InlineData("", "{{ if true }}", "x", "{{ end }}", "")]
    [InlineData("{{ if false }}", "{{ else if false }}", "", "", "{{ end }}")]
    [InlineData("", "{{ for a in list }}", "x", "{{ end }}", "")]
    public void Deep_nesting_is_refused(string before, string open, string inner, string close, string after)
    {
        var times = (LetterLimits.Text - before.Length - inner.Length - after.Length) / (open.Length + close.Length);
        Refused(before + string.Concat(Enumerable.Repeat(open, times)) + inner + string.Concat(Enumerable.Repeat(close, times)) + after);
    }

    [Fact]
    public void A_shared_filter_cannot_be_changed()
    {
        Refused("{{ string.upcase = 1 }}");
        Refused("{{ string = 1 }}");
        Refused("{{ for string in list }}{{ end }}{{ string }}");

        Assert.Equal("ANA", _letters.Render("{{ for string in list }}{{ end }}{{ name | string.upcase }}", Values, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Any_text_renders_or_is_refused()
    {
        string[] parts =
        [
            "{{", "}}", " ", "\n", "name", "list", "due", ".", "|", "string.upcase", "array.first", "if", "else", "end", "for", "in", "case",
            "when", "(", ")", "[", "]", "\"", "1", "..", "+", "-", "*", "/", "==", "<", "!", "&&", "?", ":", "x", "{%{", "}%}", "~", "#", ",", "@", "$",
        ];
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var text = "{{ " + string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => parts[random.Next(parts.Length)] + (random.Next(2) == 0 ? " " : "")));
            var failure = Record.Exception(() => _letters.Render(text, Values, CultureInfo.InvariantCulture));
            Assert.True(failure is null or LetterException, $"seed {seed}: {text}\n{failure}");
        }
    }

    private LetterException Refused(string text, int line = 1)
    {
        var refused = Assert.Throws<LetterException>(() => _letters.Render(text, Values, CultureInfo.InvariantCulture));
        Assert.Equal(line, refused.Fault.Line);
        return refused;
    }
}
