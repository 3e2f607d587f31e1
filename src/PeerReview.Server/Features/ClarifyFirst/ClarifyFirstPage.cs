using PeerReview.Core;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>Private questions: experts ask, the State answers, and both see through whom.</summary>
public sealed class ClarifyFirstPage(PrivateQuestions questions, AskPrivately ask, AnswerPrivately answer, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/clarify-first";
        routes.Pages.MapGet(path, (Guid review, string? item, Visit visit, ClarifyFirstPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, visit.Caller.DraftOf(), new Again { Item = item }, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, ClarifyFirstPage page, CancellationToken cancel) =>
            page.AskAsync(new ReviewId(review), visit, form, cancel));
        routes.Pages.MapPost(path + "/{asked:guid}/answer", (Guid review, Guid asked, Visit visit, Form form, ClarifyFirstPage page, CancellationToken cancel) =>
            page.AnswerAsync(new ReviewId(review), asked, visit, form, cancel));
        routes.Api.MapGet(path, ListAsync).WithName("ListPrivateQuestions").WithTags("reviews").Produces<PrivateQuestionList>();
    }

    private async Task<IResult> AskAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var request = new PrivateQuestionRequest(form.Text("text"), form.Text("item"));
        var verdict = await ask.RunAsync(review, request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await ShowAsync(review, visit, form, new Again { Errors = [.. reason.All], Status = reason.Status() }, cancel)
            : Answer.Done(StagePages.Of(review.Value, Waits.ClarifyFirst), "asked-privately");
    }

    private async Task<IResult> AnswerAsync(ReviewId review, Guid asked, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await answer.RunAsync(review, asked, new PrivateAnswerRequest(form.Text("text")), visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done(StagePages.Of(review.Value, Waits.ClarifyFirst), "answered-privately");
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await ShowAsync(
                review, visit, form, new Again { Question = asked.ToString(), Errors = [.. reason.All], Status = reason.Status() }, cancel);
    }

    private async Task<IResult> ShowAsync(ReviewId review, Visit visit, Form form, Again again, CancellationToken cancel)
    {
        var found = await questions.FindAsync(visit.Caller.Actor, review, cancel);
        return found is null
            ? Answer.NotFound()
            : Answer.Page<ClarifyFirstView>(
                new
                {
                    Model = new ClarifyFirstModel(
                        found, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), states, form, again.Question, again.Item, again.Errors),
                },
                again.Status);
    }

    private static async Task<IResult> ListAsync(Guid review, Visit visit, PrivateQuestions questions, CancellationToken cancel)
    {
        var found = await questions.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        return found is null
            ? ReviewRefusals.NotFound.ToProblem()
            : TypedResults.Ok(new PrivateQuestionList(
                [.. found.Questions.Select(question => PrivateQuestionBody.Of(question, found.Review))], found.Contacts, null));
    }

    private sealed record Again
    {
        public string? Question { get; init; }

        public string? Item { get; init; }

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Question">The question whose form was sent; null when it was the form for a new one.</param>
/// <param name="Item">The item a new question is about, where a link says it.</param>
public sealed record ClarifyFirstModel(
    FoundQuestions Found, string StateName, StateNames States, Form Form, string? Question, string? Item, IReadOnlyList<Refusal> Errors);

/// <summary>Private questions over the API, as far as the reader is of their circle.</summary>
/// <param name="Contacts">The contact points of both sides.</param>
public sealed record PrivateQuestionList(IReadOnlyList<PrivateQuestionBody> Items, IReadOnlyList<ContactPoint> Contacts, string? Next);

/// <summary>One of them.</summary>
/// <param name="AskedBy">The name of the expert; null when the person has no role here any more.</param>
/// <param name="EndsAt">The first instant at which an answer is too late, UTC.</param>
/// <param name="Zone">The zone of the State that answers, IANA.</param>
/// <param name="MayAnswer">Whether the reader can answer it now.</param>
public sealed record PrivateQuestionBody(
    string Id, string Text, string? Item, string Language, string? AskedBy, string? State, DateTimeOffset AskedAt, DateTimeOffset EndsAt,
    string Zone, PrivateQuestionStatus Status, DateTimeOffset? AnsweredAt, string? Answer, bool MayAnswer)
{
    internal static PrivateQuestionBody Of(QuestionFound question, LoadedReview review) => new(
        question.Id, question.Content.Text, question.Content.Item, question.Language, question.By?.Name, question.State, question.AskedAt,
        question.EndsAt, review.Subject.TimeZone, question.Status, question.Answer?.At, question.Answer?.Text, question.MayAnswer);
}
