using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>Everything by which somebody may change the course of a review, on one page; only what that person may do now.</summary>
public sealed class MovesPage(ReviewLookup reviews, MoveReview moves, VariantsOffered variants, Calendars calendars, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/moves", (Guid review, Visit visit, MovesPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, null, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/moves", (Guid review, Visit visit, Form form, MovesPage page, CancellationToken cancel) =>
            page.MoveAsync(new ReviewId(review), visit, form, cancel));
    }

    private async Task<IResult> MoveAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        if (!Enum.TryParse<MoveKind>(form.Text("move"), out var kind) || !Enum.IsDefined(kind))
            return await ShowAsync(
                review, visit, null, form, [new Refusal("moves.unknown", RefusalKind.Invalid)], StatusCodes.Status422UnprocessableEntity, cancel);
        // An extension is shown with what it moves before it is given.
        if (kind == MoveKind.Extend && !form.IsOn("confirmed") && await IsWithinRuleAsync(review, visit, form, cancel))
            return await ShowAsync(review, visit, kind, form, [], StatusCodes.Status200OK, cancel);
        var verdict = await moves.RunOnPageAsync(review, kind, Read(form), form.IsOn("confirmed"), visit.Caller.Actor, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}", "moved");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind == RefusalKind.NotFound && reason.Field is null
            ? Answer.NotFound()
            : await ShowAsync(review, visit, kind, form, [.. reason.All], reason.Status(), cancel);
    }

    // What goes beyond the rule is refused at once, not after it was looked at.
    private async Task<bool> IsWithinRuleAsync(ReviewId id, Visit visit, Form form, CancellationToken cancel) =>
        form.Number("days") is > 0 and var days
        && await reviews.FindAsync(visit.Caller.Actor, id, cancel) is { } review
        && MovePreview.OfExtension(visit.Caller.Actor, review, form.Text("stage"), days, calendars) is Verdict<MovePreview>.Accepted;

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, MoveKind? asked, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var review = await reviews.FindAsync(visit.Caller.Actor, id, cancel);
        if (review is null)
            return Answer.NotFound();
        var offered = MovesOffered.To(visit.Caller.Actor, review, calendars);
        if (offered.IsEmpty && !MovesOffered.EverTo(visit.Caller.Actor, review))
            return Answer.NotFound();
        return Answer.Page<MovesView>(
            new
            {
                Model = new MovesModel(
                    review, states.Of(review.Subject.Iso3, visit.Texts.Language), offered, form, errors,
                    visit.Caller.Person!,
                    asked == MoveKind.Extend && errors.Count == 0
                        ? (MovePreview.OfExtension(visit.Caller.Actor, review, form.Text("stage"), form.Number("days") ?? 0, calendars) as Verdict<MovePreview>.Accepted)?.Value
                        : null)
                {
                    Time = ChancesLeft.OfTime(visit.Caller.Actor, review, calendars),
                    ChangesVariant = Access.May(visit.Caller.Actor, ReviewAct.ChangeVariant, review.Facts) is null
                        && !MovePreview.Choices(visit.Caller.Actor, review, variants, calendars).IsEmpty,
                    ChoosesTheme = Access.May(visit.Caller.Actor, ReviewAct.ChangeVariant, review.Facts) is null
                        && !ThemeRules.Choices(review.Framework, review.State, review.Dossier).IsEmpty,
                },
            },
            status);
    }

    private static MoveRequest Read(Form form) => new(form.Text("reason"))
    {
        Stage = form.Text("stage"),
        Days = form.Number("days") ?? 0,
        Party = form.Text("party"),
        PauseReason = form.Text("pause_reason"),
        Until = form.Day("until"),
        Variant = form.Text("variant"),
        Signature = SignatureRequest.Of(form),
    };
}

/// <summary>What the page draws.</summary>
/// <param name="Cascade">An extension about to be given, with what it moves.</param>
public sealed record MovesModel(
    LoadedReview Review,
    string State,
    ImmutableArray<MoveKind> Offered,
    Form Form,
    IReadOnlyList<Refusal> Errors,
    Platform.Identity.Person Person,
    MovePreview? Cascade)
{
    /// <summary>The steps the reader could give more time, and those that had all of it.</summary>
    public IReadOnlyList<MoreTime> Time { get; init; } = [];

    /// <summary>Whether the reader has the place to put the review off and it was put off as often as it can be.</summary>
    public bool WasPutOff(Actor reader) =>
        Review.State.Status == Core.Process.ReviewStatus.Running && ChancesLeft.OfDeferral(Review) is { Left: 0, Times: > 0 }
        && Access.May(reader, ReviewAct.Defer, Review.Facts) is null;

    /// <summary>Whether the reader can have the review go on as another variant, which has a page of its own.</summary>
    public bool ChangesVariant { get; init; }

    /// <summary>Whether the reader can limit the review to one theme, which has a page of its own.</summary>
    public bool ChoosesTheme { get; init; }
}
