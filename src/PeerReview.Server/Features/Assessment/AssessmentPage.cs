using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>The self-assessment as a list: how far it is, what is missing, what may not fit, whose part is finished.</summary>
public sealed class AssessmentPage(AssessmentLookup assessments, LastReviews lasts, StateNames states)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/reviews/{review:guid}/assessment",
        (Guid review, string? view, Visit visit, AssessmentPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), [], StatusCodes.Status200OK, cancel, whole: view == "whole"));

    /// <summary>Draws the page, with what was refused where that is so.</summary>
    /// <param name="whole">With every answer in full instead of the list, to be read or printed in one go.</param>
    internal async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel, bool whole = false)
    {
        var actor = visit.Caller.Actor;
        if (await assessments.FindAsync(
            actor, id, UnsavedItems.Statements, UnsavedItems.Args(id, visit.Caller.Id),
            grid => UnsavedItems.ReadAsync(grid, id), cancel) is not { Assessment: var found, More: var unsaved })
        {
            return Platform.Web.Answer.NotFound();
        }

        var review = found.Review;
        var own = Access.May(actor, ReviewAct.AppointContributor, review.Facts) is null;
        var parts = AssessmentPart.AllOf(review.Framework, review.Dossier, found.Material);
        return Platform.Web.Answer.Page<AssessmentView>(
            new
            {
                Model = new AssessmentModel(
                    found,
                    states.Of(review.Subject.Iso3, visit.Texts.Language),
                    own ? parts : [.. parts.Where(p => p.Part.Contributor == visit.Caller.Id)],
                    SignOffPage.MaySee(actor, review),
                    parts.FirstOrDefault(p => p.Part.Contributor == visit.Caller.Id),
                    Writes(found),
                    errors)
                {
                    Unsaved = unsaved.RemoveAll(review.Dossier.FallsOutside),
                    Whole = whole,
                    HasKept = unsaved.Any(review.Dossier.FallsOutside) || !KeptPage.Of(actor, review, found.Material).IsEmpty,
                    HasLast = await lasts.FindAsync(actor, review, cancel) is not null,
                },
            },
            status);
    }

    // An answer taken up again in a reply is opened from the question.
    private static bool Writes(FoundAssessment found) => !found.Review.Facts.Submitted && found.Sheet.Items.Any(i => i.Closed is null);
}

/// <summary>What the list draws.</summary>
/// <param name="Parts">Every part, for those who look after all; else the reader's own.</param>
/// <param name="SignsOff">Whether the page of signatures is open to the reader.</param>
/// <param name="Own">The part the reader was asked for; null for all others.</param>
/// <param name="Writes">Whether anything can be written now.</param>
public sealed record AssessmentModel(
    FoundAssessment Found,
    string StateName,
    ImmutableArray<AssessmentPart> Parts,
    bool SignsOff,
    AssessmentPart? Own,
    bool Writes,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>Items in which the reader typed something that is not saved.</summary>
    public ImmutableArray<string> Unsaved { get; init; } = [];

    /// <summary>Whether something of the State's last review is open to the reader.</summary>
    public bool HasLast { get; init; }

    /// <summary>Whether answers outside the theme of the review are kept that the reader reads.</summary>
    public bool HasKept { get; init; }

    /// <summary>Whether every answer is shown in full.</summary>
    public bool Whole { get; init; }
}
