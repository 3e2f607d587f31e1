using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>The State has its review go on as another variant: what that changes is shown before it is signed.</summary>
public sealed class VariantPage(ReviewLookup reviews, MoveReview moves, VariantsOffered offered, Calendars calendars, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/variant";
        routes.Pages.MapGet(path, (Guid review, string? to, Visit visit, VariantPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, to, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, VariantPage page, CancellationToken cancel) =>
            page.ChangeAsync(new ReviewId(review), visit, form, cancel));
    }

    private async Task<IResult> ChangeAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var request = new MoveRequest(form.Text("reason"))
        {
            Variant = form.Text("variant"),
            Signature = SignatureRequest.Of(form),
            Promise = PublishedDocuments.Of(form.Text("variant")).Where(document => form.Has($"promise.{document}"))
                .ToDictionary(document => document, document => form.Text($"promise.{document}"), StringComparer.Ordinal),
        };
        var verdict = await moves.RunAsync(review, MoveKind.ChangeVariant, request, visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}", "variant-changed");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed
            ? Answer.Refused(reason)
            : await ShowAsync(review, visit, request.Variant, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, string? to, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        if (await reviews.FindAsync(actor, id, cancel) is not { } review || !MovePreview.IsFor(actor, review))
            return Answer.NotFound();
        var changes = to is null ? null : (MovePreview.Of(actor, review, to, offered, calendars) as Verdict<MovePreview>.Accepted)?.Value;
        var language = visit.Texts.Language;
        return Answer.Page<VariantView>(
            new
            {
                Model = new VariantModel(
                    review, states.Of(review.Subject.Iso3, language), MovePreview.Choices(actor, review, offered, calendars), form, errors, visit.Caller.Person!)
                {
                    Signs = Access.May(actor, ReviewAct.ChangeVariant, review.Facts) is null,
                    WhyNone = MovePreview.WhyNone(actor, review, offered, calendars),
                    Preview = changes is null ? null : (to!, changes),
                    Leaving = [.. (changes?.Leaving ?? []).Select(state => states.Of(state, language))],
                },
            },
            status);
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Choices">The variants the review can change to now.</param>
public sealed record VariantModel(
    LoadedReview Review, string State, ImmutableArray<string> Choices, Form Form, IReadOnlyList<Refusal> Errors, Platform.Identity.Person Person)
{
    /// <summary>Whether the reader can sign the change; others only look.</summary>
    public bool Signs { get; init; }

    /// <summary>Why there are no choices, where there are none.</summary>
    public Refusal? WhyNone { get; init; }

    /// <summary>The variant looked at, and what it would change; null while none is.</summary>
    public (string Variant, MovePreview Changes)? Preview { get; init; }

    /// <summary>The reviewing States whose part would end, in the reader's language.</summary>
    public ImmutableArray<string> Leaving { get; init; } = [];
}
