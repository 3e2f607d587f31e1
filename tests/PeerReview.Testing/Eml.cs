using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PeerReview.Testing;

/// <summary>A message as a reader sees it: headers decoded, body as text with LF.</summary>
/// <param name="From">Envelope sender; empty for a file.</param>
/// <param name="To">Envelope recipient; empty for a file.</param>
/// <param name="Raw">As it came.</param>
public sealed partial record Eml(string From, string To, string Raw, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    /// <summary>The subject, decoded.</summary>
    public string Subject => this["Subject"];

    /// <summary>The bare address of the <c>To</c> header.</summary>
    public string Recipient => this["To"][(this["To"].LastIndexOf('<') + 1)..].TrimEnd('>');

    /// <summary>The one header of that name, decoded.</summary>
    public string this[string name] =>
        Headers.Single(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Whether there is such a header.</summary>
    public bool Has(string name) => Headers.Any(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads every message of a pickup folder, in the order they were written.</summary>
    public static IReadOnlyList<Eml> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(path => Parse(File.ReadAllText(path)))];

    /// <summary>Reads one message.</summary>
    public static Eml Parse(string raw, string from = "", string to = "")
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = raw[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")
            .Select(line => KeyValuePair.Create(line[..line.IndexOf(':')], Decode(line[(line.IndexOf(':') + 1)..].Trim())))
            .ToList();
        var body = raw[(end + 4)..].Replace("\r\n", "\n", StringComparison.Ordinal);
        var quoted = headers.Exists(header => header is { Key: "Content-Transfer-Encoding", Value: "quoted-printable" });
        return new Eml(from, to, raw, headers, quoted ? Unquote(body) : body);
    }

    private static string Decode(string value) =>
        EncodedWord().Replace(BetweenWords().Replace(value, ""), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["bytes"].Value)));

    private static string Unquote(string body)
    {
        var bytes = new List<byte>();
        var text = body.Replace("=\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"=\?utf-8\?B\?(?<bytes>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BetweenWords();
}
