using System.IO.Compression;
using System.Text;
using PeerReview.Core.Assessment;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class EvidenceRulesTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n%"u8, 0xE2, 0xE3];
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0];

    public static TheoryData<string, string?, byte[], string> Allowed() => new()
    {
        { "law.pdf", "application/pdf", Pdf, "application/pdf" },
        { "LAW.PDF", null, Pdf, "application/pdf" },
        { "map.png", "image/png", Png, "image/png" },
        { "map.jpg", "image/jpeg", Jpeg, "image/jpeg" },
        { "map.jpeg", "application/octet-stream", Jpeg, "image/jpeg" },
        { "note.txt", "text/plain; charset=utf-8", "ملاحظة\r\n"u8.ToArray(), "text/plain" },
        { "rows.csv", "application/vnd.ms-excel", "a,b\n"u8.ToArray(), "text/csv" },
        { "plan.docx", null, Zip("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "plan.xlsx", null, Zip("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "plan.odt", null, Zip("mimetype=application/vnd.oasis.opendocument.text", "content.xml"),
            "application/vnd.oasis.opendocument.text" },
    };

    [Theory, MemberData(nameof(Allowed))]
    public void A_file_is_what_its_content_says(string name, string? declared, byte[] content, string type)
    {
        var file = Assert.IsType<Verdict<AcceptedFile>.Accepted>(EvidenceRules.Check(name, declared, content)).Value;

        Assert.Equal(type, file.MediaType);
    }

    public static TheoryData<string, string?, byte[], string> Refused() => new()
    {
        { "law.pdf", null, [], "evidence.empty" },
        { "law.html", null, "<html>"u8.ToArray(), "evidence.type-not-allowed" },
        { "law.svg", "image/svg+xml", "<svg/>"u8.ToArray(), "evidence.type-not-allowed" },
        { "pdf", null, Pdf, "evidence.type-not-allowed" },
        { "law.pdf.exe", null, Pdf, "evidence.type-not-allowed" },
        { "law.pdf", null, "<html>"u8.ToArray(), "evidence.type-mismatch" },
        { "law.pdf", null, [.. "x"u8, .. Pdf], "evidence.type-mismatch" },
        { "law.pdf", "image/png", Pdf, "evidence.type-mismatch" },
        { "map.png", "image/png", Jpeg, "evidence.type-mismatch" },
        { "note.txt", "text/plain", [.. "MZ"u8, 0, 3], "evidence.type-mismatch" },
        { "note.txt", "text/plain", [0xE9, 0x20], "evidence.type-mismatch" }, // not UTF-8
        { "plan.docx", null, Zip("[Content_Types].xml", "xl/workbook.xml"), "evidence.type-mismatch" },
        { "plan.docx", null, Zip("readme.txt"), "evidence.type-mismatch" },
        { "plan.docx", null, [.. "PK\u0003\u0004"u8, 1, 2, 3], "evidence.type-mismatch" },
        { "plan.odt", null, Zip("mimetype=application/vnd.oasis.opendocument.soup", "content.xml"), "evidence.type-mismatch" },
        { "plan.docx", null, Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "evidence.macros" },
        { "plan.odt", null, Zip("mimetype=application/vnd.oasis.opendocument.text", "Basic/script-lc.xml"), "evidence.macros" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_cannot_be_kept_is_refused_with_the_reason(string name, string? declared, byte[] content, string code)
    {
        var refusal = Assert.IsType<Verdict<AcceptedFile>.Refused>(EvidenceRules.Check(name, declared, content)).Reason;

        Assert.Equal((code, "file", RefusalKind.Invalid), (refusal.Code, refusal.Field, refusal.Kind));
    }

    [Fact]
    public void Twenty_megabytes_fit_and_one_byte_more_does_not()
    {
        var content = new byte[EvidenceRules.MaxBytes + 1];
        Pdf.CopyTo(content, 0);

        Assert.IsType<Verdict<AcceptedFile>.Accepted>(EvidenceRules.Check("a.pdf", null, content.AsMemory(..^1)));
        var refused = Assert.IsType<Verdict<AcceptedFile>.Refused>(EvidenceRules.Check("a.pdf", null, content));
        Assert.Equal("evidence.too-large", refused.Reason.Code);
    }

    [Theory]
    [InlineData("../../etc/law.pdf", "law.pdf")]
    [InlineData(@"C:\Users\me\law.pdf", "law.pdf")]
    [InlineData("law\r\nSet-Cookie: a=b.pdf", "law Set-Cookie a=b.pdf")]
    [InlineData("law\u202efdp.exe", "lawfdp.exe")]
    [InlineData("la\u200bw\u2066.pdf", "law.pdf")]
    [InlineData("  .hidden.pdf", "hidden.pdf")]
    [InlineData("a\u2028b\u00a0 c.pdf", "a b c.pdf")]
    [InlineData("قانون 2024.pdf", "قانون 2024.pdf")]
    [InlineData("a\"b;c%0d.pdf", "abc0d.pdf")]
    [InlineData("/", "file")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("a\ud800.pdf", "a.pdf")]
    public void A_name_is_made_harmless(string name, string clean)
    {
        Assert.Equal(clean, FileNames.Clean(name));
    }

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var clean = FileNames.Clean(new string('x', 500) + ".docx");

        Assert.Equal(FileNames.MaxLength, clean.Length);
        Assert.EndsWith(".docx", clean, StringComparison.Ordinal);
    }

    private static byte[] Zip(params string[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries.Select(e => e.Split('=', 2)))
            {
                using var writer = archive.CreateEntry(entry[0], CompressionLevel.NoCompression).Open();
                writer.Write(Encoding.ASCII.GetBytes(entry.Length > 1 ? entry[1] : "x"));
            }
        }

        return stream.ToArray();
    }
}
