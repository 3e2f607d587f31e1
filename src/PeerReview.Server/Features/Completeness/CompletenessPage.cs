using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Completeness;

/// <summary>The coordinator's check: what is there, as far as its labels let the coordinator read it; complete, or back.</summary>
public sealed class CompletenessPage(AssessmentLookup assessments, ReviewCommands commands, ReturnAssessment back, FindComplete find, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/completeness", (Guid review, Visit visit, CompletenessPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, visit.Caller.DraftOf("return"), [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/completeness", (Guid review, Visit visit, Form form, CompletenessPage page, CancellationToken cancel) =>
            page.DecideAsync(new ReviewId(review), visit, form, cancel));
    }

    private async Task<IResult> DecideAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var verdict = form.Text("decision") == "return"
            ? await back.RunAsync(review, new ReturnRequest([.. form.All("items")], form.Text("text")), actor, key: null, cancel)
            : await commands.RunAsync(review, actor, key: null, (work, token) => find.DecideAsync(work, default, token), cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}", form.Text("decision") == "return" ? "returned" : "found-complete");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await ShowAsync(review, visit, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(visit.Caller.Actor, id, cancel);
        if (found is null || Access.May(visit.Caller.Actor, ReviewAct.FindComplete, found.Review.Facts) is { Kind: not RefusalKind.Conflict })
            return Answer.NotFound();
        return Answer.Page<CompletenessView>(
            new
            {
                Model = new CompletenessModel(
                    found.Review,
                    states.Of(found.Review.Subject.Iso3, visit.Texts.Language),
                    found.Sheet.Items,
                    [.. found.Material.Of(WritingKind.ReturnList).Select(w => Contents.ReadNote(w))],
                    found.Review.State[FindComplete.StageId].Status == Core.Process.StageStatus.Open,
                    form,
                    errors)
                {
                    Unasked = [.. (found.Review.Dossier.Region?.Unasked ?? []).Select(state => states.Of(state, visit.Texts.Language)).Order(StringComparer.CurrentCulture)],
                },
            },
            status);
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Returned">Lists of earlier returns.</param>
/// <param name="Open">Whether the check is to be done now.</param>
public sealed record CompletenessModel(
    LoadedReview Review,
    string State,
    ImmutableArray<SheetItem> Items,
    ImmutableArray<NoteContent> Returned,
    bool Open,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>The participating States that could not be asked about the common part, by name.</summary>
    public ImmutableArray<string> Unasked { get; init; } = [];
}
