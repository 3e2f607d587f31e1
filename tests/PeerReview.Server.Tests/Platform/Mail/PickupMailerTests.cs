using PeerReview.Server.Platform.Mail;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Mail;

public sealed class PickupMailerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-mail-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_one_whole_file_and_the_same_message_the_same_file()
    {
        var mailer = new PickupMailer(new MailOptions { Pickup = _folder, From = "desk@reviews.example" });

        await mailer.SendAsync(SmtpMailerTests.Mail("turn:1"), Cancel);
        await mailer.SendAsync(SmtpMailerTests.Mail("turn:1"), Cancel);
        await mailer.SendAsync(SmtpMailerTests.Mail("turn:2") with { Number = 2, Subject = "Second" }, Cancel);

        Assert.Equal(["Your turn", "Second"], Eml.ReadAll(_folder).Select(mail => mail.Subject));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.Equal("ana@example.org", Eml.ReadAll(_folder)[0].Recipient);
    }

    [Fact]
    public async Task A_folder_that_takes_nothing_is_for_later()
    {
        var mailer = new PickupMailer(new MailOptions { Pickup = _folder, From = "desk@reviews.example" });
        Directory.Delete(_folder);

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(SmtpMailerTests.Mail("turn:1"), Cancel));

        Assert.Equal(MailFailure.Later, refused.Failure);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
