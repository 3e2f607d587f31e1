using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Deadlines;

/// <summary>A deferred review goes on by itself on the day its State named, unless it was resumed before.</summary>
public sealed class DeferralEnds(Database database, ReviewCommands commands) : IDueWork
{
    /// <inheritdoc/>
    public string Name => "deferral-ends";

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel) =>
        database.Worker.SingleOrDefaultAsync<DateTimeOffset?>(Scope.None, Sql.Next, new { After = after }, cancel);

    /// <inheritdoc/>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var over = await database.Worker.QueryAsync<Over>(Scope.None, Sql.Over, null, cancel);
        var done = 0;
        foreach (var one in over)
        {
            var actor = new Actor(default(PersonId), [new Grant(Role.Public, new ProgrammeId(one.ProgrammeId))]);
            var verdict = await commands.RunAsync(
                new ReviewId(one.Id), actor, key: null, (_, _) => Task.FromResult<Verdict<ReviewChange>>(Resume()), cancel);
            done += verdict is Verdict<Receipt>.Accepted ? 1 : 0;
        }

        return done;
    }

    private static ReviewChange Resume() => new ReviewChange()
        .Then(new ProcessCommand.Resume(Acting.System))
        .SendAfter(after => ReviewLetters.Everybody(after)
            .Select(person => ReviewLetters.About(after, LetterNames.ReviewResumed, person)));

    private sealed record Over(Guid Id, Guid ProgrammeId);

    private static class Sql
    {
        public const string Next = "SELECT min(resumes_at) FROM review WHERE resumes_at > @After";

        public const string Over =
            """
            SELECT id, programme_id FROM review
            WHERE resumes_at <= (SELECT app.clock())
            ORDER BY resumes_at, id
            LIMIT 1000
            """;
    }
}
