using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Remarks;

/// <summary>One comment with what the team says under it, and the form for one more.</summary>
public sealed class RemarksPage(AssessmentLookup assessments, WriteRemark write, TakeRemarkBack back, StateNames names)
{
    internal const string Path = "/reviews/{review:guid}/comments/{comment:guid}/remarks";

    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet(Path, (Guid review, Guid comment, Guid? change, Visit visit, RemarksPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), comment, new Again { Changes = change }, cancel));
        routes.Pages.MapPost(Path, (Guid review, Guid comment, Visit visit, Form form, RemarksPage page, CancellationToken cancel) =>
            page.PostAsync(visit, new ReviewId(review), comment, form, cancel));
        routes.Api.MapGet(Path, (Guid review, Guid comment, Visit visit, RemarksPage page, HttpContext http, CancellationToken cancel) =>
            page.ListAsync(visit, new ReviewId(review), comment, http, cancel))
            .WithName("ListRemarks").WithTags("reviews").Produces<Listing<RemarkItem>>();
    }

    private async Task<IResult> ListAsync(Visit visit, ReviewId id, Guid comment, HttpContext http, CancellationToken cancel) =>
        await FindAsync(visit.Caller.Actor, id, comment, cancel) is { } found
            ? ETags.Content(http, new Listing<RemarkItem>(found.Read.Under(comment).Select(one => new RemarkItem(
                one.Id, one.Text, one.Author.Value, one.Version, one.At, one.Label.Code()))))
            : ReviewRefusals.NotFound.ToProblem();

    private async Task<IResult> PostAsync(Visit visit, ReviewId id, Guid comment, Form form, CancellationToken cancel)
    {
        var (actor, remark) = (visit.Caller.Actor, form.Id("remark"));
        var (verdict, notice) = form.Text("act") switch
        {
            "write" => (await write.RunAsync(id, comment, remark, new RemarkRequest(form.Text("text"), form.Number("version")), actor, key: null, cancel), "remark-written"),
            "take_back" => (await back.RunAsync(id, comment, remark ?? Guid.Empty, actor, key: null, cancel), "remark-taken-back"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/comments/{comment}/remarks", notice);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(visit, id, comment, new Again { Changes = remark, Form = form, Errors = [.. reason.All], Status = reason.Status() }, cancel);
    }

    private async Task<IResult> DrawAsync(Visit visit, ReviewId id, Guid comment, Again again, CancellationToken cancel)
    {
        if (await FindAsync(visit.Caller.Actor, id, comment, cancel) is not { } found)
            return Answer.NotFound();
        return Answer.Page<RemarksView>(
            new
            {
                Model = new RemarksModel(found, names, again.Form, again.Errors)
                {
                    Changes = found.Closed is null
                        ? found.Read.Under(comment).FirstOrDefault(one => one.Id == again.Changes && one.Author == visit.Caller.Person?.Id)
                        : null,
                },
            },
            again.Status);
    }

    /// <summary>The comment and what is said under it; null for those who may not read both.</summary>
    private async Task<FoundRemarks?> FindAsync(Actor actor, ReviewId id, Guid comment, CancellationToken cancel)
    {
        if (await assessments.FindAsync(actor, id, cancel) is not { } found)
            return null;
        var (review, dossier) = (found.Review, found.Review.Dossier);
        if (CommentRemarks.Find(actor, review.Facts, dossier, found.Material, comment) is not { } under
            || !Access.Visible(actor, dossier.Remark(under.Content.Item, under.Author), review.Facts, under.Label).CanRead)
        {
            return null;
        }

        return new FoundRemarks(
            review, under, RemarksRead.Of(actor, review.Facts, dossier, found.Material),
            CommentRemarks.MayNot(actor, review.Facts, dossier, under.Content.Item));
    }

    private sealed record Again
    {
        public Guid? Changes { get; init; }

        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

/// <summary>A comment with its remarks as one person sees them.</summary>
/// <param name="Closed">Why the reader can write none; null when they can.</param>
public sealed record FoundRemarks(LoadedReview Review, OwnedComment Comment, RemarksRead Read, Refusal? Closed);

/// <summary>What the page draws.</summary>
public sealed record RemarksModel(FoundRemarks Found, StateNames States, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>The remark being changed; null for a new one.</summary>
    public CommentRemark? Changes { get; init; }
}

/// <summary>A remark as the API shows it.</summary>
/// <param name="At">When the version that stands was written, UTC.</param>
public sealed record RemarkItem(Guid Id, string Text, Guid Author, int Version, DateTimeOffset At, string Label);
