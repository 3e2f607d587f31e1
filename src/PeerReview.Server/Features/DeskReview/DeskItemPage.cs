using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>One item on the desk: the answer and its evidence beside the comments.</summary>
public sealed class DeskItemPage(DeskReader desks, SaveComment save, RemoveComment remove, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/desk/{item}", (
            Guid review, string item, Guid? change, Visit visit, DeskItemPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, item, new Again { Changes = change }, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/desk/{item}", (
            Guid review, string item, Visit visit, Form form, DeskItemPage page, CancellationToken cancel) =>
            page.PostAsync(visit, review, item, form, cancel));
    }

    private async Task<IResult> PostAsync(Visit visit, Guid review, string item, Form form, CancellationToken cancel)
    {
        var (id, actor, here) = (new ReviewId(review), visit.Caller.Actor, $"/reviews/{review}/desk/{Uri.EscapeDataString(item)}");
        var kind = form.Text("act") switch { "none" => CommentKind.NoComment, "note" => CommentKind.Note, _ => form.Text("kind") };
        var request = new CommentRequest(item, kind, form.Text(kind == CommentKind.Note ? "note" : "text"), form.Number("answer_version") ?? 0, form.Number("version"))
        {
            NamesNobody = form.IsOn("names_nobody"),
        };
        var (verdict, notice) = form.Text("act") switch
        {
            "comment" => (await save.RunAsync(id, form.Id("comment"), request, actor, key: null, cancel), "comment-saved"),
            "none" => (await save.RunAsync(id, form.Id("comment"), request, actor, key: null, cancel), "no-comment-saved"),
            "note" => (await save.RunAsync(id, null, request, actor, key: null, cancel), "note-saved"),
            "remove" => (await remove.RunAsync(id, form.Id("comment") ?? Guid.Empty, actor, key: null, cancel), "comment-removed"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done(form.Text("act") == "none" && form.Text("next") is { Length: > 0 } next ? $"/reviews/{review}/desk/{Uri.EscapeDataString(next)}" : here, notice);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(
                visit, review, item,
                new Again
                {
                    Form = form,
                    Changes = form.Id("comment"),
                    Errors = [.. reason.All.Select(e => kind == CommentKind.Note && e.Field == "text" ? e with { Field = "note" } : e)],
                    Status = reason.Status(),
                },
                cancel);
    }

    private async Task<IResult> DrawAsync(Visit visit, Guid review, string item, Again again, CancellationToken cancel)
    {
        var desk = await desks.FindAsync(visit.Caller.Actor, visit.Caller.Id, new ReviewId(review), cancel);
        if (desk?.Items.FirstOrDefault(one => one.Item.Id == item) is not { } found)
            return Answer.NotFound();
        return Answer.Page<DeskItemView>(
            new
            {
                Model = new DeskItemModel(desk, found, names, names.Of(desk.Review.Subject.Iso3, visit.Texts.Language), again.Form, again.Errors)
                {
                    Changes = desk.Own.FirstOrDefault(row => row.Id == again.Changes && row.Item == item),
                },
            },
            again.Status);
    }

    private sealed record Again
    {
        public Guid? Changes { get; init; }

        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

/// <summary>What the page of one item draws.</summary>
public sealed record DeskItemModel(Desk Desk, SheetItem Item, StateNames States, string StateName, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>The comment being changed; null for a new one.</summary>
    public DeskRow? Changes { get; init; }
}
