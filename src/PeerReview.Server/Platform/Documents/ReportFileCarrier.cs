using System.Security.Cryptography;
using System.Text.Json;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Makes a file of a published edition and keeps it. A file that is ready stays as it is, so carrying a row twice
/// does nothing.</summary>
internal sealed class ReportFileCarrier(IReportFileMaker maker, ReportWorkshop workshop) : IOutboxCarrier
{
    public string Topic => ReportFormats.Topic(maker.Format);

    public int? AtOnce => maker.AtOnce;

    public async Task<Carried> CarryAsync(OutboxRow row, CancellationToken cancel)
    {
        EditionRef edition;
        try
        {
            edition = EditionRef.Read(row.Body);
        }
        catch (JsonException)
        {
            return new Carried.Refused("It names no edition.");
        }

        return await workshop.FindAsync(edition, maker.Format, cancel) switch
        {
            null => new Carried.Refused("There is no such edition."),
            { IsReady: true } => new Carried.Delivered(Erase: false),
            var found => await MakeAsync(edition, await workshop.SheetAsync(found, cancel), cancel),
        };
    }

    private async Task<Carried> MakeAsync(EditionRef edition, ReportSheet sheet, CancellationToken cancel)
    {
        try
        {
            var content = await maker.MakeAsync(sheet, cancel);
            await workshop.KeepAsync(edition, maker.Format, content, Convert.ToHexStringLower(SHA256.HashData(content)), cancel);
            return new Carried.Delivered(Erase: false);
        }
        catch (ReportFileException failure)
        {
            await workshop.FailAsync(edition, maker.Format, failure.Why, cancel);
            return new Carried.Failed(failure.Message);
        }
        catch (Exception bug) when (bug is not (Npgsql.NpgsqlException or OperationCanceledException))
        {
            // The page says so; the relay keeps what is to be told of a bug.
            await workshop.FailAsync(edition, maker.Format, "program", cancel);
            throw;
        }
    }
}
