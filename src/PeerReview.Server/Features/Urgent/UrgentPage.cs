using PeerReview.Core;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Urgent;

/// <summary>Urgent points: the circle reads and answers them, those who may only raise one find the form alone.</summary>
public sealed class UrgentPage(UrgentPoints points, RaiseUrgent raise, AcknowledgeUrgent acknowledge, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/urgent";
        routes.Pages.MapGet(path, (Guid review, Visit visit, UrgentPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, visit.Caller.DraftOf(), null, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, UrgentPage page, CancellationToken cancel) =>
            page.RaiseAsync(new ReviewId(review), visit, form, cancel));
        routes.Pages.MapPost(path + "/{point}/acknowledge", (Guid review, string point, Visit visit, Form form, UrgentPage page, CancellationToken cancel) =>
            page.AcknowledgeAsync(new ReviewId(review), point, visit, form, cancel));
        routes.Api.MapGet(path, ListAsync).WithName("ListUrgentPoints").WithTags("reviews").Produces<UrgentList>();
    }

    private async Task<IResult> RaiseAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await raise.RunAsync(review, UrgentRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await ShowAsync(review, visit, form, null, [.. reason.All], reason.Status(), cancel)
            : Answer.Done($"/reviews/{review}/urgent", "urgent-raised");
    }

    private async Task<IResult> AcknowledgeAsync(ReviewId review, string point, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await acknowledge.RunAsync(
            review, point, new AcknowledgeRequest(form.Text("note")), visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}/urgent", "urgent-acknowledged");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await ShowAsync(review, visit, form, point, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId review, Visit visit, Form form, string? point, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await points.FindAsync(visit.Caller.Actor, review, cancel);
        return found is null
            ? Answer.NotFound()
            : Answer.Page<UrgentView>(
                new
                {
                    Model = new UrgentModel(
                        found, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), form, point, errors),
                },
                status);
    }

    private static async Task<IResult> ListAsync(
        Guid review, Visit visit, UrgentPoints points, CancellationToken cancel)
    {
        var found = await points.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        return found is not { Reads: true }
            ? ReviewRefusals.NotFound.ToProblem()
            : TypedResults.Ok(new UrgentList([.. found.Points.Select(UrgentBody.Of)], null));
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Point">The point a form was about, or null when it was the form for a new one.</param>
public sealed record UrgentModel(FoundPoints Found, string State, Form Form, string? Point, IReadOnlyList<Refusal> Errors);

/// <summary>Urgent points over the API.</summary>
public sealed record UrgentList(IReadOnlyList<UrgentBody> Items, string? Next);

/// <summary>One of them.</summary>
/// <param name="Due">The day until whose end it waits, in <paramref name="Zone"/>; null when it does not wait.</param>
/// <param name="MayAcknowledge">Whether the reader can acknowledge it now.</param>
public sealed record UrgentBody(
    string Id, string Text, string? Item, string? ThreatKind, IReadOnlyList<string> Lenses, string Language, DateTimeOffset RaisedAt,
    DateOnly? Due, string? Zone, DateTimeOffset? AcknowledgedAt, string? Note,
    bool MayAcknowledge)
{
    internal static UrgentBody Of(PointFound point) => new(
        point.Id, point.Content.Text, point.Content.Item, point.Content.ThreatKind, point.Content.Lenses, point.Language,
        point.RaisedAt, point.Waits?.Day, point.Waits?.Zone, point.Acknowledged?.At, point.Acknowledged?.Note,
        point.MayAcknowledge);
}
