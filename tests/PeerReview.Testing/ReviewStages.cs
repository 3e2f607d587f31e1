using System.Net.Http.Json;
using System.Text.Json;
using PeerReview.Core.Access;

namespace PeerReview.Testing;

/// <summary>Moments of a light review, in order, and the way to each.</summary>
public static class ReviewStages
{
    public const string Launched = "launched";
    public const string Assessing = "assessing";
    public const string Checking = "checking";
    public const string Clarifying = "clarifying";
    public const string Deciding = "deciding";
    public const string Publishing = "publishing";
    public const string FollowingUp = "following_up";
    public const string Closed = "closed";
    public const string Suspended = "suspended";
    public const string Deferred = "deferred";
    public const string Withdrawn = "withdrawn";

    /// <summary>A review brought to a moment, over HTTP wherever that is short.</summary>
    /// <param name="state">Another State for each review of one program.</param>
    public static async Task<ReviewAt> AtAsync(TestApp app, string moment, string state = "KEN")
    {
        if (moment == Launched)
            return await ReviewAt.LaunchAsync(app, state);
        if (moment is Deciding or Publishing or FollowingUp or Closed)
            return await AfterAsync(await ReviewAt.DecidingAsync(app, state), moment);
        var review = await ReviewAt.AssessingAsync(app, state);
        if (moment is Checking or Clarifying)
            await review.SubmitAsync(_ => SharingLabel.Clear);
        await (moment switch
        {
            Assessing or Checking => Task.CompletedTask,
            Clarifying => DoneAsync(review, review.Coordinator, "stages/complete/complete", new { }),
            Suspended => DoneAsync(review, review.Authority, "suspend", new { reason = "An election." }),
            Deferred => DoneAsync(review, review.Authority, "defer", new { until = Day(app, 30) }),
            Withdrawn => DoneAsync(review, review.Authority, "withdraw", new { signature = LightReview.Signature(app) }),
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "There is no such moment."),
        });
        return review;
    }

    /// <summary>Sends a request under the review's address.</summary>
    public static Task<HttpResponseMessage> PostAsync(this ReviewAt review, TestPerson person, string path, object body) =>
        person.Client.PostAsJsonAsync($"{review.Api}/{path}", body);

    /// <summary>The code of the problem document, or <c>ok</c>.</summary>
    public static async Task<string> CodeAsync(this ReviewAt review, TestPerson person, string path, object body)
    {
        using var answer = await review.PostAsync(person, path, body);
        return answer.IsSuccessStatusCode ? "ok" : (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("code")!;
    }

    /// <summary>The day an open stage is due.</summary>
    public static async Task<DateOnly> DueAsync(this ReviewAt review, string stage) =>
        (await review.App.Database.AsOwnerAsync<DateOnly>(
            "SELECT day FROM deadline WHERE review_id = @Id AND stage = @Stage", new { review.Id, Stage = stage })).Single();

    /// <summary>The kinds of its events, in order.</summary>
    public static async Task<string[]> LedgerAsync(this ReviewAt review) =>
        [.. await review.App.Database.AsOwnerAsync<string>(
            "SELECT kind FROM event WHERE review_id = @Id ORDER BY sequence", new { review.Id })];

    /// <summary>How it stands.</summary>
    public static async Task<string> StatusAsync(this ReviewAt review) =>
        (await review.App.Database.AsOwnerAsync<string>("SELECT status FROM review WHERE id = @Id", new { review.Id })).Single();

    /// <summary>A day so many days after today by the program's clock, UTC.</summary>
    public static DateOnly Day(TestApp app, int days) => DateOnly.FromDateTime(app.StartedAt.UtcDateTime).AddDays(days);

    private static async Task<ReviewAt> AfterAsync(ReviewAt review, string moment)
    {
        if (moment == Deciding)
            return review;
        await DoneAsync(review, review.Authority, "stages/pub_decide/complete", new
        {
            choices = new { self_assessment = "full", clarifications = "none", commitments = "full", summary = "full" },
            signature = LightReview.Signature(review.App),
        });
        if (moment == Publishing)
            return review;
        await DoneAsync(review, review.Coordinator, "stages/publish/complete", new { });
        if (moment == FollowingUp)
            return review;
        await DoneAsync(review, review.FocalPoint, "stages/check_6m/complete", new { text = "[whole]", early = true });
        await DoneAsync(review, review.Authority, "stages/close/complete", new { text = "[carried over]" });
        await DoneAsync(review, review.Coordinator, "stages/close/complete", new { text = "[thanks]" });
        return review;
    }

    private static async Task DoneAsync(ReviewAt review, TestPerson person, string path, object body)
    {
        using var answer = await review.PostAsync(person, path, body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
