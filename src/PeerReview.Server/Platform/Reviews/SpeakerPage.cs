using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The form by which the office names who speaks for a State.</summary>
public sealed class SpeakerPage(ReviewLookup reviews, StateNames names, NameSpeaker name)
{
    /// <summary>Maps the address of one kind of seat.</summary>
    public static void Map(WebRoutes routes, SpeakerSeat seat)
    {
        var path = $"/reviews/{{review:guid}}/{seat.Place}/{{state}}/focal-point";
        routes.Pages.MapGet(path, (Guid review, string state, Visit visit, SpeakerPage page, CancellationToken cancel) =>
            page.DrawAsync(seat, visit, review, state, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, string state, Visit visit, Form form, SpeakerPage page, CancellationToken cancel) =>
            page.PostAsync(seat, review, state, visit, form, cancel));
    }

    private async Task<IResult> PostAsync(SpeakerSeat seat, Guid review, string state, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await name.RunAsync(seat, new ReviewId(review), state, SpeakerRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/{seat.Place}", seat.Done);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(seat, visit, review, state, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> DrawAsync(
        SpeakerSeat seat, Visit visit, Guid id, string state, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, new ReviewId(id), NoteMatching.OnRecord, new { Review = id, State = state },
            async grid => (await grid.ReadAsync<NoteOption>()).ToImmutableArray(), cancel);
        if (found is null || seat.Closed(visit.Caller.Actor, found.Review, state) is not null || Access.May(visit.Caller.Actor, seat.Act, found.Review.Facts) is not null)
            return Answer.NotFound();
        var language = visit.Texts.Language;
        return Answer.Page<SpeakerForm>(
            new
            {
                Model = new SpeakerModel(
                    seat, found.Review, names.Of(found.Review.Subject.Iso3, language), state, names.Of(state, language), found.More, form, errors),
            },
            status);
    }
}

/// <summary>What the form draws.</summary>
/// <param name="State">Code of the State somebody is to speak for.</param>
/// <param name="Notes">Notes verbales of that State on record.</param>
public sealed record SpeakerModel(
    SpeakerSeat Seat, LoadedReview Review, string SubjectName, string State, string StateName, ImmutableArray<NoteOption> Notes, Form Form,
    IReadOnlyList<Refusal> Errors);
