using System.Globalization;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The files of published editions: ordered in the transaction that publishes, read by everybody once ready.</summary>
/// <remarks>Read across programmes by the worker's login, so each statement names its columns: nothing else can leave.</remarks>
public sealed class ReportFiles(Database database)
{
    /// <summary>Orders every format of an edition, in the transaction that publishes it: the files are made, or it never was
    /// published.</summary>
    public static ReviewChange Order(ReviewChange change, LoadedReview review, string slug, int edition)
    {
        var args = new
        {
            Slug = slug,
            Edition = edition,
            Review = review.Id.Value,
            Programme = review.Programme.Value,
            Formats = ReportFormats.Made.ToArray(),
            Topics = ReportFormats.Made.Select(ReportFormats.Topic).ToArray(),
            Keys = ReportFormats.Made.Select(format => string.Create(
                CultureInfo.InvariantCulture, $"report:{slug}:{edition}:{format}")).ToArray(),
            Body = EditionRef.Write(new EditionRef(slug, edition)),
        };
        return change
            .Also(Sql.Order, args, ReportFormats.Made.Length)
            .Also(Sql.Send, args, ReportFormats.Made.Length);
    }

    /// <summary>Every format of an edition with how it stands; empty when there is no such edition.</summary>
    public Task<IReadOnlyList<ReportFile>> OfAsync(string slug, int edition, CancellationToken cancel) =>
        database.Worker.QueryAsync<ReportFile>(Scope.None, Sql.All, new { Slug = slug, Edition = edition }, cancel);

    /// <summary>The file itself; null while it is not ready.</summary>
    public Task<ReportContent?> ReadAsync(string slug, int edition, string format, CancellationToken cancel) =>
        database.Worker.SingleOrDefaultAsync<ReportContent>(
            Scope.None, Sql.Content, new { Slug = slug, Edition = edition, Format = format }, cancel);

    private static class Sql
    {
        public const string Order =
            """
            INSERT INTO report_file (slug, edition, format, programme_id)
            SELECT @Slug, @Edition, f.format, @Programme FROM unnest(@Formats::text[]) AS f (format)
            """;

        public const string Send =
            """
            INSERT INTO outbox (programme_id, review_id, topic, key, body, written_at, available_at)
            SELECT @Programme, @Review, f.topic, f.key, @Body, app.clock(), clock_timestamp()
            FROM unnest(@Topics::text[], @Keys::text[]) AS f (topic, key)
            """;

        public const string All =
            """
            SELECT f.format, f.state, f.why, f.size, f.sha256
            FROM (
                SELECT format, state, why, size, sha256, CASE format WHEN 'pdf' THEN 1 ELSE 2 END AS place
                FROM report_file WHERE slug = @Slug AND edition = @Edition
                UNION ALL
                SELECT 'json', 'ready', NULL, octet_length(report), sha256, 3
                FROM publication WHERE slug = @Slug AND edition = @Edition
            ) AS f
            ORDER BY f.place
            """;

        public const string Content =
            """
            SELECT content, sha256 FROM report_file
            WHERE slug = @Slug AND edition = @Edition AND format = @Format AND state = 'ready'
            """;
    }
}

/// <summary>How one format of an edition stands.</summary>
/// <param name="Format">pdf, docx, json.</param>
/// <param name="State">waiting (being made), ready, or failed: then it is tried again.</param>
/// <param name="Why">Why the last attempt failed, as a code; null unless it did.</param>
/// <param name="Size">Bytes; null until ready.</param>
/// <param name="Sha256">Of the file, 64 hex digits; null until ready.</param>
public sealed record ReportFile(string Format, string State, string? Why, int? Size, string? Sha256)
{
    /// <summary>Whether it can be had.</summary>
    public bool IsReady => State == "ready";
}

/// <summary>A file with its hash.</summary>
public sealed record ReportContent(byte[] Content, string Sha256);
