using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>The report as one document: to read and print, to check, to agree on.</summary>
public sealed class ReportPage(ReportReader reports, ReportHistory history, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/report", (
            Guid review, string? since, string? change, Visit visit, ReportPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), new ReportAgain { Since = since, Changes = change }, cancel));
        routes.Api.MapGet(
            "/reviews/{review:guid}/report",
            (Guid review, Visit visit, ReportPage page, HttpContext http, CancellationToken cancel) =>
                page.ReadAsync(visit, new ReviewId(review), http, cancel))
            .WithName("ReadReport").WithTags("reviews").Produces<ReportBody>();
    }

    /// <summary>The page, or once more after a form of it was refused.</summary>
    internal async Task<IResult> DrawAsync(Visit visit, ReviewId id, ReportAgain again, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        if (await reports.FindAsync(actor, id, cancel) is not { } report)
            return Answer.NotFound();
        var model = ReportModel.Of(report, visit, names, again);
        if (model.Since is { } since)
            model = model with { Changed = ReportHistory.Between(await history.AtAsync(report, since.At, cancel), report) };
        return Answer.Page<ReportView>(new { Model = model }, again.Status);
    }

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
            review.Dossier.Agreement is not null)
        {
            Remarks = [.. report.Remarks.Select(r => new DraftRemarkBody(r.Key, Contents.ReadDraftComment(r).About, Contents.ReadDraftComment(r).Text))],
            Groups = [.. report.Groups.Select(g => new GroupBody(g.Family, g.Standing, g.Reason is { } reason ? Contents.ReadNote(reason).Text : null))],
        });
    }
}

/// <summary>What the page is asked for beyond itself, or what came of a form.</summary>
internal sealed record ReportAgain
{
    /// <summary>The code of a moment since which changes are shown; null for the reader's own confirmation, where it is outdated.</summary>
    public string? Since { get; init; }

    /// <summary>The comment on the draft that is to be changed.</summary>
    public string? Changes { get; init; }

    public Form Form { get; init; } = Form.Empty;

    public ImmutableArray<Refusal> Errors { get; init; } = [];

    /// <summary>Where somebody else saved meanwhile: what became of both texts; the form holds them.</summary>
    public FormMerge? Merge { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;
}
