using System.Diagnostics;
using System.Text;

namespace PeerReview.Testing;

/// <summary>The command <c>peerreview</c> as a process of its own, for what only a process can show: exit status, a kill.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Queue<string> _lastLines = new();

    private RunningProgram(Process process) => _process = process;

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>How it fares and what it said last, for whoever has to find out why a test failed.</summary>
    public string Account
    {
        get
        {
            lock (_lastLines)
                return $"{(_process.HasExited ? $"It ended with {_process.ExitCode}." : "It runs.")}\n{Errors}{string.Join('\n', _lastLines)}";
        }
    }

    /// <summary>Starts it in a folder.</summary>
    /// <param name="variables">Environment variables beside those of the test; the product's own are taken away.</param>
    /// <param name="program">The program's file beside this one's.</param>
    public static RunningProgram Start(
        string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null, string program = "peerreview")
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PEERREVIEW_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.ErrorDataReceived += (_, line) =>
        {
            // The end of the stream comes as a line that is nothing.
            if (line.Data is null)
                return;
            lock (running._errors)
                running._errors.AppendLine(line.Data);
        };
        running._process.Start();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string folder, IReadOnlyList<string> arguments, CancellationToken cancel,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        await using var program = Start(folder, arguments, variables);
        var output = await program._process.StandardOutput.ReadToEndAsync(cancel);
        await program._process.WaitForExitAsync(cancel);
        return (program._process.ExitCode, output, program.Errors);
    }

    /// <summary>Waits for a line of standard output that holds a text, and answers it.</summary>
    /// <exception cref="InvalidOperationException">It ended without that line.</exception>
    public async Task<string> WaitForAsync(string text, CancellationToken cancel)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            Keep(line);
            if (!line.Contains(text, StringComparison.Ordinal))
                continue;
            // Nobody else reads on, and a program whose output is full stands still.
            _ = ReadOnAsync();
            return line;
        }

        await _process.WaitForExitAsync(cancel);
        throw new InvalidOperationException($"The program ended without saying \"{text}\". {Account}");
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, and answers its exit status.</summary>
    /// <param name="signal">INT as Ctrl-C does, TERM as an operator's tools do.</param>
    public async Task<int> StopAsync(CancellationToken cancel, string signal = "INT")
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task ReadOnAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
                Keep(line);
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private void Keep(string line)
    {
        const int kept = 40;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            while (_lastLines.Count > kept)
                _lastLines.Dequeue();
        }
    }
}
