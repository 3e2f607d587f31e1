using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Clarification;

/// <summary>The coordinator asks clarifying questions, one or several at once; all of them before the State begins to reply.</summary>
public sealed class AskQuestion(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/questions",
        async (Guid review, QuestionRequest request, Visit visit, AskQuestion ask, HttpContext http, CancellationToken cancel) =>
            (await ask.RunAsync(new ReviewId(review), [request], visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/questions", receipt)))
        .WithName(nameof(AskQuestion)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case: all of the questions are asked, or none. The receipt's key is the last.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, IReadOnlyList<QuestionRequest> requests, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, requests, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, IReadOnlyList<QuestionRequest> requests, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.AskQuestion, review.Facts) is { } no)
            return no;
        if (ClarifyingRound.MayAsk(review.State, await work.MaterialAsync(cancel), requests.Count, review.Dossier.Asked) is { } closed)
            return closed;
        var questions = requests.Select(r => new QuestionContent(r.Item is { Length: > 0 } item ? item : null, r.Text.Trim())).ToList();
        var wrong = questions.SelectMany((question, at) => Check(question, requests[at], review.Dossier)).ToList();
        if (wrong.Count > 0)
            return Refusal.Of(wrong);
        var change = new ReviewChange();
        foreach (var (at, question) in questions.Index())
        {
            // One instant for all: a millisecond between their keys keeps the order in which they were written.
            var key = Guid.CreateVersion7(work.Now.AddMilliseconds(at)).ToString("N");
            change.Write(WritingKind.Question, key, 0, Contents.Write(question), "AMBER", review.Dossier.WorkingLanguage).Made(key);
        }

        return change;
    }

    private static IEnumerable<Refusal> Check(QuestionContent question, QuestionRequest request, Dossier dossier)
    {
        if (ClarifyingRound.Check(question, dossier) is { } wrong)
            yield return request.Row is { } row ? wrong with { Field = QuestionRequest.FieldOf(wrong.Field!, row) } : wrong;
    }
}

/// <summary>A question as it comes in.</summary>
/// <param name="Item">The item it is about, or null.</param>
public sealed record QuestionRequest(string Text, string? Item = null)
{
    /// <summary>How many questions a page takes at once.</summary>
    public const int Rows = 3;

    /// <summary>On which row of the page it stands, from 1; null when it did not come from there.</summary>
    [JsonIgnore]
    public int? Row { get; init; }

    /// <summary>The name of a field on a row of the page.</summary>
    public static string FieldOf(string field, int row) => row == 1 ? field : $"{field}-{row}";

    /// <summary>What stands on the page: the rows with something on them, or the first when there is nothing.</summary>
    public static IReadOnlyList<QuestionRequest> AllOf(Form form)
    {
        var rows = Enumerable.Range(1, Rows)
            .Select(row => new QuestionRequest(form.Text(FieldOf("text", row)), form.Text(FieldOf("item", row))) { Row = row }).ToList();
        var written = rows.Where(row => row.Text.Trim().Length > 0 || row.Item is { Length: > 0 }).ToList();
        return written.Count > 0 ? written : [rows[0]];
    }
}
