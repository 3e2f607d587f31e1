using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The form by which the coordinator names who speaks for a reviewing State.</summary>
public sealed class FocalPointPage(ReviewLookup reviews, StateNames names, NameFocalPoint name)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/reviewers/{state}/focal-point", (
            Guid review, string state, Visit visit, FocalPointPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, state, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/reviewers/{state}/focal-point", (
            Guid review, string state, Visit visit, Form form, FocalPointPage page, CancellationToken cancel) =>
            page.PostAsync(review, state, visit, form, cancel));
    }

    private async Task<IResult> PostAsync(Guid review, string state, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await name.RunAsync(
            new ReviewId(review), state, FocalPointRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/reviewers", "reviewer-focal-point-named");
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(visit, review, state, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, string state, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor,
            new ReviewId(id),
            NoteMatching.OnRecord,
            new { Review = id, State = state },
            async grid => (await grid.ReadAsync<NoteOption>()).ToImmutableArray(),
            cancel);
        if (found is null || found.Review.Dossier.Team.Find(state) is null
            || Access.May(visit.Caller.Actor, ReviewAct.AppointReviewerFocalPoint, found.Review.Facts) is not null)
            return Answer.NotFound();
        var language = visit.Texts.Language;
        return Answer.Page<FocalPointView>(
            new
            {
                Model = new FocalPointModel(
                    found.Review, names.Of(found.Review.Subject.Iso3, language), state, names.Of(state, language), found.More, form, errors),
            },
            status);
    }
}

/// <summary>What the form draws.</summary>
/// <param name="Reviewer">Code of the reviewing State.</param>
/// <param name="Notes">Notes verbales of that State on record.</param>
public sealed record FocalPointModel(
    LoadedReview Review,
    string StateName,
    string Reviewer,
    string ReviewerName,
    ImmutableArray<NoteOption> Notes,
    Form Form,
    IReadOnlyList<Refusal> Errors);
