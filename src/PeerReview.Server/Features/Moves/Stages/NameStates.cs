using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>The office names the reviewing States of a process that has no draw of ours, and who speaks for each.</summary>
public sealed class NameStates(ReviewCommands commands, ReviewLookup reviews, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/reviewing-states",
            async (Guid review, StatesRequest request, Visit visit, NameStates name, HttpContext http, CancellationToken cancel) =>
                (await name.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
            .WithName(nameof(NameStates)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapGet("/reviews/{review:guid}/reviewing-states", (Guid review, Visit visit, NameStates name, CancellationToken cancel) =>
            name.DrawAsync(visit, new ReviewId(review), Form.Empty, null, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/reviewing-states", (
            Guid review, Visit visit, Form form, NameStates name, CancellationToken cancel) =>
            name.PostAsync(visit, new ReviewId(review), form, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, StatesRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, StatesRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.NameReviewers, review.Facts) is { } no)
            return no;
        if (ReviewingStates.Closed(review.State, review.Dossier.Team) is { } closed)
            return closed;
        var states = request.States.IsDefault ? [] : request.States;
        if (ReviewingStates.Problem(states, review.Process, review.State.Variant) is { } problem)
            return problem;
        return await new ReviewChange().NameAsync(states, work, cancel);
    }

    /// <summary>As the page sends them: <c>reviewers</c>, <c>reviewers.2</c> …</summary>
    private static ImmutableArray<string> ReviewerFields(Form form) =>
    [
        .. form.Names.Where(name => name == "reviewers" || name.StartsWith("reviewers.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(form.Text).Where(code => code.Length > 0),
    ];

    private async Task<IResult> PostAsync(Visit visit, ReviewId review, Form form, CancellationToken cancel)
    {
        var verdict = await RunAsync(
            review, new StatesRequest(ReviewerFields(form)), visit.Caller.Actor, key: null, cancel);
        return verdict is not Verdict<Receipt>.Refused { Reason: var reason } ? Answer.Done($"/reviews/{review}/reviewing-states", "reviewers-named")
            : reason.Kind == RefusalKind.NotFound ? Answer.NotFound()
            : await DrawAsync(visit, review, form, reason, cancel);
    }

    /// <summary>The page, with what was sent and why it was refused.</summary>
    internal async Task<IResult> DrawAsync(Visit visit, ReviewId id, Form form, Refusal? reason, CancellationToken cancel)
    {
        var (actor, language) = (visit.Caller.Actor, visit.Texts.Language);
        var review = await reviews.FindAsync(actor, id, cancel);
        if (review is null || !ReviewingStates.AreNamed(review.Process, review.State.Variant)
            || !Access.Visible(actor, DocumentKind.DrawRecord, review.Facts).CanRead)
            return Answer.NotFound();
        var mayName = Access.May(actor, ReviewAct.NameReviewers, review.Facts) is null && ReviewingStates.Closed(review.State, review.Dossier.Team) is null;
        return Answer.Page<NameStatesView>(
            new
            {
                Model = new StatesModel(
                    review, names.Of(review.Subject.Iso3, language),
                    [
                        .. review.Dossier.Team.States.Select(seat => new SeatLine(
                            seat.State, names.Of(seat.State, language),
                            [.. review.People.Where(p => p.ForThisReview && p.Role == RoleCode.ReviewerFocalPoint && p.State == seat.State)])
                        {
                            IsReplaceable = ReplaceNamedState.IsOffered(actor, review, seat.State),
                        }),
                    ],
                    form, [.. reason?.All ?? []])
                {
                    Places = review.Process.FindVariant(review.State.Variant)!.ReviewingStates,
                    Options = mayName ? [.. StateOptions.Of(names, visit.Texts).Where(o => o.Value != review.Subject.Iso3)] : [],
                    Others = review.Dossier.Team.States.Any(seat => ReplaceNamedState.IsOffered(actor, review, seat.State))
                        ? [.. StateOptions.Of(names, visit.Texts).Where(o => o.Value != review.Subject.Iso3 && review.Dossier.Team.Find(o.Value) is null && !review.Dossier.Team.Left.Contains(o.Value, StringComparer.Ordinal))]
                        : [],
                    // Whoever looks after the review is told who can do it.
                    HeadDecides = Access.May(actor, ReviewAct.NameReviewers, review.Facts) is null && Access.May(actor, ReviewAct.LeaveExpertOut, review.Facts) is not null
                        && review.Dossier.Team.States.Any(seat => ReplacingState.OfNamed(review.State, seat.State) is null),
                    MayAppoint = Access.May(actor, ReviewAct.AppointReviewerFocalPoint, review.Facts) is null,
                    KnowsPeople = Access.VisiblePerson(actor, review.Facts, Role.ReviewerFocalPoint, default) > Extent.Nothing,
                },
            },
            reason?.Status() ?? StatusCodes.Status200OK);
    }
}

/// <summary>The reviewing States, as they come in.</summary>
/// <param name="States">ISO 3166-1 alpha-3 codes.</param>
public sealed record StatesRequest(ImmutableArray<string> States);

/// <summary>What the page of the reviewing States draws.</summary>
public sealed record StatesModel(
    LoadedReview Review, string StateName, ImmutableArray<SeatLine> Seats, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>How many the variant has at least.</summary>
    public required int Places { get; init; }

    /// <summary>States to choose from; none where the reader names none now.</summary>
    public required IReadOnlyList<ChoiceOption> Options { get; init; }

    /// <summary>States that can take the place of one; empty where the reader puts none there now.</summary>
    public IReadOnlyList<ChoiceOption> Others { get; init; } = [];

    /// <summary>Whether the reader cannot put another State in a place, and the head coordinator can.</summary>
    public bool HeadDecides { get; init; }

    public bool MayAppoint { get; init; }

    /// <summary>Whether the reader may know who speaks for them.</summary>
    public bool KnowsPeople { get; init; }
}

/// <summary>A reviewing State with who speaks for it.</summary>
public sealed record SeatLine(string State, string Name, ImmutableArray<Holder> FocalPoints)
{
    /// <summary>Whether the reader can put another State in its place now.</summary>
    public bool IsReplaceable { get; init; }
}
