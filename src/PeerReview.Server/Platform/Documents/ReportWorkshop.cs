using System.Globalization;
using System.Text;
using PeerReview.Core.Report;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Where files are made: reads the published edition, nothing wider, and keeps what became of each.</summary>
internal sealed class ReportWorkshop(
    Database database, Definitions definitions, TextCatalogue catalogue, StateNames states, PublicAddress address)
{
    /// <summary>An edition with the state of one of its files; null when there is none.</summary>
    public Task<Found?> FindAsync(EditionRef edition, string format, CancellationToken cancel) =>
        database.Worker.SingleOrDefaultAsync<Found>(
            Scope.None, Sql.Find, new { edition.Slug, edition.Edition, Format = format }, cancel);

    /// <summary>What a file of it is made of.</summary>
    public async Task<ReportSheet> SheetAsync(Found found, CancellationToken cancel)
    {
        var site = await address.GetAsync(cancel);
        var page = new Uri(site, string.Create(CultureInfo.InvariantCulture, $"/publications/{found.Slug}?edition={found.Number}"));
        var data = new Uri(site, ReportFormats.Address(ReportFormats.Json, found.Slug, found.Number));
        var report = ReportJson.Read(Encoding.UTF8.GetBytes(found.Report));
        return ReportSheet.Of(report, definitions.Framework(found.FrameworkId, found.FrameworkVersion), catalogue, states) with
        {
            Edition = new EditionMark(
                found.Slug, found.Number, page.AbsoluteUri, data.AbsoluteUri, found.Sha256, found.PublishedAt),
        };
    }

    /// <summary>Keeps a file. One that another node kept meanwhile stays.</summary>
    public Task KeepAsync(EditionRef edition, string format, byte[] content, string sha256, CancellationToken cancel) =>
        database.Worker.ExecuteAsync(
            Scope.None, Sql.Keep,
            new { edition.Slug, edition.Edition, Format = format, Content = content, Size = content.Length, Sha256 = sha256 }, cancel);

    /// <summary>Says why there is none yet.</summary>
    public Task FailAsync(EditionRef edition, string format, string why, CancellationToken cancel) =>
        database.Worker.ExecuteAsync(
            Scope.None, Sql.Fail, new { edition.Slug, edition.Edition, Format = format, Why = why }, cancel);

    /// <summary>An edition as published, to the byte.</summary>
    public sealed record Found(
        string Slug, int Number, string Report, string Sha256, DateTimeOffset PublishedAt, string FrameworkId, int FrameworkVersion, bool IsReady);

    private static class Sql
    {
        public const string Find =
            """
            SELECT p.slug, p.edition AS number, p.report, p.sha256, p.published_at, r.framework_id, r.framework_version,
                   f.state = 'ready' AS is_ready
            FROM report_file f JOIN publication p USING (slug, edition) JOIN review r ON r.id = p.review_id
            WHERE f.slug = @Slug AND f.edition = @Edition AND f.format = @Format
            """;

        public const string Keep =
            """
            UPDATE report_file SET state = 'ready', why = NULL, content = @Content, size = @Size, sha256 = @Sha256, made_at = app.clock()
            WHERE slug = @Slug AND edition = @Edition AND format = @Format AND state <> 'ready'
            """;

        public const string Fail =
            """
            UPDATE report_file SET state = 'failed', why = @Why
            WHERE slug = @Slug AND edition = @Edition AND format = @Format AND state <> 'ready'
            """;
    }
}
