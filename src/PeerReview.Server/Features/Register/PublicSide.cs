using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>The public side: the register, its feed, and published reports on their permanent addresses.</summary>
public static class PublicSide
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/register", RegisterAsync);
        routes.PublicPages.MapGet("/register.atom", FeedAsync);
        routes.PublicPages.MapGet("/publications/{slug}.json", FileAsync);
        routes.PublicPages.MapGet("/publications/{slug}", ReportAsync);
        PublicFiles.Map(routes);
        routes.PublicApi.MapGet("/register", (string? state, string? cursor, PublicReads reads, CancellationToken cancel) =>
            reads.ListAsync(state, cursor, cancel)).WithName("ReadRegister").WithTags("public");
        routes.PublicApi.MapGet("/publications/{slug}", FileAsync).WithName("ReadPublishedReport").WithTags("public");
    }

    private static async Task<IResult> RegisterAsync(
        string? state, string? cursor, Visit visit, PublicReads reads, StateNames states, Site site, Definitions definitions, CancellationToken cancel)
    {
        var filter = string.IsNullOrEmpty(state) ? null : state;
        var page = await reads.ListAsync(filter, cursor, cancel);
        await definitions.KnowAsync(page.Items.Select(line => line.Process), cancel);
        return Answer.Page<RegisterView>(new { Model = new RegisterModel(page, filter, states, visit.Texts.Language, site) { Definitions = definitions } });
    }

    private static async Task<IResult> ReportAsync(
        string slug, int? edition, Visit visit, PublicReads reads, ReportFiles files, Definitions definitions,
        TextCatalogue catalogue, StateNames states, Site site, CancellationToken cancel)
    {
        if (await reads.FindAsync(slug, edition, cancel) is not { } found)
            return Answer.NotFound();
        var report = found.Read();
        var sheet = ReportSheet.Of(report, definitions.Framework(found.FrameworkId, found.FrameworkVersion), catalogue, states) with
        {
            Edition = new EditionMark(
                found.Slug, found.Number, site.Link(found.Address),
                site.Link(ReportFormats.Address(ReportFormats.Json, found.Slug, found.Number)), found.Sha256, found.PublishedAt),
        };
        return Answer.Page<ReportView>(new
        {
            Model = new ReportModel(
                found, sheet.Edition!, ReportLayouts.Of(sheet),
                ReportLayouts.TitleOf(report, sheet.Framework, states.Of(report.Subject, visit.Texts.Language), visit.Texts),
                await files.OfAsync(found.Slug, found.Number, cancel)),
        });
    }

    private static async Task<IResult> FileAsync(
        string slug, int? edition, PublicReads reads, HttpContext http, CancellationToken cancel)
    {
        if (await reads.FindAsync(slug, edition, cancel) is not { } found)
            return Answer.NotFound();
        // An edition never changes; which one is the newest does.
        http.Response.Headers.CacheControl = edition is null ? "no-cache" : "public, max-age=31536000, immutable";
        return TypedResults.Bytes(
            Encoding.UTF8.GetBytes(found.Report), "application/json",
            entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{found.Sha256}\""));
    }

    private static async Task<IResult> FeedAsync(
        PublicReads reads, Site site, StateNames states, Definitions definitions, Visit visit, CancellationToken cancel)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var page = await reads.ListAsync(null, null, cancel);
        var published = page.Items.Where(line => line is { Slug: not null, Published: not null })
            .OrderByDescending(line => line.Published).ToList();
        var feed = new XElement(
            atom + "feed",
            new XElement(atom + "id", site.Link("/register")),
            new XElement(atom + "title", visit.Texts["register.feed"]),
            new XElement(atom + "updated", Day(published.FirstOrDefault()?.Published ?? DateOnly.FromDateTime(DateTime.UnixEpoch))),
            new XElement(atom + "author", new XElement(atom + "name", "PeerReview")),
            new XElement(atom + "link", new XAttribute("rel", "self"), new XAttribute("href", site.Link("/register.atom"))),
            published.Select(line => new XElement(
                atom + "entry",
                new XElement(atom + "id", site.Link("/publications/" + line.Slug)),
                new XElement(
                    atom + "title",
                    ThemeNames.With(visit.Texts, states.Of(line.State, visit.Texts.Language), definitions.ThemeName(line.Theme, visit.Texts))),
                new XElement(atom + "updated", Day(line.Published!.Value)),
                new XElement(atom + "link", new XAttribute("href", site.Link("/publications/" + line.Slug))))));
        return TypedResults.Text(
            new XDeclaration("1.0", "utf-8", null) + "\n" + feed, "application/atom+xml", Encoding.UTF8);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}

/// <summary>What the register draws.</summary>
/// <param name="State">The State asked for, or null.</param>
/// <param name="Site">Where it is: addresses are printed whole.</param>
public sealed record RegisterModel(RegisterPage Page, string? State, StateNames States, string Language, Site Site)
{
    /// <summary>Where the variants are named.</summary>
    public required Definitions Definitions { get; init; }
}

/// <summary>What the page of a report draws.</summary>
/// <param name="Mark">The edition with its whole addresses.</param>
/// <param name="Title">In the reader's language.</param>
public sealed record ReportModel(Edition Edition, EditionMark Mark, ReportLayout Layout, string Title, IReadOnlyList<ReportFile> Files);
