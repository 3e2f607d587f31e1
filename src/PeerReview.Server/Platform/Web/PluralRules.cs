namespace PeerReview.Server.Platform.Web;

/// <summary>The plural category of a number in a language.</summary>
/// <remarks>Source: Unicode CLDR, plural rules for cardinals, for the six languages of the United Nations.</remarks>
public static class PluralRules
{
    /// <summary>All categories a text may give a form for; <c>other</c> must be among them.</summary>
    public static readonly IReadOnlyList<string> Categories = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>The categories whole numbers fall into in a language; a text with plural forms has each of them.</summary>
    public static IReadOnlyList<string> CategoriesOf(string language) => language switch
    {
        "en" => ["one", "other"],
        "fr" or "es" => ["one", "many", "other"],
        "ru" => ["one", "few", "many", "other"],
        "ar" => Categories,
        _ => ["other"],
    };

    /// <summary>The category of <paramref name="count"/>; the sign does not matter.</summary>
    /// <param name="language">A language of two letters; one without rules here always answers <c>other</c>.</param>
    public static string Of(string language, decimal count)
    {
        var n = Math.Abs(count);
        var whole = decimal.Truncate(n) == n;
        return language switch
        {
            "en" => n == 1 && whole ? "one" : "other",
            // Zero and all below two are singular in French; a million takes "de" and with it a form of its own.
            "fr" => n < 2 ? "one" : IsMillions(n, whole) ? "many" : "other",
            "es" => n == 1 ? "one" : IsMillions(n, whole) ? "many" : "other",
            "ru" => whole ? Russian((long)(n % 100)) : "other",
            "ar" => whole ? Arabic(n) : "other",
            _ => "other",
        };
    }

    private static bool IsMillions(decimal n, bool whole) => whole && n != 0 && n % 1_000_000 == 0;

    private static string Russian(long lastTwo) => (lastTwo % 10, lastTwo) switch
    {
        (_, >= 11 and <= 14) => "many",
        (1, _) => "one",
        ( >= 2 and <= 4, _) => "few",
        _ => "many",
    };

    private static string Arabic(decimal n) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ => (long)(n % 100) switch
        {
            >= 3 and <= 10 => "few",
            >= 11 => "many",
            _ => "other",
        },
    };
}
