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
public sealed class PublishReport(Editions editions) : IStageCompletion
{
    public string Stage => "publish";

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.Publish, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        if (review.Dossier.Choices is null)
            return new Refusal("publication.not-decided", RefusalKind.Conflict);
        return ReportBuilder.Build(ReportOf.Input(review, await work.MaterialAsync(cancel), review.Today))
            .Match<Verdict<ReviewChange>>(
                report => editions.Add(new ReviewChange(), work, report).Then(new ProcessCommand.Complete(work.Acting, Stage)), refused => refused);
    }
}
