using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Translations;

/// <summary>The coordinator finds that the experts can read every answer the office may read (guard G-TRANS): their time begins.</summary>
public sealed class FinishTranslations : IStageCompletion
{
    public string Stage => ReaderTranslations.Stage;

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.Translate, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var open = ReaderTranslations.Of(review.Dossier, await work.MaterialAsync(cancel)).Count(one => !one.IsDone);
        return open > 0
            ? new Refusal("translation.open", RefusalKind.Conflict).With("count", open)
            : new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, Stage));
    }
}
