using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Programmes;

/// <summary>Which processes programmes published, and how many reviews follow each.</summary>
public static class ProcessLists
{
    /// <summary>Every publication of every programme, for whoever runs the machine.</summary>
    public static Task<IReadOnlyList<PublishedLine>> AllAsync(Database database, CancellationToken cancel) =>
        database.Worker.QueryAsync<PublishedLine>(Scope.None, Sql.Lines, null, cancel);

    /// <summary>The publications of the programmes in a scope.</summary>
    public static Task<IReadOnlyList<PublishedLine>> InAsync(Database database, Scope scope, CancellationToken cancel) =>
        database.QueryAsync<PublishedLine>(scope, Sql.Lines, null, cancel);

    private static class Sql
    {
        public const string Lines =
            """
            SELECT p.programme_id, g.slug AS programme, g.name AS programme_name, p.id, p.version, d.hash, p.published_at,
                   (SELECT count(*) FROM review r WHERE r.programme_id = p.programme_id AND r.process_id = p.id
                    AND r.process_version = p.version AND r.status IN ('running', 'deferred', 'suspended'))::integer AS running
            FROM process_publication p JOIN programme g ON g.id = p.programme_id
            JOIN definition d ON d.kind = p.kind AND d.id = p.id AND d.version = p.version
            ORDER BY g.slug, p.id, p.version DESC
            """;
    }
}

/// <summary>That a programme published a version of a process.</summary>
/// <param name="Programme">Its short name.</param>
/// <param name="PublishedAt">UTC.</param>
/// <param name="Running">Reviews that follow it and are not over.</param>
public sealed record PublishedLine(
    Guid ProgrammeId, string Programme, string ProgrammeName, string Id, int Version, string Hash, DateTimeOffset PublishedAt, int Running);
