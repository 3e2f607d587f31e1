using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>One item: the answer beside the comments on it, and where each of them leads.</summary>
public sealed class ConsolidationItemPage(ConsolidationReader reader, SaveConsolidation save, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/consolidation/{item}", (
            Guid review, string item, Visit visit, ConsolidationItemPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), item, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/consolidation/{item}", (
            Guid review, string item, Visit visit, Form form, ConsolidationItemPage page, CancellationToken cancel) =>
            page.PostAsync(visit, new ReviewId(review), item, form, cancel));
    }

    private async Task<IResult> PostAsync(Visit visit, ReviewId id, string item, Form form, CancellationToken cancel)
    {
        var verdict = form.Text("act") == "save"
            ? await save.RunAsync(id, (sheet, comments) => Next(sheet, [.. comments.Where(c => c.Item == item)], item, form), form.Number("version"), visit.Caller.Actor, key: null, cancel)
            : ReviewRefusals.UnknownAct;
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/consolidation/{Uri.EscapeDataString(form.Text("then") is { Length: > 0 } then ? then : item)}", "consolidation-saved");
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(visit, id, item, form, [.. reason.All.Select(error => OnPage(error, form))], reason.Status(), cancel);
    }

    /// <summary>The whole form at once: whoever asks from a comment has led the others somewhere as well.</summary>
    private static Verdict<ConsolidationSheet> Next(
        ConsolidationSheet sheet, IReadOnlyList<StandingComment> comments, string item, Form form)
    {
        foreach (var comment in comments.Where(c => form.Has($"to.{c.Id}")))
            sheet = sheet.Place(comment.Id, form.Text($"to.{comment.Id}"), form.Text($"reason.{comment.Id}"));
        if (form.Has("contradiction"))
            sheet = sheet.Note(item, form.Text("contradiction"));
        if (!form.Has("ask"))
            return sheet;
        return comments.FirstOrDefault(c => c.Id == form.Id("ask")) is { } from
            ? sheet.Ask(item, form.Text($"new.{from.Id}"), from.Id)
            : new Refusal("consolidation.unknown-comment", RefusalKind.Invalid);
    }

    // Questions are worded on the page of the whole; here only the one that is asked from a comment.
    private static Refusal OnPage(Refusal reason, Form form) => reason.Field?.Split('.')[0] switch
    {
        "text" when form.Has("ask") => reason with { Field = $"new.{form.Text("ask")}" },
        "to" or "reason" or "contradiction" => reason,
        _ => reason with { Field = null },
    };

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, string item, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await reader.FindAsync(visit.Caller.Actor, id, cancel);
        return found?.Assessment.Sheet.Find(item) is { } one
            ? Answer.Page<ConsolidationItemView>(new { Model = new ConsolidationItemModel(found, one, names, form, errors) }, status)
            : Answer.NotFound();
    }
}

/// <summary>What the page of one item draws.</summary>
public sealed record ConsolidationItemModel(
    FoundConsolidation Found, SheetItem Item, StateNames States, Form Form, IReadOnlyList<Refusal> Errors);
