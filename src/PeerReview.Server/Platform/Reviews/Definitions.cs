using System.Collections.Frozen;
using System.Collections.Immutable;
using Dapper;
using PeerReview.Core;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Every version of every process and framework this database has seen, ready to use. What a programme publishes while the
/// program runs is taken up when it is first asked for.</summary>
public sealed class Definitions : IStageTitles
{
    private readonly Database _database;
    private readonly FrozenDictionary<(string Id, int Version), Framework> _frameworks;
    private ImmutableDictionary<(string Id, int Version), Published> _processes;

    private Definitions(Database database, IReadOnlyCollection<Published> processes, IEnumerable<Framework> frameworks)
    {
        _database = database;
        _processes = processes.ToImmutableDictionary(p => (p.Process.Id, p.Process.Version));
        _frameworks = frameworks.ToFrozenDictionary(f => (f.Id, f.Version));
        Offered = processes.Where(p => p is { Own: false, Process.OfferedByDefault: true }).Select(p => p.Process).OrderBy(p => p.Version).Last();
        Current = _frameworks.Values.OrderBy(f => f.Version).Last();
    }

    /// <summary>The process every programme offers.</summary>
    public ProcessDefinition Offered { get; }

    /// <summary>The framework new reviews are assessed against.</summary>
    public Framework Current { get; }

    /// <summary>Every process known so far, newest version first within its id; see <see cref="RefreshAsync"/>.</summary>
    public IEnumerable<ProcessDefinition> Processes => InOrder(_processes.Values);

    /// <summary>Those that are no programme's own: everybody may know them.</summary>
    public IEnumerable<ProcessDefinition> Common => InOrder(_processes.Values.Where(p => !p.Own));

    /// <summary>Every framework, newest version first within its id.</summary>
    public IEnumerable<Framework> Frameworks =>
        _frameworks.Values.OrderBy(f => f.Id, StringComparer.Ordinal).ThenByDescending(f => f.Version);

    /// <summary>The pinned version. A review's row refers to it by foreign key, so it is always there.</summary>
    public async ValueTask<ProcessDefinition> ProcessAsync(string id, int version, CancellationToken cancel)
    {
        if (FindProcess(id, version) is { } known)
            return known;
        await RefreshAsync(cancel);
        return _processes[(id, version)].Process;
    }

    /// <summary>The pinned version.</summary>
    public Framework Framework(string id, int version) => _frameworks[(id, version)];

    /// <summary>A version that is known so far, or null; see <see cref="KnowAsync"/>.</summary>
    public ProcessDefinition? FindProcess(string id, int version) => _processes.GetValueOrDefault((id, version))?.Process;

    /// <summary>A version, or null.</summary>
    public Framework? FindFramework(string id, int version) => _frameworks.GetValueOrDefault((id, version));

