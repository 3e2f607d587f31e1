using System.Net;
using System.Net.Sockets;
using PeerReview.Server.Platform.Mail;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Mail;

public sealed class SmtpMailerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Our own server always, and one of the world outside where <c>PEERREVIEW_TEST_SMTP</c> names it.</summary>
    public static TheoryData<string> Servers() =>
        Environment.GetEnvironmentVariable("PEERREVIEW_TEST_SMTP") is { Length: > 0 } other ? ["own", other] : ["own"];

    [Theory, MemberData(nameof(Servers))]
    public async Task A_message_is_handed_over(string where)
    {
        await using var server = new SmtpServer();
        var (host, port) = where == "own" ? ("127.0.0.1", server.Port) : (where.Split(':')[0], int.Parse(where.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        await using var mailer = new SmtpMailer(Options(server.Port) with { Host = host, Port = port });

        await mailer.SendAsync(Mail("turn:1"), Cancel);

        Assert.Equal(where == "own" ? 1 : 0, server.Taken.Count);
    }

    [Fact]
    public async Task A_message_arrives_as_it_was_written()
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port));

        await mailer.SendAsync(
            Mail("turn:1") with { Body = ".\n..x\nÉté in Türkiye = 北京\n" + new string('ü', 400) + "\nend \n", ToName = "Zoë \"Z\" 王", Subject = "Türkiye – 北京市的自我评估已经开放，请查看并回答" },
            Cancel);

        var message = Assert.Single(server.Taken);
        Assert.Equal(".\n..x\nÉté in Türkiye = 北京\n" + new string('ü', 400) + "\nend \n", message.Body);
        Assert.Equal("Türkiye – 北京市的自我评估已经开放，请查看并回答", message.Subject);
        Assert.Equal("Zoë \"Z\" 王 <ana@example.org>", message["To"]);
        Assert.Equal("\"UN Programme\" <desk@reviews.example>", message["From"]);
        Assert.Equal(("desk@reviews.example", "ana@example.org"), (message.From, message.To));
        Assert.Equal("Sun, 01 Mar 2026 09:00:00 +0000", message["Date"]);
        Assert.Equal("auto-generated", message["Auto-Submitted"]);
        Assert.Equal(MessageId.Of("turn:1", "desk@reviews.example"), message["Message-ID"]);
        Assert.All(message.Raw.Split("\r\n"), line => Assert.True(line.Length < 100 && line.All(char.IsAscii)));
        Assert.False(message.Has("Cc") || message.Has("Bcc") || message.Has("Reply-To"));
    }

    [Fact]
    public async Task Plain_english_stays_readable()
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port));

        await mailer.SendAsync(Mail("turn:1"), Cancel);

        Assert.Equal("7bit", server.Taken[0]["Content-Transfer-Encoding"]);
        Assert.Contains("\r\n\r\nDear Ana,\r\n", server.Taken[0].Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nBcc: x@example.org")]
    [InlineData("a\nBcc: x@example.org")]
    [InlineData("a\rBcc: x@example.org")]
    [InlineData("a\u0085Bcc: x@example.org")]
    [InlineData("a\u2028Bcc: x@example.org")]
    [InlineData("a\u2029Bcc: x@example.org")]
    [InlineData("a\0Bcc: x@example.org")]
    [InlineData("=?utf-8?Q?a=0ABcc:_x@example.org?=")]
    public async Task Nothing_in_a_name_or_subject_becomes_a_header(string evil)
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port));

        await mailer.SendAsync(Mail("turn:1") with { Subject = evil, ToName = evil, FromName = evil }, Cancel);

        var message = Assert.Single(server.Taken);
        Assert.False(message.Has("Bcc"));
        Assert.Equal(10, message.Headers.Count);
        Assert.DoesNotContain("\nBcc", message.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ana@example.org\r\nRCPT TO:<x@example.org>")]
    [InlineData("ana@example.org>,<x@example.org")]
    [InlineData("ana@example.org, x@example.org")]
    [InlineData("ana\u2028@example.org")]
    [InlineData("@example.org")]
    [InlineData("ana")]
    [InlineData("")]
    public async Task What_is_not_one_plain_address_is_refused(string address)
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port));

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1") with { To = address }, Cancel));

        Assert.Equal(MailFailure.Never, refused.Failure);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_domain_in_another_script_goes_in_its_ascii_form()
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port));

        await mailer.SendAsync(Mail("turn:1") with { To = "ana@bücher.example" }, Cancel);

        Assert.Equal("ana@xn--bcher-kva.example", server.Taken[0].To);
    }

    [Theory]
    [InlineData(SmtpBehaviour.NotNow, "Later")]
    [InlineData(SmtpBehaviour.Never, "Never")]
    [InlineData(SmtpBehaviour.HangUp, "Uncertain")]
    [InlineData(SmtpBehaviour.TakeAndHangUp, "Uncertain")]
    public async Task What_the_server_did_with_the_message_is_told_apart(SmtpBehaviour behaviour, string failure)
    {
        await using var server = new SmtpServer { Behaviour = _ => Task.FromResult(behaviour) };
        await using var mailer = new SmtpMailer(Options(server.Port));

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1"), Cancel));

        Assert.Equal(failure, refused.Failure.ToString());
        Assert.DoesNotContain("ana", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(450, "Later")]
    [InlineData(550, "Never")]
    public async Task A_recipient_may_be_refused_for_now_or_for_good(int code, string failure)
    {
        await using var server = new SmtpServer { Recipient = _ => code };
        await using var mailer = new SmtpMailer(Options(server.Port));

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1"), Cancel));

        Assert.Equal(failure, refused.Failure.ToString());
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_not_waited_for_and_that_is_uncertain()
    {
        var never = new TaskCompletionSource<SmtpBehaviour>();
        await using var server = new SmtpServer { Behaviour = _ => never.Task };
        await using var mailer = new SmtpMailer(Options(server.Port) with { Patience = TimeSpan.FromMilliseconds(200) });

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1"), Cancel));

        Assert.Equal(MailFailure.Uncertain, refused.Failure);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_for_later()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var mailer = new SmtpMailer(Options(port));

        Assert.Equal(MailFailure.Later, (await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1"), Cancel))).Failure);
    }

    [Fact]
    public async Task A_connection_is_kept_and_a_stale_one_is_replaced()
    {
        var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port));
        await mailer.SendAsync(Mail("turn:1"), Cancel);
        await mailer.SendAsync(Mail("turn:2"), Cancel);
        Assert.Equal(1, server.Connections);
        server.Behaviour = message => Task.FromResult(
            message.Subject == "Last" ? SmtpBehaviour.TakeAndHangUp : SmtpBehaviour.Take);

        await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:3") with { Subject = "Last" }, Cancel));
        await mailer.SendAsync(Mail("turn:4"), Cancel);

        Assert.Equal(2, server.Connections);
        Assert.Equal(4, server.Taken.Count);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Tls_is_not_given_up_because_a_server_does_not_offer_it()
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port) with { Security = MailSecurity.StartTls });

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1"), Cancel));

        Assert.Contains("offers no TLS", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_password_is_never_sent_in_clear()
    {
        await using var server = new SmtpServer();
        await using var mailer = new SmtpMailer(Options(server.Port) with { User = "u", Password = "p" });

        var refused = await Assert.ThrowsAsync<MailException>(() => mailer.SendAsync(Mail("turn:1"), Cancel));

        Assert.Contains("only sent over TLS", refused.Message, StringComparison.Ordinal);
    }

    internal static MailOptions Options(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Security = MailSecurity.None,
        From = "desk@reviews.example",
        Patience = TimeSpan.FromSeconds(30),
    };

    internal static OutgoingMail Mail(string key) => new(
        key, 1, "ana@example.org", "Ana", "Your turn", "Dear Ana,\n\nIt is your turn.\n", "en", new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero))
    {
        FromName = "UN Programme",
    };
}
