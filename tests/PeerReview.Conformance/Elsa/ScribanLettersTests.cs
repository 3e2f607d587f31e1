using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Stacks.Elsa;
using PeerReview.Server.Stacks.Embedded;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>The Elsa stack's letters: the same suite, and what Scriban gives on top.</summary>
public sealed class ScribanLettersTests : LetterConformance
{
    private static readonly ImmutableDictionary<string, LetterValue> Sample = new Dictionary<string, LetterValue>
    {
        ["name"] = "Ana",
        ["note"] = "",
        ["state"] = "Portugal",
        ["due"] = new("31 March 2026 (UTC+1)") { Day = new DateOnly(2026, 3, 31) },
        ["left"] = new("7 days left") { Number = 7 },
        ["list"] = new("- all of it") { Rows = [Row("Portugal", 7), Row("Fiji", -2)] },
    }.ToImmutableDictionary();

    protected override ILetterRenderer Renderer { get; } = new ScribanLetters();

    [Fact]
    public void Every_shipped_letter_is_the_same_bytes_on_both_stacks()
    {
        var embedded = new HandlebarsLetters();
        var letters = LetterCatalog.Shipped.All.ToList();
        Assert.All(letters.GroupBy(letter => letter.Kind), kind => Assert.Equal(["ar", "en", "es", "fr", "ru", "zh"], kind.Select(letter => letter.Language)));
        foreach (var letter in letters)
        {
            var culture = CultureInfo.GetCultureInfo(letter.Language);
            foreach (var text in new[] { letter.Subject, letter.Body })
                Assert.Equal(embedded.Render(text, letter.Kind.Sample, culture), Renderer.Render(text, letter.Kind.Sample, culture));
        }
    }

    [Theory]
    [InlineData("{{ if left < 8 }}soon{{ else }}later{{ end }}", "soon")]
    [InlineData("{{ if left == 7 && state != \"Fiji\" }}yes{{ end }}", "yes")]
    [InlineData("{{ if note == \"\" }}no note{{ end }}", "no note")]
    [InlineData("{{ case state }}{{ when \"Fiji\" }}F{{ when \"Portugal\" }}P{{ else }}?{{ end }}", "P")]
    [InlineData("{{ left > 0 ? \"ahead\" : \"behind\" }}", "ahead")]
    [InlineData("{{ left + 1 }} {{ -left }} {{ left | math.abs }} {{ left | math.times 2 }}", "8 -7 7 14")]
    [InlineData("{{ for line in list }}{{ line.state }} {{ line.left }}; {{ end }}", "Portugal 7 left; Fiji -2 left; ")]
    [InlineData("{{~ for line in list ~}}\n- {{ line.state }}\n{{~ end ~}}\n", "- Portugal\n- Fiji\n")]
    [InlineData("{{ for line in list }}{{ for.index + 1 }}/{{ list.size }}{{ if !for.last }}, {{ end }}{{ end }}", "1/2, 2/2")]
    [InlineData("{{ for line in list }}{{ if line.left >= 0 }}{{ continue }}{{ end }}{{ line.state }}{{ end }}", "Fiji")]
    [InlineData("{{ for line in list limit:1 }}{{ line.state }}{{ end }}", "Portugal")]
    [InlineData("{{ list | array.map \"state\" | array.join \", \" }}", "Portugal, Fiji")]
    [InlineData("{{ list[1].state }} {{ list.size }} {{ list }}", "Fiji 2 - all of it")]
    [InlineData("{{ state | string.upcase | string.append \"!\" }}", "PORTUGAL!")]
    [InlineData("{{ list | string.replace \"all\" \"some\" }}", "- some of it")]
    [InlineData("{{ due | string.slice 0 8 }} {{ due | string.upcase }}", "31 March 31 MARCH 2026 (UTC+1)")]
    [InlineData("{{ # a note to whoever edits this }}x", "x")]
    public void Conditions_loops_and_filters(string text, string letter)
    {
        Assert.Empty(Renderer.Check(text, [.. Sample.Keys]));
        Assert.Equal(letter, Renderer.Render(text, Sample, CultureInfo.GetCultureInfo("en")));
    }

    [Theory]
    [InlineData("ar")]
    [InlineData("zh")]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("es")]
    public void Days_and_numbers_a_letter_works_out_are_written_in_the_readers_culture(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var day = new DateOnly(2026, 3, 31);

        Assert.Equal(
            day.ToString("dddd d MMMM", culture), Renderer.Render("{{ due | date.format \"dddd d MMMM\" }}", Sample, culture));
        Assert.Equal(day.AddDays(7).ToString("D", culture), Renderer.Render("{{ due | date.add_days 7 }}", Sample, culture));
        Assert.Equal(3.5.ToString(culture), Renderer.Render("{{ left / 2 }}", Sample, culture));
    }

    [Theory]
    [InlineData("fr", "mardi 31 mars, 3,5")]
    [InlineData("ru", "вторник 31 марта, 3,5")]
    public void A_reader_finds_the_own_words(string language, string words) =>
        Assert.Equal(
            words, Renderer.Render("{{ due | date.format \"dddd d MMMM\" }}, {{ left / 2 }}", Sample, CultureInfo.GetCultureInfo(language)));

    [Fact]
    public void A_day_is_no_instant_of_the_machine() =>
Assert.Equal("2026-03-31T00:00:00Z", Renderer.Render("{{ due | date.format \"yyyy-MM-ddTHH:mm:ssK\" }}", Sample, CultureInfo.InvariantCulture));

    private static ImmutableDictionary<string, LetterValue> Row(string state, int left) =>
        ImmutableDictionary<string, LetterValue>.Empty
            .Add("state", state).Add("left", new LetterValue($"{left} left") { Number = left });
}
