using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace PeerReview.Core.Assessment;

/// <summary>A file that may be kept: its cleaned name and the type its content shows.</summary>
public sealed record AcceptedFile(string Name, string MediaType);

/// <summary>Which files may be uploaded as evidence. What a file is, its content says; name and declared type must agree.</summary>
public static class EvidenceRules
{
    /// <summary>20 MB.</summary>
    public const int MaxBytes = 20_000_000;

    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Odt = "application/vnd.oasis.opendocument.text";

    private static readonly ImmutableDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["pdf"] = "application/pdf",
        ["png"] = "image/png",
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["docx"] = Docx,
        ["xlsx"] = Xlsx,
        ["odt"] = Odt,
        ["txt"] = "text/plain",
        ["csv"] = "text/csv",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Looks at one file.</summary>
    /// <param name="name">Its name as sent.</param>
    /// <param name="declared">The media type as sent, parameters allowed; null or application/octet-stream says nothing.</param>
    /// <param name="content">All its bytes.</param>
    /// <returns>The file, or, all on field <c>file</c>: <c>evidence.empty</c>, <c>evidence.too-large</c> {max},
    /// <c>evidence.type-not-allowed</c>, <c>evidence.type-mismatch</c>, <c>evidence.macros</c>.</returns>
    public static Verdict<AcceptedFile> Check(string name, string? declared, ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
            return Invalid("evidence.empty");
        if (content.Length > MaxBytes)
            return Invalid("evidence.too-large").With("max", MaxBytes);
        var clean = FileNames.Clean(name);
        var extension = clean[(clean.LastIndexOf('.') + 1)..].ToLowerInvariant();
        if (!clean.Contains('.', StringComparison.Ordinal) || !Types.TryGetValue(extension, out var type))
            return Invalid("evidence.type-not-allowed");
        var said = declared?.Split(';')[0].Trim().ToLowerInvariant();
        if (said is not (null or "" or "application/octet-stream") && !SameType(said, type))
            return Invalid("evidence.type-mismatch");
        return Look(type, content) switch
        {
            Content.Fits => new AcceptedFile(clean, type),
            Content.Macros => Invalid("evidence.macros"),
            Content.Other => Invalid("evidence.type-mismatch"),
        };
    }

    private enum Content
    {
        Fits,
        Macros,
        Other,
    }

    /// <summary>Browsers call a table of commas what the spreadsheet program of the machine is called.</summary>
    private static bool SameType(string said, string type) => said == type
        || (type == "text/csv" && said is ("text/plain" or "application/vnd.ms-excel" or "application/csv"));

    private static Content Look(string type, ReadOnlyMemory<byte> content) => type switch
    {
        "application/pdf" => Starts(content, "%PDF-"u8),
        "image/png" => Starts(content, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        "image/jpeg" => Starts(content, [0xFF, 0xD8, 0xFF]),
        Docx or Xlsx or Odt => Package(type, content),
        _ => IsText(content.Span) ? Content.Fits : Content.Other,
    };

    private static Content Starts(ReadOnlyMemory<byte> content, ReadOnlySpan<byte> signature) =>
        content.Span.StartsWith(signature) ? Content.Fits : Content.Other;

    /// <summary>Reads the directory of the archive only; nothing is unpacked but the 39 bytes that name an ODF type.</summary>
    private static Content Package(string type, ReadOnlyMemory<byte> content)
    {
        if (!content.Span.StartsWith("PK\u0003\u0004"u8))
            return Content.Other;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
            var names = archive.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
            if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
                || n.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase)
                || n.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase)))
                return Content.Macros;
            return type switch
            {
                Docx => names.Contains("[Content_Types].xml") && names.Contains("word/document.xml"),
                Xlsx => names.Contains("[Content_Types].xml") && names.Contains("xl/workbook.xml"),
                _ => IsOdt(archive.GetEntry("mimetype")),
            } ? Content.Fits : Content.Other;
        }
        catch (InvalidDataException)
        {
            return Content.Other;
        }
    }

    private static bool IsOdt(ZipArchiveEntry? mimetype)
    {
        if (mimetype is null || mimetype.Length != Odt.Length)
            return false;
        using var stream = mimetype.Open();
        Span<byte> bytes = stackalloc byte[Odt.Length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            && Encoding.ASCII.GetString(bytes) == Odt;
    }

    /// <summary>UTF-8 without controls but tab and line ends.</summary>
    private static bool IsText(ReadOnlySpan<byte> content) => System.Text.Unicode.Utf8.IsValid(content)
        && !content.ContainsAnyInRange((byte)0, (byte)8) && !content.ContainsAnyInRange((byte)14, (byte)31)
        && !content.ContainsAny((byte)11, (byte)127);

    private static Refusal Invalid(string code) => new(code, RefusalKind.Invalid, "file");
}

/// <summary>Makes a file name harmless: it is shown, sent in headers and saved by others.</summary>
public static class FileNames
{
    /// <summary>Longest name in characters, the extension included.</summary>
    public const int MaxLength = 120;

    /// <summary>The last part of a path, without controls, line ends, directions of writing, invisible characters and what
    /// file systems or headers forbid; never empty, never hidden.</summary>
    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
            kept.Append(Harmless(rune) ? rune.ToString() : Rune.IsWhiteSpace(rune) ? " " : "");
        var clean = string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim('.', ' ');
        if (clean.Length == 0)
            return "file";
        if (clean.Length <= MaxLength)
            return clean;
        var dot = clean.LastIndexOf('.');
        var extension = dot > 0 && clean.Length - dot <= 10 ? clean[dot..] : "";
        return Cut(clean, MaxLength - extension.Length) + extension;
    }

    private static bool Harmless(Rune rune) => rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.PrivateUse
            or System.Globalization.UnicodeCategory.OtherNotAssigned)
        && rune.Value is not ('<' or '>' or ':' or '"' or '|' or '?' or '*' or ';' or '%')
        && (rune.Value == ' ' || !Rune.IsWhiteSpace(rune));

    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
