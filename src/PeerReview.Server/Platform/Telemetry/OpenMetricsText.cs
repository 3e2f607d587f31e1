using System.Globalization;
using System.Text;

namespace PeerReview.Server.Platform.Telemetry;

/// <summary>Writes the text format of OpenMetrics 1.0.</summary>
/// <remarks>Source: OpenMetrics 1.0.0, "Text format": no empty lines, <c>\n</c> after each, <c># EOF</c> at the end; a unit
/// is the last word of its family's name; a counter's sample ends with <c>_total</c>.</remarks>
internal static class OpenMetricsText
{
    /// <summary>The media type of an exposition.</summary>
    public const string MediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>What every exposition ends with.</summary>
    public const string End = "# EOF\n";

    /// <summary>The name of an instrument as a family name: words joined by <c>_</c>, ending with the unit.</summary>
    public static string FamilyName(string instrument, string unit)
    {
        var name = Word(instrument, colons: true);
        return unit.Length == 0 || name.EndsWith("_" + unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
    }

    /// <summary>A unit of UCUM as the base unit OpenMetrics names; empty for counts such as <c>{request}</c>.</summary>
    public static string Unit(string? ucum) => ucum switch
    {
        "s" => "seconds",
        "By" => "bytes",
        "1" => "ratio",
        _ => "",
    };

    /// <summary>A label, value escaped: <c>name="value"</c>.</summary>
    public static string Label(string name, string value) => $"{Word(name, colons: false)}=\"{Escaped(value)}\"";

    /// <summary>The three lines before the samples of a family.</summary>
    public static void Describe(StringBuilder text, string name, MetricKind kind, string unit, string help)
    {
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch
        {
            MetricKind.Gauge => "gauge",
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
        }).Append('\n');
        if (unit.Length > 0)
            text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
        if (help.Length > 0)
            text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(help)).Append('\n');
    }

    /// <summary>One line of a value.</summary>
    /// <param name="labels">Rendered, without braces; empty for none.</param>
    public static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value, asFloat: false)).Append('\n');
    }

    /// <summary>A number; bounds of buckets always show that they are floats.</summary>
    public static string Number(double value, bool asFloat) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ when asFloat && double.IsInteger(value) => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Word(string name, bool colons)
    {
        var word = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || (colons && c == ':') ? c : '_'));
        return word.Length == 0 || char.IsAsciiDigit(word[0]) ? "_" + word : word;
    }
}
