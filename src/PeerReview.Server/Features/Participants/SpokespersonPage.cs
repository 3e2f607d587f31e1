using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>The form by which the coordinator names who speaks for a participating State.</summary>
public sealed class SpokespersonPage(ReviewLookup reviews, StateNames names, NameSpokesperson name)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/participants/{state}/focal-point", (
            Guid review, string state, Visit visit, SpokespersonPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, state, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/participants/{state}/focal-point", (
            Guid review, string state, Visit visit, Form form, SpokespersonPage page, CancellationToken cancel) =>
            page.PostAsync(review, state, visit, form, cancel));
    }

    private async Task<IResult> PostAsync(Guid review, string state, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await name.RunAsync(
            new ReviewId(review), state, SpokespersonRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/participants", "participant-named");
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
        if (found is null || found.Review.Dossier.Region?.Has(state) != true
            || Access.May(visit.Caller.Actor, ReviewAct.AppointParticipant, found.Review.Facts) is not null)
            return Answer.NotFound();
        var language = visit.Texts.Language;
        return Answer.Page<SpokespersonView>(
            new
            {
                Model = new SpokespersonModel(
                    found.Review, names.Of(found.Review.Subject.Iso3, language), state, names.Of(state, language), found.More, form, errors),
            },
            status);
    }
}

/// <summary>What the form draws.</summary>
/// <param name="Participant">Code of the participating State.</param>
/// <param name="Notes">Notes verbales of that State on record.</param>
public sealed record SpokespersonModel(
    LoadedReview Review,
    string StateName,
    string Participant,
    string ParticipantName,
    ImmutableArray<NoteOption> Notes,
    Form Form,
    IReadOnlyList<Refusal> Errors);
