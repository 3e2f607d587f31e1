using System.Collections.Immutable;
using PeerReview.Core.Ports;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Values to try a letter with before there is one to send.</summary>
internal static class LetterSample
{
    private static readonly LetterValue Day = new("31 March 2026") { Day = new DateOnly(2026, 3, 31) };
    private static readonly LetterValue Left = new("30 days left") { Number = 30 };

    private static readonly ImmutableDictionary<string, LetterValue> Row = Of(["state", "review", "stage", "due", "left"]);

    /// <summary>A value for each name, of the shape <see cref="LetterComposer"/> gives it.</summary>
    public static ImmutableDictionary<string, LetterValue> Of(IEnumerable<string> names) =>
        names.ToImmutableDictionary(name => name, Of, StringComparer.Ordinal);

    private static LetterValue Of(string name) => name switch
    {
        "due" or "until" or "before" or "day" or "dated" or "forecast" => Day,
        "left" => Left,
        "list" => new LetterValue("- Portugal: self-assessment") { Rows = [Row, Row] },
        _ => new LetterValue(name),
    };
}
