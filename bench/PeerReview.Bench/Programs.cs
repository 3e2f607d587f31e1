namespace PeerReview.Bench;

/// <summary>The measuring programs: <c>dotnet run --project bench/PeerReview.Bench -c Release -- NAME …</c>.</summary>
internal static class Programs
{
    private static readonly SortedDictionary<string, (string About, Func<Arguments, Task> Run)> All = new(StringComparer.Ordinal)
    {
        ["baseline"] = ("T: transactions per second of a bare script on this machine", Baseline.RunAsync),
        ["engines"] = ("instances of a process with five human steps per second, on every stack built", Engines.RunAsync),
        ["faults"] = ("whole journeys under faults by chance, compared with undisturbed ones; --from 1 --to 30 --beds 2 --outage 300 (ms)", FaultRun.RunAsync),
        ["interpreter"] = ("decisions per second of the process engine alone, on one core", InterpreterBench.RunAsync),
        ["commands"] = ("commands through the whole path; --reviews 1000 --launched 4000", Commands.RunAsync),
        ["pages"] = ("pages and API reads over HTTP; --reviews 1000, --only PART-OF-NAME", Pages.RunAsync),
        ["reminders"] = ("reminders due at one instant, sent over SMTP; --due 100000 --waiting 0 --nodes 4 --reviews 1000", Reminders.RunAsync),
        ["schedulers"] = ("looks and one-off jobs per second of each stack's scheduler; --pieces 100 --jobs 2000", Schedulers.RunAsync),
        ["start"] = ("from the command to the first page, built and with its data folder there", StartTime.RunAsync),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, .. var rest] || !All.TryGetValue(name, out var program))
        {
            await Console.Error.WriteLineAsync("Say what to measure, one of:");
            foreach (var (known, (about, _)) in All)
                await Console.Error.WriteLineAsync($"  {known,-12} {about}");
            return 2;
        }

        await program.Run(new Arguments(rest));
        return 0;
    }
}
