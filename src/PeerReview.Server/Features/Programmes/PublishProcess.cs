using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Programmes;

/// <summary>A programme publishes a process: from then on its States can launch reviews that follow it. Only whoever holds the
/// database can: what a review pins is never changed or taken back.</summary>
internal static class PublishProcess
{
    /// <summary>Publishes a version; harmless when it is published already.</summary>
    /// <param name="programme">The short name of the programme.</param>
    /// <param name="file">Checked, with its translations.</param>
    /// <returns>What was new; or <c>operations.no-such-programme</c>, <c>processes.published-otherwise</c>.</returns>
    public static async Task<Verdict<PublishedProcess>> RunAsync(
        Database database, string programme, DefinitionFile file, CancellationToken cancel)
    {
        if (await database.Worker.SingleOrDefaultAsync<Guid?>(Scope.None, Sql.Find, new { Slug = programme }, cancel) is not { } id)
            return await ProgrammeNames.UnknownAsync(database, programme, cancel);

        await using var unit = await database.BeginAsync(Scope.Of(new ProgrammeId(id)), cancel);
        var args = new { Programme = id, file.Id, file.Version, file.Hash, file.Source };
        await unit.ExecuteAsync(Sql.Define, args, cancel);
        var stands = await unit.SingleOrDefaultAsync<string>(Sql.Hash, args, cancel);
        if (stands != file.Hash)
        {
            return new Refusal("processes.published-otherwise", RefusalKind.Conflict)
                .With("id", file.Id).With("version", file.Version).With("next", file.Version + 1).With("hash", stands![..12]);
        }

        var isNew = await unit.ExecuteAsync(Sql.Publish, args, cancel) > 0;
        var texts = new List<string>();
        foreach (var text in file.Texts)
        {
            if (await unit.ExecuteAsync(Sql.Text, new { file.Id, file.Version, text.Language, text.Source }, cancel) > 0)
                texts.Add(text.Language);
        }

        await unit.CommitAsync(cancel);
        return new PublishedProcess(isNew, texts);
    }

    private static class Sql
    {
        public const string Find = "SELECT id FROM programme WHERE slug = @Slug";

        // Two that publish at once: the second waits for the first and finds its row.
        public const string Define =
            """
            INSERT INTO definition (kind, id, version, hash, source, published_at, own)
            VALUES ('process', @Id, @Version, @Hash, @Source, app.clock(), true)
            ON CONFLICT DO NOTHING
            """;

        public const string Hash = "SELECT hash FROM definition WHERE kind = 'process' AND id = @Id AND version = @Version";

        public const string Publish =
            """
            INSERT INTO process_publication (programme_id, id, version, published_at)
            VALUES (@Programme, @Id, @Version, app.clock())
            ON CONFLICT DO NOTHING
            """;

        public const string Text =
            """
            INSERT INTO definition_text (kind, id, version, language, revision, source, published_at)
            SELECT 'process', @Id, @Version, @Language, coalesce(newest.revision, 0) + 1, @Source, app.clock()
            FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
                SELECT revision, source FROM definition_text
                WHERE kind = 'process' AND id = @Id AND version = @Version AND language = @Language
                ORDER BY revision DESC LIMIT 1
            ) newest ON true
            WHERE newest.source IS DISTINCT FROM @Source
            """;
    }
}

/// <summary>What publishing a process changed.</summary>
/// <param name="IsNew">Whether the programme had not published it before.</param>
/// <param name="Texts">Languages whose texts are new or corrected.</param>
internal sealed record PublishedProcess(bool IsNew, IReadOnlyList<string> Texts);
