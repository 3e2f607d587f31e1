using System.Collections.Frozen;
using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Every version of every process and framework this database has seen, ready to use.</summary>
public sealed class Definitions : IStageTitles
{
    private readonly FrozenDictionary<(string Id, int Version), ProcessDefinition> _processes;
    private readonly FrozenDictionary<(string Id, int Version), Framework> _frameworks;

    private Definitions(IEnumerable<ProcessDefinition> processes, IEnumerable<Framework> frameworks)
    {
        _processes = processes.ToFrozenDictionary(p => (p.Id, p.Version));
        _frameworks = frameworks.ToFrozenDictionary(f => (f.Id, f.Version));
        Offered = _processes.Values.Where(p => p.OfferedByDefault).OrderBy(p => p.Version).Last();
        Current = _frameworks.Values.OrderBy(f => f.Version).Last();
    }

    /// <summary>The process new reviews follow.</summary>
    public ProcessDefinition Offered { get; }

    /// <summary>The framework new reviews are assessed against.</summary>
    public Framework Current { get; }

    /// <summary>Every process, newest version first within its id.</summary>
    public IEnumerable<ProcessDefinition> Processes =>
        _processes.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ThenByDescending(p => p.Version);

    /// <summary>Every framework, newest version first within its id.</summary>
    public IEnumerable<Framework> Frameworks =>
        _frameworks.Values.OrderBy(f => f.Id, StringComparer.Ordinal).ThenByDescending(f => f.Version);

    /// <summary>The pinned version. A review's row refers to it by foreign key, so it is always there.</summary>
    public ProcessDefinition Process(string id, int version) => _processes[(id, version)];

    /// <summary>The pinned version.</summary>
    public Framework Framework(string id, int version) => _frameworks[(id, version)];

    /// <summary>A version, or null.</summary>
    public ProcessDefinition? FindProcess(string id, int version) => _processes.GetValueOrDefault((id, version));

    /// <summary>A version, or null.</summary>
    public Framework? FindFramework(string id, int version) => _frameworks.GetValueOrDefault((id, version));

    string IStageTitles.Of(LetterStage stage, string language) =>
        FindProcess(stage.Process, stage.Version)?.In(language).FindStage(stage.Stage)?.Title ?? stage.Stage;

    /// <summary>Reads and checks every file, publishes what is new, and adds older versions from the database.</summary>
    /// <exception cref="DefinitionException">Files have problems, or one changed under its old version.</exception>
    public static async Task<Definitions> LoadAsync(Database database, string workflows, CancellationToken cancel)
    {
        var files = DefinitionFiles.Read(workflows);
        await database.ExecuteAsync(
            Scope.None,
            Sql.Publish,
            new
            {
                Kinds = files.Select(f => f.Kind).ToArray(),
                Ids = files.Select(f => f.Id).ToArray(),
                Versions = files.Select(f => f.Version).ToArray(),
                Hashes = files.Select(f => f.Hash).ToArray(),
                Sources = files.Select(f => f.Source).ToArray(),
            },
            cancel);
        var stored = await database.QueryAsync<Stored>(Scope.None, Sql.All, null, cancel);
        Compare(files, stored);
        var all = stored.Select(s => files.FirstOrDefault(f => f.Is(s.Kind, s.Id, s.Version)) ?? DefinitionFiles.Read(s)).ToList();
        return new Definitions(all.Select(f => f.Process).OfType<ProcessDefinition>(), all.Select(f => f.Framework).OfType<Framework>());
    }

    private static void Compare(IReadOnlyList<DefinitionFile> files, IReadOnlyList<Stored> stored)
    {
        var changed = files
            .Where(f => stored.Single(s => f.Is(s.Kind, s.Id, s.Version)).Hash != f.Hash)
            .Select(f => new DataProblem(f.Path, 1,
                $"{f.Id} version {f.Version} is published with another content (hash {stored.Single(s => f.Is(s.Kind, s.Id, s.Version)).Hash[..12]}…): "
                + "give the changed file a new version, or bring the old content back."))
            .ToImmutableArray();
        if (!changed.IsEmpty)
            throw new DefinitionException(changed);
    }

    internal sealed record Stored(string Kind, string Id, int Version, string Hash, string Source);

    private static class Sql
    {
        public const string Publish =
            """
            INSERT INTO definition (kind, id, version, hash, source, published_at)
            SELECT d.kind, d.id, d.version, d.hash, d.source, app.clock()
            FROM unnest(@Kinds::text[], @Ids::text[], @Versions::integer[], @Hashes::text[], @Sources::text[])
                AS d (kind, id, version, hash, source)
            ON CONFLICT DO NOTHING
            """;

        public const string All =
            "SELECT kind, id, version, hash, source FROM definition ORDER BY kind, id, version";
    }
}

/// <summary>Definitions cannot be used; every problem with file, line and remedy.</summary>
public sealed class DefinitionException(ImmutableArray<DataProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All of them.</summary>
    public ImmutableArray<DataProblem> Problems { get; } = problems;
}
