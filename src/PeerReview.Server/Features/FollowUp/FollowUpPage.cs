using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>What has become of the commitments, and the closing of the review.</summary>
public sealed class FollowUpPage(
    ReviewLookup reviews, ReviewCommands commands, TellProgress progress, CloseReview close, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/follow-up";
        routes.Pages.MapGet(path, (Guid review, Visit visit, FollowUpPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, Kept(visit), [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, FollowUpPage page, CancellationToken cancel) =>
            page.SendAsync(new ReviewId(review), visit, form, cancel));
        routes.Api.MapGet(path, (Guid review, Visit visit, FollowUpPage page, CancellationToken cancel) =>
            page.ReadAsync(new ReviewId(review), visit, cancel)).WithName("ReadFollowUp").WithTags("reviews").Produces<FollowUpBody>();
    }

    // The closing comes after the last note: never are both open at once.
    private static Form Kept(Visit visit) => visit.Caller.DraftOf("progress") is var note && note.Has("act") ? note : visit.Caller.DraftOf("close");

    private async Task<IResult> SendAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        if (form.Text("act") is not ("tell" or "close"))
            return await ShowAsync(review, visit, form, [ReviewRefusals.UnknownAct], StatusCodes.Status422UnprocessableEntity, cancel);
        var closes = form.Text("act") == "close";
        var verdict = await commands.RunAsync(
            review, visit.Caller.Actor, key: null,
            (work, token) => closes
                ? Task.FromResult(close.Decide(work, () => new ClosingRequest(form.Text("text"))))
                : TellProgress.DecideAsync(work, progress.Stage, () => Read(form), token),
            cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}/follow-up", closes ? "closing-told" : "progress-told");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed
            ? Answer.Refused(reason)
            : await ShowAsync(review, visit, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await FindAsync(id, visit, cancel);
        if (found is null)
            return Answer.NotFound();
        var body = Body(found, visit);
        var mayClose = May(visit, found.Review, ReviewAct.Close, close.Stage);
        var closed = body.Closing.ContainsKey(CloseReview.SideOf(found.Review.RolesOf(visit.Caller.Id)));
        return Answer.Page<FollowUpView>(
            new
            {
                Model = new FollowUpModel(
                    found.Review, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), body, form, errors)
                {
                    MayTell = May(visit, found.Review, ReviewAct.WriteProgressNote, progress.Stage),
                    MayClose = mayClose && !closed,
                    AwaitsOtherSide = mayClose && closed,
                },
            },
            status);
    }

    private async Task<IResult> ReadAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await FindAsync(id, visit, cancel);
        return found is null ? ReviewRefusals.NotFound.ToProblem() : TypedResults.Ok(Body(found, visit));
    }

    private static bool May(Visit visit, LoadedReview review, ReviewAct act, string stage) =>
        (Access.May(visit.Caller.Actor, act, review.Facts) ?? StageDoor.Closed(review.State, stage)) is null;

    private async Task<Found<Material>?> FindAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is not null && found.Review.Facts.OpensCommitments(visit.Caller.Actor) ? found : null;
    }

    private static FollowUpBody Body(Found<Material> found, Visit visit)
    {
        var (facts, material) = (found.Review.Facts, found.More);
        return new FollowUpBody(
            [
                .. material.Of(WritingKind.Commitment).Where(w => facts.OpensCommitments(visit.Caller.Actor, w)).Select(w =>
                {
                    var note = material.Find(WritingKind.ProgressNote, $"check_6m:{w.Key}");
                    var content = note is null ? null : Contents.ReadNote(note);
                    return new ProgressBody(w.Key, Contents.ReadCommitment(w).Title, content?.Items[0], content?.Text, w.Language);
                }),
            ],
            material.Find(WritingKind.ProgressNote, "check_6m") is { } general ? Contents.ReadNote(general).Text : null,
            material.Of(WritingKind.ClosingNote).ToImmutableSortedDictionary(
                w => w.Key, w => Contents.ReadNote(w).Text, StringComparer.Ordinal));
    }

    private static ProgressRequest Read(Form form) => new(
        form.Text("text"),
        [.. form.All("commitment").Select(id => new CommitmentProgress(id, form.Text($"status.{id}"), form.Text($"text.{id}")))]);
}

/// <summary>What the page draws.</summary>
public sealed record FollowUpModel(LoadedReview Review, string State, FollowUpBody Body, Form Form, IReadOnlyList<Refusal> Errors)
{
    public bool MayTell { get; init; }

    public bool MayClose { get; init; }

    /// <summary>The reader's side has closed, the other has not.</summary>
    public bool AwaitsOtherSide { get; init; }
}

/// <summary>The follow-up over the API.</summary>
/// <param name="Text">About the whole; null while nothing was told.</param>
/// <param name="Closing">Closing notes by role.</param>
public sealed record FollowUpBody(IReadOnlyList<ProgressBody> Commitments, string? Text, IReadOnlyDictionary<string, string> Closing);

/// <summary>How far one commitment is.</summary>
/// <param name="Status">done, under_way, not_started; null while nothing was told.</param>
public sealed record ProgressBody(string Commitment, string Title, string? Status, string? Text, string Language);
