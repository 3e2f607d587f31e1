using PeerReview.Core;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>The desk as a list: how far the expert is, and handing in.</summary>
public sealed class DeskPage(DeskReader desks, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/desk", (Guid review, Visit visit, DeskPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/comments", (Guid review, Visit visit, DeskPage page, HttpContext http, CancellationToken cancel) =>
            page.ListAsync(visit, review, http, cancel)).WithName("ListComments").WithTags("reviews").Produces<Listing<CommentItem>>();
    }

    /// <summary>The page again after handing in was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, [.. reason.All], reason.Status(), cancel);

    private async Task<IResult> DrawAsync(
        Visit visit, Guid review, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel) =>
        await desks.FindAsync(visit.Caller.Actor, visit.Caller.Id, new ReviewId(review), cancel) is { } desk
            ? Answer.Page<DeskView>(
                new { Model = new DeskModel(desk, names.Of(desk.Review.Subject.Iso3, visit.Texts.Language), errors) }, status)
            : Answer.NotFound();

    private async Task<IResult> ListAsync(Visit visit, Guid review, HttpContext http, CancellationToken cancel)
    {
        if (await desks.FindAsync(visit.Caller.Actor, visit.Caller.Id, new ReviewId(review), cancel) is not { } desk)
            return ReviewRefusals.NotFound.ToProblem();
        var standing = desk.HandedIn.Select(c => new CommentItem(
            c.Id, c.Item, c.Kind, c.Text, c.AnswerVersion, c.Version, c.At, c.Author.Value, HandedIn: true));
        var own = desk.HandedIn.Any(c => c.Author == desk.Person)
            ? desk.Own.Where(row => row.Kind == Core.Deliberation.CommentKind.Note)
            : desk.Own;
        return ETags.Content(http, new Listing<CommentItem>([
            .. standing,
            .. own.Select(row => new CommentItem(
                row.Id, row.Item, row.Kind, row.Text, row.AnswerVersion, row.Version, row.WrittenAt, desk.Person.Value, HandedIn: false)),
        ]));
    }
}

/// <summary>What the list draws.</summary>
public sealed record DeskModel(Desk Desk, string StateName, IReadOnlyList<Refusal> Errors);

/// <summary>A comment as the API shows it.</summary>
/// <param name="HandedIn">Whether it stands; until then its author alone knows of it.</param>
public sealed record CommentItem(
    Guid Id, string Item, string Kind, string Text, int AnswerVersion, int Version, DateTimeOffset At, Guid Author, bool HandedIn);
