using Microsoft.Extensions.DependencyInjection;
using System.Diagnostics;
using Npgsql;
using PeerReview.Core;
using PeerReview.Server.Platform.Reviews;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Bench;

/// <summary>Commands through the whole path, nine answers saved to one stage completed, in this process.</summary>
internal static class Commands
{
    private const int SavesToOneCompletion = 9;

    public static async Task RunAsync(Arguments arguments)
    {
        await using var server = await BenchServer.StartAsync();
        var t = await Baseline.MeasureAsync(server, arguments.Clients, arguments.Time);
        await using var bed = await Bed.MakeAsync(server, arguments.Number("reviews", 1000), arguments.Number("launched", 4000));
        var before = await RowsAsync(server);
        var trips = bed.Database.RoundTrips;
        var done = new long[arguments.Clients];
        var measured = await Load.RunAsync(arguments.Clients, arguments.Time, Mixed(bed, done));
        var commands = done.Sum();
        var rows = await RowsAsync(server) - before;
        new Report(t).Line("commands, nine saves to one completion", measured);
        using var process = Process.GetCurrentProcess();
        Report.Say($"{(double)rows / commands:F1} rows written and {(double)(bed.Database.RoundTrips - trips) / commands:F2} round trips per command; {process.WorkingSet64 / 1e6:F0} MB resident");
    }

    private static Func<int, Task> Mixed(Bed bed, long[] done)
    {
        var commands = bed.App.Services.GetRequiredService<ReviewCommands>();
        var items = Template.Items(bed.App.Services.GetRequiredService<Definitions>());
        var chance = Enumerable.Range(0, done.Length).Select(seed => new Random(seed)).ToArray();
        var next = bed.Answered;
        return async client =>
        {
            var number = (int)done[client]++;
            if (number % (SavesToOneCompletion + 1) == SavesToOneCompletion)
            {
                var launched = Interlocked.Increment(ref next);
                if (launched > bed.Answered + bed.Launched)
                    throw new InvalidOperationException("Every launched review is acknowledged: give more with --launched.");
                await Template.AcknowledgeAsync(commands, new ReviewId(Ids.Review(launched)), Template.As(Ids.Coordinator(0), Role.Coordinator));
                return;
            }

            var review = chance[client].Next(1, bed.Answered + 1);
            await Template.SaveAnswerAsync(
                commands, new ReviewId(Ids.Review(review)), Template.As(Ids.FocalPoint(review), Role.StateFocalPoint),
                items[chance[client].Next(items.Length)], number);
        };
    }

    // Statistics of a session reach the server within a second after it fell idle.
    private static async Task<long> RowsAsync(BenchServer server)
    {
        await Task.Delay(TimeSpan.FromSeconds(2));
        await using var connection = new NpgsqlConnection(server.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Sql.Rows, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static class Sql
    {
        public const string Rows = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_user_tables";
    }
}
