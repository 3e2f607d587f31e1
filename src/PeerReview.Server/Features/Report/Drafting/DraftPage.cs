using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report.Drafting;

/// <summary>The draft as a whole: how far it is, its recommendations, what still keeps it with the team.</summary>
public sealed class DraftPage(
    DraftReader drafts, ReviewCommands commands, BuildDraft build, ClearWording clear, RemarkOnDraft remark, FinishDraft finish, Core.Deliberation.WordingGuard wording,
    DraftStore typed, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/draft", (Guid review, Visit visit, DraftPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/draft", (Guid review, Visit visit, Form form, DraftPage page, CancellationToken cancel) =>
            page.ActAsync(visit, new ReviewId(review), form, cancel));
    }

    private async Task<IResult> ActAsync(Visit visit, ReviewId review, Form form, CancellationToken cancel)
    {
        var (actor, key) = (visit.Caller.Actor, form.Text("key"));
        var request = new WordingRequest(form.Number("version") ?? 0, form.Text(ClearField(key)));
        var (verdict, notice) = form.Text("act") switch
        {
            "build" => (await build.RunAsync(review, actor, key: null, cancel), "draft-begun"),
            "clear" => (await clear.RunAsync(review, key, request, actor, key: null, cancel), "wording-cleared"),
            "remark" => (await remark.RunAsync(review, new DraftRemarkRequest(form.Text("about"), form.Text("text")), actor, key: null, cancel), "draft-remarked"),
            "finish" => (await commands.RunAsync(review, actor, null, (work, token) => finish.DecideAsync(work, default, token), cancel), "draft-handed-over"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/draft", notice);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(
                visit, review, form, [.. reason.All.Select(e => e.Field == "reason" ? e with { Field = ClearField(key) } : e)], reason.Status(), cancel);
    }

    /// <summary>The field for the reason of one text: several stand on the page.</summary>
    internal static string ClearField(string key) => $"reason-{key}";

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId review, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await drafts.FindAsync(visit.Caller.Actor, review, null, cancel) is not { } draft)
            return Answer.NotFound();
        var model = new DraftModel(draft, states.Of(draft.Review.Subject.Iso3, visit.Texts.Language), wording, form, errors);
        // No form shows it any more.
        if (draft.IsOver && !draft.Unsaved.IsEmpty)
        {
            foreach (var under in UnsavedTexts.Under(review))
                model = model with { Typed = [.. model.Typed, .. await typed.UnderAsync(visit.Caller.Id, under, cancel)] };
        }

        return Answer.Page<DraftView>(new { Model = model }, status);
    }
}

/// <summary>What the page draws.</summary>
public sealed record DraftModel(
    Draft Draft, string StateName, Core.Deliberation.WordingGuard Wording, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>What the reader typed and did not save, by page, once the report is no longer changed.</summary>
    public ImmutableArray<(string Page, Platform.Drafts.Draft Draft)> Typed { get; init; } = [];
}
