using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>The last review of the State: what was left open, and its answers, to be taken over by the State's side.</summary>
public sealed class LastPage(ReviewLookup reviews, LastReviews lasts, TakeOver take, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/last";
        routes.Pages.MapGet(path, (Guid review, Visit visit, LastPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, LastPage page, CancellationToken cancel) =>
            page.TakeAsync(new ReviewId(review), visit, form, cancel));
        routes.Api.MapGet(path, (Guid review, Visit visit, LastPage page, CancellationToken cancel) =>
            page.ReadAsync(new ReviewId(review), visit, cancel)).WithName("ReadLastReview").WithTags("reviews").Produces<LastBody>();
        routes.Api.MapPost(path + "/take", async (
            Guid review, TakeRequest request, Visit visit, LastPage page, HttpContext http, CancellationToken cancel) =>
            (await page.Take.RunAsync(new ReviewId(review), request.Item, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
            .WithName(nameof(TakeOver)).WithTags("reviews").Produces<Receipt>();
    }

    private TakeOver Take => take;

    private async Task<IResult> TakeAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var item = form.Text("item") is { Length: > 0 } one ? one : null;
        var verdict = await take.RunAsync(review, item, visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
        {
            return item is null
                ? Answer.Done($"/reviews/{review}/assessment", "answers-taken")
                : Answer.Done($"/reviews/{review}/assessment/{Uri.EscapeDataString(item)}", "answer-taken");
        }

        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind == RefusalKind.NotFound ? Answer.NotFound() : await ShowAsync(review, visit, [reason], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(ReviewId id, Visit visit, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await FindAsync(id, visit, cancel) is not { } model)
            return Answer.NotFound();
        return Answer.Page<LastView>(new { Model = model with { Errors = errors } }, status);
    }

    private async Task<IResult> ReadAsync(ReviewId id, Visit visit, CancellationToken cancel) =>
        await FindAsync(id, visit, cancel) is { } model ? TypedResults.Ok(LastBody.Of(model)) : ReviewRefusals.NotFound.ToProblem();

    private async Task<LastModel?> FindAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        if (found is null || await lasts.FindAsync(actor, found.Review, cancel) is not { } last)
            return null;
        var now = FoundAssessment.Of(actor, found.Review, found.More);
        return new LastModel(
            now, last.Review, last.Open, states.Of(now.Review.Subject.Iso3, visit.Texts.Language), last.Opens)
        {
            Reason = now.Material.Find(WritingKind.Reason, "cooldown") is { } reason
                && Access.Visible(actor, DocumentKind.Status, now.Review.Facts, SharingLabels.Of(reason.Label)).CanRead ? reason : null,
            TakesUp = Access.May(actor, ReviewAct.WriteCommitment, now.Review.Facts) is not { } no ? CommitmentDoor.Closed(now.Review.State) is null
                : no.Kind == RefusalKind.NotAllowed ? null : false,
        };
    }
}

/// <summary>Which answers of the last review are to be taken over.</summary>
/// <param name="Item">Null for all that have no answer yet.</param>
public sealed record TakeRequest(string? Item = null);

/// <summary>What the page draws.</summary>
/// <param name="Now">The self-assessment as the reader sees it.</param>
/// <param name="Then">The last review.</param>
/// <param name="Open">What of it the reader may read.</param>
/// <param name="Knows">Whether the reader may go there.</param>
public sealed record LastModel(FoundAssessment Now, LoadedReview Then, LastReview Open, string State, bool Knows)
{
    public IReadOnlyList<Refusal> Errors { get; init; } = [];

    /// <summary>Why the same questions are asked again so soon; null where nobody had to say, or it is not open.</summary>
    public Writing? Reason { get; init; }

    /// <summary>Whether the reader can undertake now what was left open: null for those who never write commitments.</summary>
    public bool? TakesUp { get; init; }

    /// <summary>The answers beside the items of the present review, as far as both are open to the reader.</summary>
    public ImmutableArray<(LastAnswer Then, SheetItem Now)> Answers { get; } =
        [.. Open.Answers.Select(then => (then, Now: Now.Sheet.Find(then.Item))).Where(pair => pair.Now is { IsKept: false }).Select(pair => (pair.then, pair.Now!))];

    /// <summary>How many the reader could take over now.</summary>
    public int Takeable => Answers.Count(pair => LastAnswer.MayTake(pair.Now.Version, pair.Now.Closed) is null);
}

/// <summary>The last review over the API.</summary>
/// <param name="Review">Its id, where the reader may know of it.</param>
public sealed record LastBody(
    Guid? Review, IReadOnlyList<LastAnswerBody> Answers, IReadOnlyList<string> NotAsked, IReadOnlyList<OpenPointBody> Open,
    IReadOnlyDictionary<string, string> Closing)
{
    internal static LastBody Of(LastModel model) => new(
        model.Knows ? model.Then.Id.Value : null,
        [.. model.Answers.Select(pair => LastAnswerBody.Of(pair.Then, pair.Now))],
        model.Open.NotAsked,
        [.. model.Open.Open.Select(point => new OpenPointBody(point.Text.Key, point.Measure.Title, point.Status, point.Measure.Owner, point.Measure.Due, point.Text.Language))],
        model.Open.Closing.ToDictionary(note => note.Key, note => Contents.ReadNote(note).Text, StringComparer.Ordinal));
}

/// <summary>An answer of the last review.</summary>
/// <param name="MayTake">Whether the reader can take it over now.</param>
public sealed record LastAnswerBody(string Item, Core.Assessment.AnswerValue? Value, string Label, string Language, bool MayTake)
{
    public required string Rule { get; init; }

    public required string Practice { get; init; }

    public required string Evidence { get; init; }

    public required string Testing { get; init; }

    public DateOnly? LastTested { get; init; }

    public required string Reason { get; init; }

    public required IReadOnlyList<string> Sectors { get; init; }

    internal static LastAnswerBody Of(LastAnswer then, SheetItem now) => new(
        then.Item, then.Answer.Value, then.Answer.Label.Code(), then.Answer.Language, LastAnswer.MayTake(now.Version, now.Closed) is null)
    {
        Rule = then.Answer.Rule,
        Practice = then.Answer.Practice,
        Evidence = then.Answer.Evidence,
        Testing = then.Answer.Testing,
        LastTested = then.Answer.LastTested,
        Reason = then.Answer.Reason,
        Sectors = then.Answer.Sectors,
    };
}

/// <summary>Something undertaken in the last review and not finished.</summary>
/// <param name="Status">under_way or not_started; null where nothing was told.</param>
public sealed record OpenPointBody(string Id, string Title, string? Status, string Owner, DateOnly? Due, string Language);
