using System.Diagnostics;

namespace PeerReview.Bench;

/// <summary>Clients that do the same thing over and over, each as soon as its last answer came.</summary>
internal static class Load
{
    /// <summary>Runs them for a second of warming up and then for the time that counts.</summary>
    /// <param name="work">One piece of work of a client, counted from 0.</param>
    /// <exception cref="Exception">A piece of work failed: what failed is not a speed.</exception>
    public static async Task<Measured> RunAsync(int clients, TimeSpan time, Func<int, Task> work)
    {
        var warm = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        var end = warm + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var took = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => ClientAsync(client))));
        return Measured.Of(took.SelectMany(one => one), time);

        async Task<List<long>> ClientAsync(int client)
        {
            var own = new List<long>(4096);
            for (long begun; (begun = Stopwatch.GetTimestamp()) < end;)
            {
                await work(client);
                var ended = Stopwatch.GetTimestamp();
                if (begun >= warm && ended < end)
                    own.Add(ended - begun);
            }

            return own;
        }
    }
}

/// <summary>What a load came to.</summary>
/// <param name="PerSecond">Pieces of work finished in a second.</param>
/// <param name="P50">Half took at most so many milliseconds.</param>
/// <param name="P95">Nineteen of twenty took at most so many milliseconds.</param>
internal sealed record Measured(double PerSecond, double P50, double P95)
{
    public static Measured Of(IEnumerable<long> ticks, TimeSpan time)
    {
        var sorted = ticks.Order().ToArray();
        return sorted.Length == 0
            ? new Measured(0, double.NaN, double.NaN)
            : new Measured(sorted.Length / time.TotalSeconds, At(0.5), At(0.95));

        double At(double part) => sorted[(int)((sorted.Length - 1) * part)] * 1000.0 / Stopwatch.Frequency;
    }
}
