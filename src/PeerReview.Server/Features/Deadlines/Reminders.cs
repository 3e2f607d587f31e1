using Microsoft.AspNetCore.Http.HttpResults;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Deadlines;

/// <summary>The reminders that wait to be sent: a person's own, or for coordinators those of a review.</summary>
public sealed class Reminders(Database database, ReviewLookup reviews)
{
    private const int PageSize = 100;

    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/reminders",
        (Guid? review, string? cursor, Caller caller, Reminders reminders, CancellationToken cancel) => review is { } id
            ? reminders.OfReviewAsync(caller, id, cursor, cancel)
            : reminders.OwnAsync(caller, cursor, cancel)).WithName(nameof(Reminders)).WithTags("reminders");

    private async Task<IResult> OwnAsync(Caller caller, string? cursor, CancellationToken cancel) => Page(
        await database.QueryAsync<ReminderItem>(
            caller.Scope, Sql.Own, new { Person = caller.Id.Value, After = cursor, Limit = PageSize + 1 }, cancel));

    private async Task<IResult> OfReviewAsync(Caller caller, Guid id, string? cursor, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            caller.Actor,
            new ReviewId(id),
            Sql.OfReview,
            new { Review = id, After = cursor, Limit = PageSize + 1 },
            async grid => (await grid.ReadAsync<ReminderItem>()).ToList(),
            cancel);
        if (found is null || Access.May(caller.Actor, ProgrammeAct.ReadBoard, found.Review.Programme) is not null)
            return ReviewRefusals.NotFound.ToProblem();
        var inCircle = Access.Visible(caller.Actor, DocumentKind.UrgentPoint, found.Review.Facts).CanRead;
        return Page(found.More, item => !Waits.IsBeside(item.Stage) || (inCircle && item.Stage == Waits.Urgent));
    }

    private static Ok<Listing<ReminderItem>> Page(IReadOnlyList<ReminderItem> rows, Func<ReminderItem, bool>? shown = null)
    {
        var page = rows.Take(PageSize).Where(shown ?? (_ => true)).ToList();
        // Never the key of a row that is not shown: it names what the row is about.
        return TypedResults.Ok(new Listing<ReminderItem>(page, rows.Count > PageSize ? page.LastOrDefault()?.Key : null));
    }

    /// <summary>A reminder that waits.</summary>
    /// <param name="Key">One per deadline, step, recipient and occurrence.</param>
    /// <param name="Step">Such as <c>before_7</c>, <c>on_day</c>, <c>L1</c>.</param>
    /// <param name="DeadlineDay">The day it reminds of.</param>
    /// <param name="Day">The day it is sent, in <paramref name="Zone"/>.</param>
    /// <param name="DueAt">When it is sent, UTC.</param>
    public sealed record ReminderItem(
        string Key, Guid Review, Guid Person, string Stage, string Step, string Letter, DateOnly DeadlineDay, DateOnly Day,
        string Zone, DateTimeOffset DueAt);

    private static class Sql
    {
        public const string Own =
            """
            SELECT key, review_id AS review, person_id AS person, stage, step, letter, deadline_day, day, zone, due_at
            FROM reminder WHERE person_id = @Person AND settled_at IS NULL
              AND (@After::text IS NULL OR (due_at, key) > (SELECT a.due_at, a.key FROM reminder a WHERE a.key = @After))
            ORDER BY due_at, key LIMIT @Limit
            """;

        public const string OfReview =
            """
            SELECT key, review_id AS review, person_id AS person, stage, step, letter, deadline_day, day, zone, due_at
            FROM reminder WHERE review_id = @Review AND settled_at IS NULL
              AND (@After::text IS NULL OR (due_at, key) > (SELECT a.due_at, a.key FROM reminder a WHERE a.key = @After))
            ORDER BY due_at, key LIMIT @Limit
            """;
    }
}
