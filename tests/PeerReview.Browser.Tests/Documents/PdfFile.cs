using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace PeerReview.Browser.Tests.Documents;

/// <summary>A PDF as other programs see it: poppler's tools, and its bytes with every stream unpacked.</summary>
internal sealed class PdfFile : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public PdfFile(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        Raw = Unpacked(content);
    }

    /// <summary>Everything in it, one byte one character.</summary>
    public string Raw { get; }

    /// <summary>What pdfinfo says, by name.</summary>
    public Dictionary<string, string> Facts() => Run("pdfinfo", "-isodates", _path)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);

    /// <summary>The text layer of some pages, in reading order, compatibility forms undone and direction marks left out.</summary>
    public string Text(int first = 1, int last = 999)
    {
        var text = Run("pdftotext", "-f", $"{first}", "-l", $"{last}", "-enc", "UTF-8", _path, "-").Normalize(NormalizationForm.FormKC);
        return string.Concat(text.Where(c => c is not (>= '\u2066' and <= '\u2069' or >= '\u202A' and <= '\u202E' or '\u200E' or '\u200F')));
    }

    /// <summary>The text of some pages line by line, as it stands on them.</summary>
    public string Lines(int first, int last) => Run("pdftotext", "-layout", "-f", $"{first}", "-l", $"{last}", "-enc", "UTF-8", _path, "-");

    /// <summary>The structure of its tags.</summary>
    public string Tags() => Run("pdfinfo", "-struct", _path);

    public void Dispose() => File.Delete(_path);

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    private static string Unpacked(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        var all = new StringBuilder(text);
        for (var at = 0; (at = text.IndexOf("stream\n", at, StringComparison.Ordinal)) >= 0;)
        {
            at += "stream\n".Length;
            var end = text.IndexOf("endstream", at, StringComparison.Ordinal);
            if (end < 0)
                break;
            all.Append(Inflated(content.AsSpan(at, end - at).ToArray()));
            at = end + "endstream".Length;
        }

        return all.ToString();
    }

    // What is no compressed stream stands in the file as it is.
    private static string Inflated(byte[] bytes)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var all = new MemoryStream();
            zlib.CopyTo(all);
            return Encoding.Latin1.GetString(all.ToArray());
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }
}
