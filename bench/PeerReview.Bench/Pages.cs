using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Bench;

/// <summary>Pages and API reads over HTTP from the program as a process of its own, by focal points with sessions.</summary>
internal static class Pages
{
    private const int People = 200;

    // Sessions are numbered like the focal points, from 1.
    private const int Coordinator = 0;

    public static async Task RunAsync(Arguments arguments)
    {
        await using var server = await BenchServer.StartAsync();
        var items = await SeedAsync(server, arguments.Number("reviews", 1000));
        await Bed.RestAsync(arguments);
        var report = new Report(await Baseline.MeasureAsync(server, arguments.Clients, arguments.Time));
        await using var program = await ServedProgram.StartAsync(
            ["serve", "--connection", server.Connections.App, "--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PEERREVIEW_DATABASE_WORKER"] = server.Connections.Worker,
                ["Logging__LogLevel__Default"] = "Warning",
            });
        var people = Math.Min(People, arguments.Number("reviews", 1000));
        var clients = Enumerable.Range(0, people).Select(n => ClientOf(program.Address, n + 1)).ToArray();
        (string What, Func<int, string> Path)[] pages =
        [
            ("home", _ => "/"),
            ("one review, page", n => $"/reviews/{Ids.Review(n)}"),
            ("one review, JSON", n => $"/api/v1/reviews/{Ids.Review(n)}"),
            ("one item of a self-assessment, page", n => $"/reviews/{Ids.Review(n)}/assessment/{items[n % items.Count]}"),
            ("acts open to me, page", n => $"/reviews/{Ids.Review(n)}/moves"),
            ("help, page without a database row", _ => "/help"),
        ];
        var only = arguments.Text("only");
        foreach (var (what, path) in pages.Where(page => only is null || page.What.Contains(only, StringComparison.Ordinal)))
            await MeasureAsync(report, program, clients, what, path, arguments);
        if (only is null || "board".Contains(only, StringComparison.Ordinal))
            await MeasureAsync(report, program, [ClientOf(program.Address, Coordinator)], "board", _ => "/board", arguments);
        if (only is null || "home of a coordinator of all".Contains(only, StringComparison.Ordinal))
            await MeasureAsync(report, program, [ClientOf(program.Address, Coordinator)], "home of a coordinator of all", _ => "/", arguments);
        if (only is null || "an answer saved over the API".Contains(only, StringComparison.Ordinal))
            await SaveAsync(report, program, clients, items, arguments);
        Report.Say($"{program.Megabytes:F0} MB resident");
    }

    /// <summary>Answers saved over the API. A client writes in reviews of its own, so that no save is stale.</summary>
    private static async Task SaveAsync(
        Report report, ServedProgram program, HttpClient[] clients, IReadOnlyList<string> items, Arguments arguments)
    {
        var saved = new int[arguments.Clients];
        var trips = await RoundTripsAsync(clients[0]);
        var measured = await Load.RunAsync(arguments.Clients, arguments.Time, async client =>
        {
            var number = saved[client]++;
            var person = client + (number % (clients.Length / arguments.Clients) * arguments.Clients);
            var turn = number / (clients.Length / arguments.Clients);
            using var answer = await clients[person].PutAsJsonAsync(
                new Uri($"/api/v1/reviews/{Ids.Review(person + 1)}/answers/{items[turn % items.Count]}", UriKind.Relative),
                new
                {
                    version = 1 + (turn / items.Count),
                    value = "partly_in_place",
                    label = "AMBER",
                    // The seeded answers are number 0; saving what stands already makes no version.
                    rule = Template.Rule(number + 1),
                    practice = Template.Practice,
                });
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        });
        var each = (await RoundTripsAsync(clients[0]) - trips) / saved.Sum();
        report.Line("an answer saved over the API", measured, string.Create(CultureInfo.InvariantCulture, $"{each:F2} round trips"));
    }

    private static async Task<IReadOnlyList<string>> SeedAsync(BenchServer server, int reviews)
    {
        await using var bed = await Bed.MakeAsync(server, reviews, launched: 10);
        var sql = new StringBuilder();
        for (var n = Coordinator; n <= Math.Min(People, reviews); n++)
        {
            var person = n == Coordinator ? Ids.Coordinator(0) : Ids.FocalPoint(n);
            sql.Append(CultureInfo.InvariantCulture, $"""
                INSERT INTO session (token_hash, person_id, created_at, expires_at)
                VALUES ('\x{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(SecretOf(n))))}', '{person}', now(), now() + interval '1 day');

                """);
        }

        await server.ExecuteAsync(sql.ToString());
        return Template.Items(bed.App.Services.GetRequiredService<Definitions>());
    }

    private static async Task MeasureAsync(
        Report report, ServedProgram program, HttpClient[] clients, string what, Func<int, string> path, Arguments arguments)
    {
        using (var first = await clients[0].GetAsync(new Uri(path(1), UriKind.Relative)))
        {
            if (!first.IsSuccessStatusCode)
            {
                Report.Say($"{what,-44} not measured: {path(1)} answers {(int)first.StatusCode}");
                return;
            }
        }

        var trips = await RoundTripsAsync(clients[0]);
        long asked = 0;
        long bytes = 0;
        var measured = await Load.RunAsync(arguments.Clients, arguments.Time, async client =>
        {
            var n = (int)(((Interlocked.Increment(ref asked) * arguments.Clients) + client) % clients.Length);
            using var answer = await clients[n].GetAsync(new Uri(path(n + 1), UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            Interlocked.Exchange(ref bytes, (await answer.Content.ReadAsByteArrayAsync()).Length);
        });
        var each = (await RoundTripsAsync(clients[0]) - trips) / asked;
        report.Line(what, measured, string.Create(CultureInfo.InvariantCulture, $"{each:F2} round trips, {bytes / 1000.0:F1} kB, program {program.Megabytes:F0} MB"));
    }

    private static async Task<double> RoundTripsAsync(HttpClient client)
    {
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = text.Split('\n').First(one => one.StartsWith("peerreview_database_round_trips_total ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static HttpClient ClientOf(Uri address, int person)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Cookie", $"session={SecretOf(person)}");
        // The API takes the cookie where the browser says that our own page asks.
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private static string SecretOf(int person) => string.Create(CultureInfo.InvariantCulture, $"bench-{person}").PadRight(43, 'A');
}
