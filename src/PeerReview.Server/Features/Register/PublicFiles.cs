using Microsoft.Net.Http.Headers;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>The files of published reports: which there are, and each to be saved.</summary>
public static class PublicFiles
{
    /// <summary>Maps the addresses.</summary>
    public static void Map(WebRoutes routes)
    {
        foreach (var format in ReportFormats.Made)
        {
            routes.PublicPages.MapGet($"/publications/{{slug}}/report.{format}", (string slug, int? edition, PublicReads reads, ReportFiles files, HttpContext http, CancellationToken cancel) =>
                ReadAsync(format, slug, edition, reads, files, http, cancel));
            routes.PublicApi.MapGet($"/publications/{{slug}}/report.{format}", (string slug, int? edition, PublicReads reads, ReportFiles files, HttpContext http, CancellationToken cancel) =>
                ReadAsync(format, slug, edition, reads, files, http, cancel))
                .WithName("ReadPublishedReportAs" + char.ToUpperInvariant(format[0]) + format[1..]).WithTags("public");
        }

        routes.PublicApi.MapGet("/publications/{slug}/files", ListAsync)
            .WithName("ReadPublishedFiles").WithTags("public").Produces<Listing<PublicFile>>();
    }

    private static async Task<IResult> ListAsync(
        string slug, int? edition, PublicReads reads, ReportFiles files, CancellationToken cancel)
    {
        if (await reads.FindAsync(slug, edition, cancel) is not { } found)
            return Answer.NotFound();
        var all = await files.OfAsync(found.Slug, found.Number, cancel);
        return TypedResults.Ok(new Listing<PublicFile>(all.Select(file => PublicFile.Of(file, found))));
    }

    private static async Task<IResult> ReadAsync(
        string format, string slug, int? edition, PublicReads reads, ReportFiles files, HttpContext http, CancellationToken cancel)
    {
        if (await reads.FindAsync(slug, edition, cancel) is not { } found
            || await files.ReadAsync(found.Slug, found.Number, format, cancel) is not { } file)
            return Answer.NotFound();
        // It is saved and never shown as a page of ours; if it were, it could do nothing.
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(EditionMark.NameOf(found.Slug, found.Number, format));
        http.Response.Headers.ContentDisposition = disposition.ToString();
        // The file of an edition never changes; which edition is the newest does.
        http.Response.Headers.CacheControl = edition is null ? "no-cache" : Assets.Caching;
        return TypedResults.Bytes(
            file.Content, ReportFormats.MediaType(format), enableRangeProcessing: true, lastModified: found.PublishedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));
    }
}

/// <summary>One format of a published edition.</summary>
/// <param name="Format">pdf, docx, json.</param>
/// <param name="State">waiting (being made), ready, or failed: then it is tried again.</param>
/// <param name="Why">Why the last attempt failed: no-browser, browser, too-slow, program.</param>
/// <param name="Size">Bytes; null until ready.</param>
/// <param name="Sha256">Of the file; null until ready.</param>
/// <param name="Address">Where it is, without the site; null until ready.</param>
public sealed record PublicFile(string Format, string State, string? Why, int? Size, string? Sha256, string? Address)
{
    internal static PublicFile Of(ReportFile file, Edition edition) => new(
        file.Format, file.State, file.Why, file.Size, file.Sha256,
        file.IsReady ? ReportFormats.Address(file.Format, edition.Slug, edition.Number) : null);
}
