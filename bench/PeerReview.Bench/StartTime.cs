using System.Diagnostics;

namespace PeerReview.Bench;

/// <summary>How long somebody waits between the command and the first page, built and with its data folder there.</summary>
internal static class StartTime
{
    private const int Runs = 5;

    public static async Task RunAsync(Arguments arguments)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"peerreview-start-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var page = new Uri(arguments.Text("path") ?? "/", UriKind.Relative);
            await OnceAsync(folder, page, "first start, making the data folder");
            for (var i = 0; i < arguments.Number("runs", Runs); i++)
                await OnceAsync(folder, page, "start with its data folder there");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OnceAsync(string folder, Uri address, string what)
    {
        var watch = Stopwatch.StartNew();
        await using var program = await ServedProgram.StartAsync(["serve", "--data", folder, "--urls", "http://127.0.0.1:0"]);
        var listening = watch.Elapsed;
        using var http = new HttpClient { BaseAddress = program.Address };
        using var page = await http.GetAsync(address);
        page.EnsureSuccessStatusCode();
        Report.Say($"{what,-44} first page {watch.Elapsed.TotalSeconds:F2} s (listening after {listening.TotalSeconds:F2} s), {program.Megabytes:F0} MB");
    }
}
