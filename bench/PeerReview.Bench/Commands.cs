using Microsoft.Extensions.DependencyInjection;
using System.Diagnostics;
using System.Globalization;
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
        await using var bed = await Bed.MakeAsync(server, arguments.Number("reviews", 1000), arguments.Number("launched", 4000));
        await Bed.RestAsync(arguments);
        var report = new Report(await Baseline.MeasureAsync(server, arguments.EachClients.Max(), arguments.Time));
        var launched = new Launched(bed);
        foreach (var clients in arguments.EachClients)
            await MeasureAsync(server, bed, launched, report, clients, arguments);
    }

    private static async Task MeasureAsync(
        BenchServer server, Bed bed, Launched launched, Report report, int clients, Arguments arguments)
    {
        var before = await RowsAsync(server);
        var trips = bed.Database.RoundTrips;
        var done = new long[clients];
        var measured = await Load.RunAsync(clients, arguments.Time, Mixed(bed, launched, done));
        var commands = done.Sum();
        var rows = await RowsAsync(server) - before;
        using var process = Process.GetCurrentProcess();
        report.Line($"commands, nine saves to one completion, {clients} clients", measured, string.Create(
            CultureInfo.InvariantCulture,
            $"{(double)rows / commands:F1} rows written, {(double)(bed.Database.RoundTrips - trips) / commands:F2} round trips each; {process.WorkingSet64 / 1e6:F0} MB resident"));
    }

    private static Func<int, Task> Mixed(Bed bed, Launched launched, long[] done)
    {
        var commands = bed.App.Services.GetRequiredService<ReviewCommands>();
        var items = Template.Items(bed.App.Services.GetRequiredService<Definitions>());
        var chance = Enumerable.Range(0, done.Length).Select(seed => new Random(seed)).ToArray();
        return async client =>
        {
            var number = (int)done[client]++;
            if (number % (SavesToOneCompletion + 1) == SavesToOneCompletion)
            {
                await Template.AcknowledgeAsync(commands, new ReviewId(Ids.Review(launched.Next())), Template.As(Ids.Coordinator(0), Role.Coordinator));
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

    /// <summary>The reviews that wait to be acknowledged, each given out once.</summary>
    private sealed class Launched(Bed bed)
    {
        private int _last = bed.Answered;

        public int Next()
        {
            var next = Interlocked.Increment(ref _last);
            return next <= bed.Answered + bed.Launched
                ? next
                : throw new InvalidOperationException("Every launched review is acknowledged: give more with --launched.");
        }
    }

    private static class Sql
    {
        public const string Rows = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_user_tables";
    }
}
