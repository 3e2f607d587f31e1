using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Publication;

/// <summary>The coordinator publishes what the State decided: the report is built, kept and counted as an edition in the
/// transaction that closes the stage.</summary>
public sealed class PublishReport(Editions editions, StageBody bodies) : IStageCompletion
{
    public string Stage => "publish";

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<PublishRequest>(body), cancel);

    internal async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, PublishRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.Publish, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        if (review.Dossier.Choices is null)
            return new Refusal("publication.not-decided", RefusalKind.Conflict);
        // Their right ends with the publication: it is taken from nobody before the day, nor unseen after it.
        if (SheetWaits.Awaited(review) is { } wait)
            return new Refusal("publication.sheets-awaited", RefusalKind.Conflict).With("day", wait.Day.ToString("O", CultureInfo.InvariantCulture));
        if (!request.WithoutSheets && SheetWaits.Undecided(review).Any())
            return new Refusal("publication.sheets-undecided", RefusalKind.Conflict, "without_sheets");
        return ReportBuilder.Build(ReportOf.Input(review, await work.MaterialAsync(cancel), review.Today))
            .Match<Verdict<ReviewChange>>(
                report => editions.Add(new ReviewChange(), work, report).Then(new ProcessCommand.Complete(work.Acting, Stage)), refused => refused);
    }
}

/// <summary>What goes with publishing.</summary>
public sealed record PublishRequest
{
    /// <summary>Publishes though participating States decided nothing about their sheets by their day; these then stay unpublished.</summary>
    public bool WithoutSheets { get; init; }
}
