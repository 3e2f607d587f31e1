using System.Collections.Concurrent;
using System.Diagnostics;
using PeerReview.Testing.Faults;

namespace PeerReview.Bench;

/// <summary>Whole journeys under faults by chance, seed after seed; every one must end as it does undisturbed.</summary>
internal static class FaultRun
{
    // Business time goes on from journey to journey, so a bed is left before its calendar runs out of zone rules.
    private const int RunsOfABed = 30;

    public static async Task RunAsync(Arguments arguments)
    {
        var (from, to) = (arguments.Number("from", 1), arguments.Number("to", 30));
        var outage = TimeSpan.FromMilliseconds(arguments.Number("outage", 300));
        var journeys = FaultRuns.Journeys.Keys.ToArray();
        var undisturbed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var (done, faults, failures) = (0, new List<string>(), new List<string>());
        await Parallel.ForEachAsync(
            Enumerable.Range(from, to - from + 1).Chunk(RunsOfABed),
            new ParallelOptions { MaxDegreeOfParallelism = arguments.Number("beds", Environment.ProcessorCount) },
            async (seeds, _) =>
            {
                await using var bed = await FaultBed.MakeAsync(arguments.Text("small-disk"));
                var runs = new FaultRuns(bed, undisturbed) { Outage = outage };
                foreach (var seed in seeds)
                {
                    var watch = Stopwatch.StartNew();
                    try
                    {
                        var happened = await runs.RunAsync(journeys[seed % journeys.Length], seed);
                        lock (faults)
                            faults.AddRange(happened);
                    }
                    catch (InvalidOperationException wrong)
                    {
                        lock (failures)
                            failures.Add(wrong.Message);
                        await Console.Error.WriteLineAsync(wrong.Message);
                    }

                    Report.Say($"seed {seed}: {watch.Elapsed.TotalSeconds:F1} s; {Interlocked.Increment(ref done)} journeys, {failures.Count} failed");
                }
            });
        Report.Say($"seeds {from}-{to}: {done - failures.Count} of {done} journeys ended as undisturbed");
        foreach (var kind in faults.GroupBy(KindOf, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            Report.Say($"  {kind.Key,-14} {kind.Count(),6} times, on {kind.Select(RequestOf).Distinct(StringComparer.Ordinal).Count(),3} different requests");
        if (failures.Count > 0)
            throw new InvalidOperationException($"{failures.Count} journeys ended otherwise.");
    }

    private static string RequestOf(string happened) => happened.Split(": Fault")[0];

    private static string KindOf(string happened) => happened.Split("Kind = ")[1].Split([',', ' '])[0];
}
