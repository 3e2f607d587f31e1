using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Mail;

/// <summary>Carries letters: puts one into words and hands it to the mailer, to its one reader.</summary>
internal sealed class MailCarrier(LetterComposer composer, IStageTitles titles, IMailer mailer, MailOptions options, PublicAddress address) : IOutboxCarrier
{
    public string Topic => OutboxWriter.Mail;

    public async Task<Carried> CarryAsync(OutboxRow row, CancellationToken cancel)
    {
        if (row is not { Name: { } name, Email: { } email, Language: { } language, TimeZone: { } zone })
            return new Carried.Refused("It is for a person who is not there.");
        var secret = false;
        try
        {
            var letter = LetterJson.Read(row.Body);
            secret = LetterRegistry.All.TryGetValue(letter.Name, out var kind) && kind.Secret;
            if (row.Closed)
                return new Carried.Refused("The account of its reader is closed.", secret);
            await titles.KnowAsync(letter, cancel);
            var frame = new LetterFrame(row.Programme ?? options.FromName, await address.GetAsync(cancel), row.Now) { Office = row.Office };
            var composed = composer.Compose(letter, new Reader(name, email, language, zone), frame);
            await mailer.SendAsync(
                new OutgoingMail(row.Key, row.Id, email, name, composed.Subject, composed.Body, composed.Language, row.Now)
                {
                    FromName = row.Programme,
                },
                cancel);
            return new Carried.Delivered(secret);
        }
        catch (MailException failure)
        {
            return failure.Failure == MailFailure.Never
                ? new Carried.Refused(failure.Message, secret)
                : new Carried.Failed(failure.Message, failure.Failure == MailFailure.Uncertain);
        }
        catch (Exception unreadable) when (unreadable is FormatException or LetterException)
        {
            return new Carried.Refused(unreadable.Message, secret);
        }
        catch (KeyNotFoundException unknown)
        {
            // While nodes are upgraded one after the other, a newer one may know the letter.
            return new Carried.Failed(unknown.Message);
        }
    }
}
