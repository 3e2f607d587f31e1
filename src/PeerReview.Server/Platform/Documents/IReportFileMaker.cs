namespace PeerReview.Server.Platform.Documents;

/// <summary>Makes one format of a report.</summary>
internal interface IReportFileMaker
{
    /// <summary>The format, one of <see cref="ReportFormats.Made"/>.</summary>
    string Format { get; }

    /// <summary>As <see cref="Outbox.IOutboxCarrier.AtOnce"/>.</summary>
    int? AtOnce { get; }

    /// <summary>The file. The same sheet gives a file that says the same.</summary>
    /// <exception cref="ReportFileException">It could not be made now.</exception>
    Task<byte[]> MakeAsync(ReportSheet sheet, CancellationToken cancel);
}

/// <summary>A file could not be made now; later it may.</summary>
/// <param name="why">The code, as the interface has words for it: no-browser, browser, too-slow.</param>
/// <param name="message">For operators: no name, no text anybody wrote, and what mends it.</param>
internal sealed class ReportFileException(string why, string message) : Exception(message)
{
    /// <summary>The code.</summary>
    public string Why { get; } = why;
}
