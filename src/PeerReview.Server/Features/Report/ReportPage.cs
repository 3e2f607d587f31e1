using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>The report: draft, comments on it, who has confirmed it.</summary>
public sealed class ReportPage(ReportReader reports)
{
    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/reviews/{review:guid}/report",
        (Guid review, Visit visit, ReportPage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, new ReviewId(review), http, cancel))
        .WithName("ReadReport").WithTags("reviews").Produces<ReportBody>();

    private async Task<IResult> ReadAsync(Visit visit, ReviewId id, HttpContext http, CancellationToken cancel)
    {
        if (await reports.FindAsync(visit.Caller.Actor, id, cancel) is not { } report)
            return ReviewRefusals.NotFound.ToProblem();
        var (review, material) = (report.Review, report.Material);
        return ETags.Content(http, new ReportBody(
            [
                .. report.Sections.Select(s => new SectionBody(
                    s.Id, s.Content?.Text ?? "", s.Text?.Version ?? 0, s.Text?.Label,
                    s.Text is { } text && !DraftReport.IsCleared(text, material) ? s.Content!.Flagged : [])),
            ],
            [
                .. report.Comments.Select(c => new DraftCommentBody(
                    c.Key, Contents.ReadDraftComment(c).About, Contents.ReadDraftComment(c).Text, c.Version, FactCheck.OutcomeOf(material, c.Key))),
            ],
            [.. report.Dissent.Select(d => new DissentBody(d.Key, Contents.ReadNote(d).Text, d.Version))],
            DraftReport.Words(material),
            report.Hash,
            [.. AgreementRules.Parties(AgreementRules.Open(review.State) ?? AgreementRules.Stage, review.Dossier)
                .Where(party => AgreementRules.HasConfirmed(review.Dossier, party, report.Hash))],
            review.Dossier.Agreement is not null));
    }
}

/// <summary>The report as the API shows it.</summary>
/// <param name="Words">Of the whole, recommendations and annexes included.</param>
/// <param name="ContentHash">What is confirmed.</param>
/// <param name="Confirmed">The parties that have: <c>STATE</c>, codes of reviewing States, <c>HEAD</c>, <c>LEAD</c>.</param>
/// <param name="Agreed">Whether all have.</param>
public sealed record ReportBody(
    ImmutableArray<SectionBody> Sections,
    ImmutableArray<DraftCommentBody> Comments,
    ImmutableArray<DissentBody> Dissent,
    int Words,
    string ContentHash,
    ImmutableArray<string> Confirmed,
    bool Agreed);

/// <summary>A section.</summary>
/// <param name="Label">Null while nothing is written.</param>
/// <param name="Flagged">Sentences somebody has to look at.</param>
public sealed record SectionBody(string Section, string Text, int Version, string? Label, ImmutableArray<string> Flagged);

/// <summary>A comment of the State on the draft.</summary>
/// <param name="Outcome"><c>taken_up</c>, <c>annexed</c>, or null while the lead has not said.</param>
public sealed record DraftCommentBody(string Id, string About, string Text, int Version, string? Outcome);

/// <summary>The dissent of a party.</summary>
public sealed record DissentBody(string Party, string Text, int Version);
