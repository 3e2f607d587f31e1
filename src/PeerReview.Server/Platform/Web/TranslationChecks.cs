using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace PeerReview.Server.Platform.Web;

/// <summary>Which translations a native speaker has checked, and when. What is not named in the file is not checked.</summary>
/// <remarks>Source: <c>workflows/reference/translations.csv</c>, one row for each part and language once somebody has read all
/// of it. English is the source and needs no check.</remarks>
public sealed class TranslationChecks
{
    /// <summary>What is checked by itself: texts of the interface, letters, the framework's items, stage names.</summary>
    public static readonly ImmutableArray<string> Parts = ["interface", "letters", "framework", "processes"];

    private readonly ImmutableDictionary<(string Part, string Language), DateOnly> _days;

    private TranslationChecks(ImmutableDictionary<(string, string), DateOnly> days) => _days = days;

    /// <summary>The day on which a part was checked in a language; null while nobody has.</summary>
    public DateOnly? On(string part, string language) => _days.TryGetValue((part, language), out var day) ? day : null;

    /// <summary>Whether a reader of this language reads something nobody has checked.</summary>
    public bool HasUnchecked(string language) => language != "en" && Parts.Any(part => On(part, language) is null);

    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">A row names an unknown part, or a day that is none.</exception>
    public static TranslationChecks Load(TextReader file)
    {
        using var csv = new CsvReader(file, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var days = ImmutableDictionary.CreateBuilder<(string, string), DateOnly>();
        while (csv.Read())
        {
            var part = csv.GetField("part") ?? "";
            if (!Parts.Contains(part, StringComparer.Ordinal))
                throw new FormatException($"translations.csv: there is no part '{part}'. There are: {string.Join(", ", Parts)}.");
            days[(part, csv.GetField("language") ?? "")] = DateOnly.ParseExact(csv.GetField("checked_on") ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return new TranslationChecks(days.ToImmutable());
    }
}
