using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace PeerReview.Server.Platform.Documents;

/// <summary>On which page of a PDF each place stands that its links lead to. Chromium cannot print the number of another page
/// itself (no <c>target-counter</c>), so it is read from a first print and written into a second.</summary>
/// <remarks>Reads what Chromium writes: objects in clear, places by their names. Source: ISO 32000-1, 7.7.3.2 and 12.3.2.3.</remarks>
internal static partial class PdfPlaces
{
    private const int Patience = 5000;

    /// <summary>Name of a place to its page, from 1; empty when the file is not written so.</summary>
    public static FrozenDictionary<string, int> Of(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var nodes = Nodes().Matches(text).ToDictionary(
            node => node.Groups["id"].Value,
            node => Number().Matches(node.Groups["kids"].Value).Select(kid => kid.Groups["id"].Value).ToList(),
            StringComparer.Ordinal);
        var pages = Leaves(Root().Match(text).Groups["id"].Value, nodes).Index()
            .ToDictionary(page => page.Item, page => page.Index + 1, StringComparer.Ordinal);
        return Places().Matches(text)
            .Where(place => pages.ContainsKey(place.Groups["page"].Value))
            .DistinctBy(place => place.Groups["name"].Value, StringComparer.Ordinal)
            .ToFrozenDictionary(place => place.Groups["name"].Value, place => pages[place.Groups["page"].Value], StringComparer.Ordinal);
    }

    private static IEnumerable<string> Leaves(string id, Dictionary<string, List<string>> nodes) =>
        nodes.Remove(id, out var kids) ? kids.SelectMany(kid => Leaves(kid, nodes)) : [id];

    [GeneratedRegex(@"(?<id>\d+) 0 obj\n<</Type /Pages\n/Count \d+\n/Kids \[(?<kids>[0-9 R]*)\]", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Nodes();

    [GeneratedRegex(@"(?<id>\d+) 0 R", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Number();

    [GeneratedRegex(@"/Type /Catalog\n/Pages (?<id>\d+) 0 R", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Root();

    [GeneratedRegex(@"/(?<name>[A-Za-z0-9.\-]+) \[(?<page>\d+) 0 R /XYZ ", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Places();
}
