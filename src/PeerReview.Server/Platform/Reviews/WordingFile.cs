using System.Globalization;
using CsvHelper;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Reads the words that could blame a State or group for an incident.</summary>
/// <remarks>Source: workflows/reference/wording.csv, in the six languages; the names of States are those of every page, and others in common
/// use. How peoples are called stands in workflows/reference/peoples.csv, a row per State, forms of a language parted by <c>|</c>.</remarks>
public static class WordingFile
{
    private static readonly string[] Inflecting = ["en", "fr", "es", "ru", "ar"];

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static WordingGuard Load(string path, string peoples, StateNames states)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<(string Kind, string Text, string State)>();
        while (csv.Read())
            rows.Add((csv.GetField("kind")!, csv.GetField("text")!, csv.GetField("state")!));
        return new WordingGuard
        {
            Blame = [.. Of("blame")],
            Incident = [.. Of("incident")],
            Groups = [.. Of("group")],
            Peoples = [.. ReadPeoples(peoples)],
            States = [.. states.All, .. rows.Where(row => row.Kind == "state").Select(row => (row.State, row.Text))],
        };

        IEnumerable<string> Of(string kind) => rows.Where(row => row.Kind == kind).Select(row => row.Text);
    }

    private static IEnumerable<(string State, string Form)> ReadPeoples(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            foreach (var form in Inflecting.SelectMany(language => csv.GetField(language)!.Split('|', StringSplitOptions.RemoveEmptyEntries)))
                yield return (csv.GetField("state")!, form);
        }
    }
}
