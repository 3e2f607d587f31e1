using System.Security.Cryptography;
using PeerReview.Core;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>A scanned or printed page handed in: a PDF, PNG or JPEG that is what its name says.</summary>
/// <param name="Name">As the sender called it, without folders.</param>
/// <param name="Sha256">Hex.</param>
public sealed record SignedPage(string Name, string MediaType, byte[] Content, string Sha256)
{
    /// <summary>What the browser offers to choose from.</summary>
    public const string Accept = ".pdf,.png,.jpg,.jpeg";

    private const int MaxName = 200;

    private static readonly (string MediaType, string[] Endings, byte[] Begins)[] Kinds =
    [
        ("application/pdf", [".pdf"], "%PDF-"u8.ToArray()),
        ("image/png", [".png"], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/jpeg", [".jpg", ".jpeg"], [0xFF, 0xD8, 0xFF]),
    ];

    /// <summary>Reads and checks a file that came with a form.</summary>
    /// <param name="field">The name of its field.</param>
    public static async Task<Verdict<SignedPage>> ReadAsync(IFormFile file, string field, CancellationToken cancel)
    {
        var name = Path.GetFileName(file.FileName.Replace('\\', '/')).Trim();
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl) || !Text.IsReadable(name))
            return new Refusal("file.name", RefusalKind.Invalid, field).With("max", MaxName);
        if (file.Length == 0)
            return new Refusal("file.empty", RefusalKind.Invalid, field);
        if (file.Length > JsonRules.FileLimit)
            return new Refusal("file.too-large", RefusalKind.Invalid, field).With("max", JsonRules.FileLimit / 1_000_000);
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(content, cancel);
        var ending = Path.GetExtension(name).ToLowerInvariant();
        foreach (var (type, endings, begins) in Kinds)
        {
            if (endings.Contains(ending, StringComparer.Ordinal) && content.AsSpan().StartsWith(begins))
                return new SignedPage(name, type, content, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        return new Refusal("file.not-a-page", RefusalKind.Invalid, field);
    }
}
