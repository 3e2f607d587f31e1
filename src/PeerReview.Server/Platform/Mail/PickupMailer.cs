using System.Globalization;
using System.Text;

namespace PeerReview.Server.Platform.Mail;

/// <summary>Mail as files in a folder. A file appears whole or not at all, and the same message is the same file.</summary>
internal sealed class PickupMailer(MailOptions options) : IMailer
{
    private readonly string _folder = Made(options.Pickup ?? throw new ArgumentException("A pickup folder is needed.", nameof(options)));

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{mail.Number:D8}-{MessageId.Stem(mail.Key)[..8]}");
        var whole = Path.Combine(_folder, $"{stem}.eml");
        var partial = Path.Combine(_folder, $".{stem}.{Guid.CreateVersion7():N}.part");
        var text = Encoding.ASCII.GetBytes(MailText.Of(mail, options));
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(text, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, whole, overwrite: true);
        }
        catch (Exception problem)
        {
            if (File.Exists(partial))
                File.Delete(partial);
            if (problem is not (IOException or UnauthorizedAccessException))
                throw;
            throw new MailException(MailFailure.Later, "The pickup folder took no file; see that it exists and has room.", problem);
        }
    }

    // A folder that cannot be made now may be there later: the program starts meanwhile, and its letters wait and say why.
    private static string Made(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Every letter tries, and says why not.
        }

        return Path.GetFullPath(folder);
    }
}
