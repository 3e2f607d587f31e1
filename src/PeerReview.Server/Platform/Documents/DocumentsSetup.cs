using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The services that make the files of published reports.</summary>
public static class DocumentsSetup
{
    /// <summary>Adds them; the outbox runs them.</summary>
    /// <param name="chromium">Which Chromium prints.</param>
    public static IServiceCollection AddDocuments(this IServiceCollection services, ChromiumOptions chromium) => services
        .AddSingleton(chromium)
        .AddSingleton<Editions>()
        .AddSingleton<ChromiumPrinter>()
        .AddSingleton<ReportPdf>()
        .AddSingleton<ReportDocx>()
        .AddSingleton<ReportWorkshop>()
        .AddSingleton<ReportFiles>()
        .AddSingleton<IOutboxCarrier>(provider => new ReportFileCarrier(
            provider.GetRequiredService<ReportPdf>(), provider.GetRequiredService<ReportWorkshop>()))
        .AddSingleton<IOutboxCarrier>(provider => new ReportFileCarrier(
            provider.GetRequiredService<ReportDocx>(), provider.GetRequiredService<ReportWorkshop>()));
}
