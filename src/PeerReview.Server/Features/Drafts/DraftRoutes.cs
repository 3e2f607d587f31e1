using PeerReview.Core;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Drafts;

/// <summary>What the script of the pages asks for while somebody types, and the button that drops what was kept.</summary>
public static class DraftRoutes
{
    public static void Map(WebRoutes routes)
    {
        // Answered by a status alone, for the script: a page to sign in would say nothing to it.
        routes.PublicPages.MapGet("/drafts", IsStill);
        routes.PublicPages.MapPost("/drafts", KeepAsync);
        routes.Pages.MapPost("/drafts/forget", ForgetAsync);
    }

    // Whether who typed is still who is signed in: 204 yes, 401 nobody is, 409 somebody else is.
    private static IResult IsStill(Visit visit, Guid? who) => visit.Caller switch
    {
        { IsSignedIn: false } => TypedResults.StatusCode(StatusCodes.Status401Unauthorized),
        { Id.Value: var id } when id == who => TypedResults.NoContent(),
        _ => TypedResults.StatusCode(StatusCodes.Status409Conflict),
    };

    private static async Task<IResult> KeepAsync(Visit visit, Form form, DraftStore drafts, CancellationToken cancel) =>
        !visit.Caller.IsSignedIn ? TypedResults.StatusCode(StatusCodes.Status401Unauthorized)
        : await drafts.KeepAsync(visit.Caller.Id, form, cancel) ? TypedResults.NoContent()
        : new Refusal("request.draft-too-long", RefusalKind.Invalid).ToProblem();

    private static async Task<IResult> ForgetAsync(Visit visit, Form form, DraftStore drafts, CancellationToken cancel)
    {
        var page = ReturnTo.Safe(form.Text(Draft.PageField));
        var part = form.Text(Draft.PartField);
        await drafts.ForgetAsync(visit.Caller.Id, page, part, cancel);
        // What grows from something else is shown anew as it grew from it.
        return Answer.Done(part.Length > 0 && form.Text("from") == part ? $"{page}?from={Uri.EscapeDataString(part)}" : page, "draft-dropped");
    }
}
