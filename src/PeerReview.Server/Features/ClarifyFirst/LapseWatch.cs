using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>Takes private questions whose time is over off the desks of the State. It is no event of the review, see
/// <see cref="PrivateReminders"/>; the letter about it goes with the reminders.</summary>
public sealed class LapseWatch(Database database, ReviewCommands commands) : IDueWork
{
    /// <inheritdoc/>
    public string Name => "clarify-first-lapse";

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel) =>
        database.Worker.SingleOrDefaultAsync<DateTimeOffset?>(Scope.None, Sql.Next, new { After = after, Stage = Waits.ClarifyFirst }, cancel);

    /// <inheritdoc/>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var done = 0;
        foreach (var over in await database.Worker.QueryAsync<Over>(Scope.None, Sql.Over, new { Stage = Waits.ClarifyFirst }, cancel))
        {
            var actor = new Actor(default(PersonId), [new Grant(Role.Public, new ProgrammeId(over.ProgrammeId))]);
            var args = new { Review = over.ReviewId, Stage = Waits.ClarifyFirst, over.Branch };
            var verdict = await commands.RunAsync(
                new ReviewId(over.ReviewId), actor, key: null,
                (_, _) => Task.FromResult<Verdict<ReviewChange>>(new ReviewChange().Also(Sql.ForgetTasks, args).Also(Sql.ForgetDeadline, args)),
                cancel);
            done += verdict is Verdict<Receipt>.Accepted ? 1 : 0;
        }

        return done;
    }

    private sealed record Over(Guid ReviewId, Guid ProgrammeId, string Branch);

    private static class Sql
    {
        public const string Next = "SELECT min(due_at) FROM deadline WHERE stage = @Stage AND due_at > @After";

        public const string Over =
            """
            SELECT review_id, programme_id, branch FROM deadline
            WHERE stage = @Stage AND due_at <= app.clock() ORDER BY due_at, review_id, branch LIMIT 1000
            """;

        public const string ForgetTasks = "DELETE FROM task WHERE review_id = @Review AND stage = @Stage AND branch = @Branch";

        public const string ForgetDeadline = "DELETE FROM deadline WHERE review_id = @Review AND stage = @Stage AND branch = @Branch";
    }
}