    /// <summary>What a programme offers: the process every programme offers, and of each it published the newest version.</summary>
    /// <param name="published">Of the programme.</param>
    public async ValueTask<ImmutableArray<ProcessDefinition>> OfferedAsync(IEnumerable<ProcessPin> published, CancellationToken cancel)
    {
        var pins = published.ToList();
        await KnowAsync(pins, cancel);
        return
        [
            .. pins.Select(pin => _processes[(pin.Id, pin.Version)].Process).Append(Offered)
                .GroupBy(process => process.Id, StringComparer.Ordinal).Select(versions => versions.MaxBy(process => process.Version)!)
                .OrderByDescending(process => process.Id == Offered.Id).ThenBy(process => process.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a theme is called in lists of reviews, by the newest framework; null for none.</summary>
    public string? ThemeName(string? theme, Texts texts) => theme is null ? null : ThemeNames.Of(texts, Current, theme);

    /// <summary>Takes up those of these that were published since; costs nothing when all are known.</summary>
    public ValueTask KnowAsync(IEnumerable<ProcessPin> pins, CancellationToken cancel) =>
        pins.All(pin => _processes.ContainsKey((pin.Id, pin.Version))) ? ValueTask.CompletedTask : RefreshAsync(cancel);

    /// <summary>Takes up every process published since; one round trip.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancel)
    {
        var known = _processes.Keys.ToList();
        var (stored, texts) = await _database.ReadAsync(
            Scope.None, Sql.New, new { Ids = known.Select(k => k.Id).ToArray(), Versions = known.Select(k => k.Version).ToArray() }, ReadAsync, cancel);
        foreach (var one in stored)
        {
            var process = DefinitionFiles.Read(one, TextsOf(one, texts)).Process!;
            ImmutableInterlocked.TryAdd(ref _processes, (one.Id, one.Version), new Published(process, one.Own));
        }
    }

    string IStageTitles.Of(LetterStage stage, string language) =>
        FindProcess(stage.Process, stage.Version)?.In(language).FindStage(stage.Stage)?.Title ?? stage.Stage;

    string IStageTitles.SideOf(LetterSide side, string language) =>
        FindProcess(side.Process, side.Version)?.In(language).FindParty(side.Party)?.Title ?? side.Party;

    string IStageTitles.NamedFor(LetterStage stage, Texts words) => FindProcess(stage.Process, stage.Version) is { } process
        ? OwnNames.NamedFor(words, process, stage.Stage)
        : "";

    string? IStageTitles.ConsentOf(LetterStage stage, string language) =>
        FindProcess(stage.Process, stage.Version)?.In(language).FindStage(stage.Stage)?.OnSilence is { Effect: SilenceEffect.Consent } silence ? silence.Text : null;

    string? IStageTitles.QuestionOf(string framework, int version, string item, string language) =>
        FindFramework(framework, version)?.In(language).Item(item)?.Question;

    string IStageTitles.KindOf(LetterReview review, Texts words) => FindProcess(review.Process, review.Version) is { } process
        ? VariantNames.Whole(words, process, review.Variant, review.Kind, ThemeName(review.Theme, words))
        : review.Variant;

    ValueTask IStageTitles.KnowAsync(Letter letter, CancellationToken cancel) => KnowAsync(
        [
            .. letter.Lines.Select(line => line.Stage).Append(letter.Stage).OfType<LetterStage>().Select(stage => new ProcessPin(stage.Process, stage.Version)),
            .. letter.Lines.Select(line => line.Review).Append(letter.Review).OfType<LetterReview>().Select(review => new ProcessPin(review.Process, review.Version)),
        ],
        cancel);

    /// <summary>Reads and checks every file, publishes what is new, and adds other versions from the database.</summary>
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
        var (stored, texts) = await database.ReadAsync(Scope.None, Sql.All, null, ReadAsync, cancel);
        Compare(files, stored);
        var all = stored.Select(s => (
            File: files.FirstOrDefault(f => f.Is(s.Kind, s.Id, s.Version)) ?? DefinitionFiles.Read(s, TextsOf(s, texts)), s.Own)).ToList();
        return new Definitions(
            database,
            [.. all.Where(one => one.File.Process is not null).Select(one => new Published(one.File.Process!, one.Own))],
            all.Select(one => one.File.Framework).OfType<Framework>());
    }

    private static async Task<(IReadOnlyList<Stored> Stored, IReadOnlyList<StoredText> Texts)> ReadAsync(SqlMapper.GridReader grid) =>
        ([.. await grid.ReadAsync<Stored>()], [.. await grid.ReadAsync<StoredText>()]);

    private static IEnumerable<DefinitionText> TextsOf(Stored stored, IEnumerable<StoredText> texts) => texts
        .Where(text => text.Kind == stored.Kind && text.Id == stored.Id && text.Version == stored.Version)
        .Select(text => new DefinitionText(text.Language, text.Source));

    private static IEnumerable<ProcessDefinition> InOrder(IEnumerable<Published> processes) => processes.Select(p => p.Process)
        .OrderBy(p => p.Id, StringComparer.Ordinal).ThenByDescending(p => p.Version);

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

    internal sealed record Stored(string Kind, string Id, int Version, string Hash, string Source, bool Own);

    private sealed record StoredText(string Kind, string Id, int Version, string Language, string Source);

    private sealed record Published(ProcessDefinition Process, bool Own);

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
            """
            SELECT kind, id, version, hash, source, own FROM definition ORDER BY kind, id, version;
            SELECT DISTINCT ON (kind, id, version, language) kind, id, version, language, source FROM definition_text
            ORDER BY kind, id, version, language, revision DESC
            """;

        public const string New =
            """
            SELECT kind, id, version, hash, source, own FROM definition d
            WHERE kind = 'process' AND NOT EXISTS (
                SELECT FROM unnest(@Ids::text[], @Versions::integer[]) AS known (id, version) WHERE known.id = d.id AND known.version = d.version)
            ORDER BY id, version;
            SELECT DISTINCT ON (kind, id, version, language) kind, id, version, language, source FROM definition_text
            WHERE kind = 'process'
            ORDER BY kind, id, version, language, revision DESC
            """;
    }
}

/// <summary>One version of a process.</summary>
public sealed record ProcessPin(string Id, int Version);

/// <summary>Definitions cannot be used; every problem with file, line and remedy.</summary>
public sealed class DefinitionException(ImmutableArray<DataProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All of them.</summary>
    public ImmutableArray<DataProblem> Problems { get; } = problems;
}
