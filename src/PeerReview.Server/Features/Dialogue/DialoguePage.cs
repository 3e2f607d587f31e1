using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>The dialogue on one page: agenda, times, a visit if wished, sessions, record.</summary>
public sealed class DialoguePage(DialogueReader dialogues, DialogueActs acts, StateNames names, Calendars calendars)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/dialogue";
        routes.Pages.MapGet(path, (Guid review, Visit visit, DialoguePage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, DialoguePage page, CancellationToken cancel) =>
            page.PostAsync(visit, new ReviewId(review), form, cancel));
        routes.Api.MapGet(path, (Guid review, Visit visit, DialoguePage page, HttpContext http, CancellationToken cancel) =>
            page.ReadAsync(visit, new ReviewId(review), http, cancel)).WithName("ReadDialogue").WithTags("reviews").Produces<DialogueBody>();
    }

    private async Task<IResult> PostAsync(Visit visit, ReviewId review, Form form, CancellationToken cancel)
    {
        var (verdict, notice, anchor) = await acts.RunAsync(review, form, visit.Caller.Actor, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"{StagePages.Of(review.Value, DialogueRules.Stage)}#{anchor}", notice);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(
                visit, review, form,
                // The version is no field: the newer text stands on the page, and saving again goes by it. Buttons have none.
                [.. reason.All.Select(e => e.Field is "version" or "slot" || !HasFields(form.Text("act")) ? e with { Field = null } : e)], reason.Status(), cancel);
    }

    private static bool HasFields(string act) => act is "point" or "offer" or "suits" or "wish" or "programme" or "programme-agree" or "session"
        or "record" or "comment" or "settle" or "confirm" or "fix" or "slot-remove";

    private async Task<IResult> ReadAsync(Visit visit, ReviewId review, HttpContext http, CancellationToken cancel) =>
        await dialogues.FindAsync(visit.Caller.Actor, review, cancel) is { } found
            ? ETags.Content(http, DialogueBody.Of(found))
            : ReviewRefusals.NotFound.ToProblem();

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId review, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel) =>
        await dialogues.FindAsync(visit.Caller.Actor, review, cancel) is { } found
            ? Answer.Page<DialogueView>(new { Model = DialogueModel.Of(found, visit, names, calendars.Office.Zone.Id, form, errors) }, status)
            : Answer.NotFound();
}
