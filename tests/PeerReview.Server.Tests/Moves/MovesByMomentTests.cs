using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Moves;

/// <summary>Every move at every moment of a light review: done where it is legal, refused elsewhere with the reason, and then
/// nothing has changed.</summary>
public sealed class MovesByMomentTests
{
    /// <summary>What each move comes to, written out by hand; <c>ok</c> is done.</summary>
    private const string Table = """
        moment        extend                       waive                 pause              suspend            resume               defer                      withdraw
        launched      process.too-early            process.not-waivable  ok                 ok                 review.not-stopped   ok                         ok
        assessing     ok                           process.not-waivable  ok                 ok                 review.not-stopped   ok                         ok
        checking      process.already-done         process.not-waivable  ok                 ok                 review.not-stopped   ok                         ok
        clarifying    process.already-done         process.not-waivable  ok                 ok                 review.not-stopped   ok                         ok
        deciding      process.already-done         process.not-waivable  ok                 ok                 review.not-stopped   ok                         ok
        publishing    process.already-done         process.not-waivable  ok                 ok                 review.not-stopped   ok                         process.too-late-to-withdraw
        following_up  process.already-done         process.not-waivable  ok                 ok                 review.not-stopped   ok                         process.too-late-to-withdraw
        closed        review.closed                review.closed         review.closed      review.closed      review.closed        review.closed              review.closed
        suspended     review.suspended             review.suspended      review.suspended   review.suspended   ok                   review.suspended           ok
        deferred      review.deferred              review.deferred       review.deferred    review.deferred    ok                   review.deferred            ok
        withdrawn     review.withdrawn             review.withdrawn      review.withdrawn   review.withdrawn   review.withdrawn     review.withdrawn           review.withdrawn
        """;

    private static readonly string[] States = ["KEN", "NOR", "CHL", "JPN", "GHA", "FJI", "PER"];

    public static TheoryData<string> Moments() => [.. Table.Split('\n')[1..]];

    [Theory, MemberData(nameof(Moments))]
    public async Task A_move_is_done_or_refused_as_the_table_says(string row)
    {
        await using var app = await TestApp.StartAsync();
        var moves = Cells(Table.Split('\n')[0])[1..];
        var cells = Cells(row);
        var refusing = await ReviewStages.AtAsync(app, cells[0]);

        var answers = new List<string>();
        foreach (var (move, expected, state) in moves.Zip(cells[1..], States))
        {
            // What is refused changes nothing, so one review serves all of it.
            var review = expected == "ok" ? await ReviewStages.AtAsync(app, cells[0], state == "KEN" ? "SWE" : state) : refusing;
            var before = await review.SequenceAsync();
            var code = await MoveAsync(review, move);
            answers.Add(code);
            Assert.Equal(code == "ok", await review.SequenceAsync() > before);
        }

        Assert.Equal(string.Join(' ', cells[1..]), string.Join(' ', answers));
        await app.Database.RequireSoundAsync();
    }

    /// <summary>Who may, by move; everybody else of the review is told so, another State that there is nothing.</summary>
    [Fact]
    public async Task A_move_is_for_those_who_steer()
    {
        await using var app = await TestApp.StartAsync();
        var running = await ReviewStages.AtAsync(app, ReviewStages.Assessing);
        var suspended = await ReviewStages.AtAsync(app, ReviewStages.Suspended, "CHL");
        var answers = new List<string>();

        foreach (var move in new[] { "extend", "pause", "suspend", "resume", "defer", "withdraw" })
        {
            var review = move == "resume" ? suspended : running;
            var before = await review.SequenceAsync();
            foreach (var (name, person) in People(review).Where(p => !Steers(move).Contains(p.Name, StringComparer.Ordinal)))
                answers.Add($"{move} {name} {await MoveAsync(review, move, person)}");
            Assert.Equal(before, await review.SequenceAsync());
        }

        Assert.All(answers, answer => Assert.True(
            answer.EndsWith(" access.not-allowed", StringComparison.Ordinal)
            || answer.EndsWith(" process.not-your-command", StringComparison.Ordinal)
            || answer.EndsWith(" process.not-your-stage", StringComparison.Ordinal), answer));
        // The register shows the review to other States: they learn no more by asking.
        Assert.Equal(6, answers.Count(answer => answer.Contains("other access.not-allowed", StringComparison.Ordinal)));
    }

    private static string[] Cells(string row) => row.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Steers(string move) => move switch
    {
        "extend" => ["authority", "focal", "alternate", "coordinator", "deputy"],
        "pause" => ["coordinator", "deputy"],
        "suspend" or "resume" => ["authority", "head"],
        _ => ["authority"],
    };

    private static IEnumerable<(string Name, TestPerson Person)> People(ReviewAt review) =>
    [
        ("authority", review.Authority), ("focal", review.FocalPoint), ("alternate", review.Alternate),
        ("coordinator", review.Coordinator), ("deputy", review.Deputy), ("head", review.Head), ("other", review.Other),
    ];

    private static Task<string> MoveAsync(ReviewAt review, string move, TestPerson? person = null) => move switch
    {
        "extend" => review.CodeAsync(person ?? review.Authority, "stages/self_assess/extend", new { days = 30, reason = "A flood." }),
        "waive" => review.CodeAsync(person ?? review.Authority, "stages/self_assess/waive", new { }),
        "pause" => review.CodeAsync(
            person ?? review.Coordinator, "pause", new { party = "subject", pauseReason = "force_majeure", reason = "A flood." }),
        "suspend" => review.CodeAsync(person ?? review.Authority, "suspend", new { reason = "An election." }),
        "defer" => review.CodeAsync(
            person ?? review.Authority, "defer", new { until = ReviewStages.Day(review.App, 60), reason = "An election." }),
        _ => review.CodeAsync(person ?? review.Authority, move, new { signature = LightReview.Signature(review.App) }),
    };
}
