using System.Globalization;

namespace PeerReview.Bench;

/// <summary>Prints what was measured, each as a ratio to T of the same run.</summary>
internal sealed class Report(double t)
{
    public void Line(string what, Measured measured, string beside = "") => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-52} {measured.PerSecond,9:F1}/s {measured.PerSecond / t,7:F3} T   p50 {measured.P50,7:F2} ms   p95 {measured.P95,7:F2} ms   {beside}").TrimEnd());

    public static void Say(FormattableString sentence) => Console.WriteLine(sentence.ToString(CultureInfo.InvariantCulture));
}
