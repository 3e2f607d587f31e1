using System.Globalization;
using System.Text;

namespace PeerReview.Server.Platform.Mail;

/// <summary>Texts as mail headers. Whatever could end a line is gone before anything is written.</summary>
/// <remarks>Source: RFC 5322 section 3, RFC 2047.</remarks>
internal static class MailHeader
{
    private const int MaxText = 500;

    /// <summary>Unstructured text such as a subject.</summary>
    public static string Text(string text)
    {
        var clean = Clean(text);
        return Ascii.IsValid(clean) && !clean.Contains("=?", StringComparison.Ordinal) ? clean : EncodedWords(clean);
    }

    /// <summary>A name with an address.</summary>
    public static string Mailbox(string name, string address)
    {
        var clean = Clean(name);
        if (clean.Length == 0)
            return $"<{address}>";
        if (!Ascii.IsValid(clean) || clean.Contains("=?", StringComparison.Ordinal))
            return $"{EncodedWords(clean)}\r\n <{address}>";
        var quoted = clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{quoted}\" <{address}>";
    }

    /// <summary>The address as SMTP and headers take it; a domain in another script becomes its ASCII form.</summary>
    /// <exception cref="MailException">It is not one plain address.</exception>
    public static string Address(string address)
    {
        var at = address.LastIndexOf('@');
        try
        {
            var (local, domain) = (address[..Math.Max(at, 0)], new IdnMapping().GetAscii(address[(at + 1)..]));
            if (at is > 0 and <= 64 && domain.Length <= 253 && local.All(IsAtom) && domain.All(IsDomain))
                return $"{local}@{domain}";
        }
        catch (ArgumentException)
        {
            // Not a domain name; said below.
        }

        // The address itself is not repeated: this text ends in logs and on the page of operators.
        throw new MailException(MailFailure.Never, "The person's address is no plain e-mail address; correct it.");
    }

    /// <summary>An instant as a date header has it.</summary>
    public static string Date(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static bool IsAtom(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal);

    private static bool IsDomain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.';

    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxText));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxText)
                break;
            var ends = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            // Overrides of direction could make one address look like another.
            if (rune.Value is not (>= 0x202A and <= 0x202E))
                clean.Append(ends ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static string EncodedWords(string text)
    {
        // 45 bytes become 60 characters; with =?utf-8?B? and ?= a word stays under 75.
        const int bytesOfWord = 45;
        var words = new List<string>();
        var word = new List<byte>(bytesOfWord);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (word.Count + length > bytesOfWord)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.AddRange(utf8[..length]);
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String(bytes.ToArray())}?=";
}
