using Microsoft.Extensions.DependencyInjection.Extensions;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Reminders;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Mail;

/// <summary>The services that take letters out of the program: letters, outbox, reminders, the clock and its rhythm.</summary>
public static class MailSetup
{
    /// <summary>Adds them. Needs <see cref="Database"/>, <see cref="BusinessClock"/>, <see cref="IStageTitles"/>,
    /// <see cref="ILetterRenderer"/>, metrics and the texts and <see cref="Site"/> of the web.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions mail, OwnLetters letters)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OutboxSignal>();
        return services
            .AddSingleton(mail)
            .AddSingleton<PublicAddress>()
            .AddHostedService<PublicAddressHost>()
            .AddSingleton<IMailer>(_ => mail.Pickup is null ? new SmtpMailer(mail) : new PickupMailer(mail))
            .AddSingleton(provider => LetterCatalog.Shipped
                .With(letters.Folder, provider.GetRequiredService<ILetterRenderer>()))
            .AddSingleton<LetterComposer>()
            .AddSingleton<IOutboxCarrier, MailCarrier>()
            .AddSingleton(new OutboxOptions())
            .AddSingleton(OutboxChance.Shared)
            .AddSingleton<OutboxClaims>()
            .AddSingleton<OutboxRelay>()
            .AddSingleton<OutboxDesk>()
            .AddHostedService<OutboxWorker>()
            .AddSingleton<ReminderRun>()
            .AddSingleton<IDueWork>(provider => provider.GetRequiredService<ReminderRun>())
            .AddSingleton(provider => new ClockAdvance(
                provider.GetRequiredService<BusinessClock>(),
                provider.GetServices<IDueWork>(),
                provider.GetRequiredService<OutboxRelay>(),
                provider.GetRequiredService<OutboxClaims>()))
            .AddSingleton<CleanUp>()
            .AddSingleton<DayAnchors>();
    }

    /// <summary>Adds the rhythm in which all of it happens by itself. Without it, only <see cref="ClockAdvance"/> and commits
    /// of this program set anything going.</summary>
    public static IServiceCollection AddRecurringWork(this IServiceCollection services)
    {
        services.TryAddSingleton<RecurringWorkMetrics>();
        return services.AddHostedService<RecurringWorkHost>();
    }
}
