using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace PeerReview.Server.Platform.Web;

/// <summary>The names of the States in the languages of the United Nations, and the zones of their capitals.</summary>
/// <remarks>Source: workflows/reference/states.csv, the same file the table of States is filled from.</remarks>
public sealed class StateNames
{
    private static readonly ImmutableArray<string> NameLanguages = ["ar", "zh", "en", "fr", "ru", "es"];

    private readonly ImmutableDictionary<string, ImmutableDictionary<string, string>> _names;
    private readonly ImmutableDictionary<string, string> _zones;
    private readonly ImmutableDictionary<string, string> _stateOfZone;

    private StateNames(IReadOnlyCollection<Row> rows)
    {
        _names = rows.ToImmutableDictionary(row => row.Iso3, row => row.Names, StringComparer.Ordinal);
        _zones = rows.ToImmutableDictionary(row => row.Iso3, row => row.Zone, StringComparer.Ordinal);
        // A zone that several capitals keep names no State: only the offset is said then.
        _stateOfZone = rows.GroupBy(row => row.Zone, StringComparer.Ordinal).Where(zone => zone.Count() == 1)
            .ToImmutableDictionary(zone => zone.Key, zone => zone.First().Iso3, StringComparer.Ordinal);
        TimeZones = [.. rows.Select(row => row.Zone).Append("UTC").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The zones of all capitals and UTC, each once, sorted.</summary>
    public ImmutableArray<string> TimeZones { get; }

    /// <summary>The codes of all States, ISO 3166-1 alpha-3.</summary>
    public IEnumerable<string> Codes => _names.Keys;

    /// <summary>Every name of every State, in all six languages.</summary>
    public IEnumerable<(string State, string Name)> All =>
        _names.SelectMany(state => state.Value.Values.Distinct(StringComparer.Ordinal).Select(name => (state.Key, name)));

    /// <summary>The name of a State; its code when it is unknown.</summary>
    public string Of(string iso3, string language) =>
        _names.TryGetValue(iso3, out var names) ? names.GetValueOrDefault(language, names["en"]) : iso3;

    /// <summary>The State whose capital alone keeps this zone, or null.</summary>
    public string? OfZone(string zone, string language) =>
        _stateOfZone.TryGetValue(zone, out var iso3) ? Of(iso3, language) : null;

    /// <summary>The day it is in the capital of a State at an instant; in UTC when the State is unknown.</summary>
    public DateOnly DayIn(string iso3, DateTimeOffset at) => Zones.DayAt(at, _zones.GetValueOrDefault(iso3, "UTC"));

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StateNames Load(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<Row>();
        while (csv.Read())
        {
            rows.Add(new Row(
                csv.GetField("iso3")!,
                csv.GetField("time_zone")!,
                NameLanguages.ToImmutableDictionary(language => language, language => csv.GetField(language)!, StringComparer.Ordinal)));
        }

        return new StateNames(rows);
    }

    private sealed record Row(string Iso3, string Zone, ImmutableDictionary<string, string> Names);
}
