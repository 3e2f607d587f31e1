using System.Globalization;
using CsvHelper;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Reads the words that could blame a State or group for an incident.</summary>
/// <remarks>Source: workflows/reference/wording.csv, in the six languages; the names of States are those of every page, and others in common
/// use.</remarks>
public static class WordingFile
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WordingGuard Load(string path, StateNames states)
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
            States = [.. states.All, .. rows.Where(row => row.Kind == "state").Select(row => (row.State, row.Text))],
        };

        IEnumerable<string> Of(string kind) => rows.Where(row => row.Kind == kind).Select(row => row.Text);
    }
}
