using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Server.Platform.Yaml;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Reads <c>workflows/calendars</c>: sessions, and the days off a party has told the programme.</summary>
internal static class CalendarFiles
{
    /// <exception cref="DefinitionException">A file has problems; all of them are named.</exception>
    public static Calendars Read(string workflows)
    {
        var problems = ImmutableArray.CreateBuilder<DataProblem>();
        var folder = Path.Combine(workflows, "calendars");
        var sessions = Read(Path.Combine(folder, "sessions.yaml"), CalendarReader.ReadSessions, problems);
        var parties = Directory.EnumerateFiles(Path.Combine(folder, "holidays"), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(path => (Party: Path.GetFileNameWithoutExtension(path), Days: Read(path, CalendarReader.ReadHolidays, problems)))
            .ToList();
        if (problems.Count > 0)
            throw new DefinitionException(problems.ToImmutable());
        return new Calendars(
            sessions!,
            parties.ToImmutableDictionary(p => p.Party, p => p.Days!, StringComparer.Ordinal));
    }

    private static T? Read<T>(
        string path, Func<DataNode, string, CalendarResult<T>> read, ImmutableArray<DataProblem>.Builder problems)
        where T : class
    {
        var name = Path.Combine("workflows", "calendars", Path.GetFileName(path));
        var parsed = YamlNodes.Parse(File.ReadAllText(path), name);
        problems.AddRange(parsed.Problems);
        if (parsed.Root is not { } root)
            return null;
        var result = read(root, name);
        problems.AddRange(result.Problems);
        return result.Value;
    }
}
