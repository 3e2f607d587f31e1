using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Web;

public sealed class TextsTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Theory]
    [InlineData("UTC", "22 November 2026 (UTC)")]
    [InlineData("Africa/Nairobi", "22 November 2026 (UTC+3, national time of Kenya)")]
    [InlineData("Asia/Kathmandu", "22 November 2026 (UTC+5:45, national time of Nepal)")]
    [InlineData("America/St_Johns", "22 November 2026 (UTC−3:30)")]
    public void A_day_says_where_it_ends_and_names_no_city(string zone, string expected) =>
        Assert.Equal(expected, TestTexts.English.DayIn(Day, zone));

    [Fact]
    public void No_zone_label_names_a_city()
    {
        foreach (var zone in TestTexts.States.TimeZones)
            Assert.Matches(@"^UTC([+−]\d+(:\d\d)?)?(, national time of .+)?$", TestTexts.English.Zone(Day, zone));
    }

    [Theory]
    [InlineData("2026-11-22T20:59:00Z", "due today")] // still the 22nd in Nairobi
    [InlineData("2026-11-22T21:00:00Z", "1 day late")]
    [InlineData("2026-11-16T20:59:00Z", "6 days left")]
    [InlineData("2026-11-24T00:00:00Z", "2 days late")]
    public void Days_left_are_counted_where_the_day_is_meant(string now, string expected) =>
        Assert.Equal(expected, TestTexts.English.DaysLeft(Day, "Africa/Nairobi", DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_day_that_has_no_last_hour_still_ends()
    {
        // In Nuuk clocks went forward at 22:00 of 25 March 2023 (local time) to 23:00.
        var end = Zones.EndOf(new DateOnly(2023, 3, 25), "America/Nuuk");

        Assert.Equal(new DateOnly(2023, 3, 25), Zones.DayAt(end, "America/Nuuk"));
        Assert.Equal(new DateOnly(2023, 3, 26), Zones.DayAt(end.AddSeconds(1), "America/Nuuk"));
    }

    [Fact]
    public void Plural_forms_follow_the_language_of_the_file()
    {
        var catalogue = Catalogue(("language.ru.yaml",
            "language: {culture: ru, direction: ltr}\ndays: {one: '{count} день', few: '{count} дня', many: '{count} дней', other: '{count} дня'}"));

        Assert.Equal(["1 день", "3 дня", "5 дней", "21 день"], new[] { 1, 3, 5, 21 }.Select(n => catalogue.In("ru").Of("days", ("count", n))));
    }

    [Fact]
    public void A_name_in_another_script_stays_within_its_place()
    {
        var texts = Catalogue(("x.en.yaml", "hello: 'Hello {name}.'")).English;

        Assert.Equal("Hello Ana.", texts.Of("hello", ("name", "Ana")));
        Assert.Equal("Hello \u2068سلمى\u2069.", texts.Of("hello", ("name", "سلمى")));
        Assert.Equal("Hello \u2068Anaexe.\u2069.", texts.Of("hello", ("name", "Ana\u202Eexe.")));
    }

    [Fact]
    public void A_missing_text_is_reported_and_shown_as_its_key()
    {
        var reported = new List<string>();
        var catalogue = TextCatalogue.From([English], TestTexts.States, (language, key) => reported.Add($"{language} {key}"));

        Assert.Equal("no.such", catalogue.English["no.such"]);
        Assert.Equal(["en no.such"], reported);
    }

    [Fact]
    public void A_text_missing_in_a_language_is_shown_in_English()
    {
        var catalogue = TextCatalogue.From(
            [English, ("language.ar.yaml", "language: {culture: ar, direction: rtl}"), ("x.en.yaml", "hello: Hello")], TestTexts.States, (_, _) => { });

        Assert.Equal("Hello", catalogue.In("ar")["hello"]);
        Assert.Equal("rtl", catalogue.In("ar").Direction);
    }

    [Theory]
    [InlineData("a: 'one {brace'", "brace stands alone")]
    [InlineData("a: {one: x}", "'other' is missing")]
    [InlineData("a: [1]", "a text is expected")]
    [InlineData("a: x\na: y", "x.en.yaml")]
    public void A_broken_file_is_refused_with_its_name(string yaml, string said)
    {
        var e = Assert.Throws<FormatException>(() => Catalogue(("x.en.yaml", yaml)));

        Assert.Contains("x.en.yaml", e.Message, StringComparison.Ordinal);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 byte")]
    [InlineData(1_500, "1.5 kB")]
    [InlineData(20_000_000, "20 MB")]
    public void A_size_is_rounded_for_people(long bytes, string expected) => Assert.Equal(expected, TestTexts.English.Size(bytes));

    private static (string, string) English => ("language.en.yaml", "language: {culture: en-GB, direction: ltr}");

    private static TextCatalogue Catalogue(params (string, string)[] files) =>
        TextCatalogue.From([English, .. files], TestTexts.States, TestTexts.Throw);
}
