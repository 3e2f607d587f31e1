using System.Diagnostics;
using System.Globalization;

namespace PeerReview.Bench;

/// <summary>The product as a process of its own, so that its memory is its own.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private const string Says = "answers at ";

    private readonly Process _process;

    private ServedProgram(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Memory in use now: resident, in megabytes of 1,000,000 bytes.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<ServedProgram> StartAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "peerreview"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Says, StringComparison.Ordinal);
            if (at < 0)
                continue;
            // Read on: a full pipe would stop it.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new ServedProgram(process, new Uri(line[(at + Says.Length)..].Trim()));
        }

        throw new InvalidOperationException("The program ended before it answered.");
    }

    /// <summary>Stops it as an operator does, and with it the database it started.</summary>
    public async ValueTask DisposeAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
