using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace PeerReview.Server.Tests.Operations;

/// <summary>Holds an exposition to the rules of OpenMetrics 1.0 that a collector refuses it by.</summary>
internal static partial class OpenMetricsReader
{
    public static void Check(string text)
    {
        var lines = text.Split('\n');
        Assert.Equal(["# EOF", ""], lines[^2..]);
        var families = new HashSet<string>(StringComparer.Ordinal);
        var samples = new HashSet<string>(StringComparer.Ordinal);
        var (family, type) = ("", "");
        foreach (var line in lines[..^2])
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                (family, type) = (line.Split(' ')[2], line.Split(' ')[3]);
                Assert.True(families.Add(family), $"{family} is described twice.");
            }
            else if (line.StartsWith("# UNIT ", StringComparison.Ordinal))
            {
                Assert.EndsWith("_" + line.Split(' ')[3], family, StringComparison.Ordinal);
            }
            else if (!line.StartsWith($"# HELP {family} ", StringComparison.Ordinal))
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.Contains(sample.Groups["name"].Value, Names(family, type), StringComparer.Ordinal);
                Assert.True(samples.Add(sample.Groups["name"].Value + sample.Groups["labels"].Value), $"Twice: {line}");
                _ = double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture);
            }
        }
    }

    private static string[] Names(string family, string type) => type switch
    {
        "counter" => [family + "_total"],
        "histogram" => [family + "_bucket", family + "_count", family + "_sum"],
        _ => [family],
    };

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\n""])*""(,[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\n""])*"")*\})? (?<value>[-+0-9.eE]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();
}
