using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Somebody of the State takes answers of its last review over as drafts, which are signed only once each was looked at.</summary>
public sealed class TakeOver(ReviewCommands commands, LastReviews lasts)
{
    /// <summary>Takes over the answer to one item, or to every item that has none yet and that the person may answer.</summary>
    /// <param name="item">Null for all.</param>
    /// <returns>A receipt, or <c>last.answered</c>, <c>last.nothing</c>, or why an answer cannot be written now.</returns>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string? item, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, item, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string? item, CancellationToken cancel)
    {
        var sheet = FoundAssessment.Of(work.Actor, work.Review, await work.MaterialAsync(cancel)).Sheet;
        if (await lasts.FindAsync(work, cancel) is not { } last || sheet.Items.IsEmpty)
            return ReviewRefusals.NotFound;
        return item is null ? All(work, sheet, last.Open) : One(work, sheet, last.Open, item);
    }

    private static Verdict<ReviewChange> One(ReviewWork work, AssessmentSheet sheet, LastReview last, string item)
    {
        if (sheet.Find(item) is not { } now || last.Find(item) is not { } then)
            return ReviewRefusals.NotFound;
        return LastAnswer.MayTake(now.Version, now.Closed) is { } no ? no : Write(new ReviewChange(), work, then).Made(item);
    }

    private static Verdict<ReviewChange> All(ReviewWork work, AssessmentSheet sheet, LastReview last)
    {
        if (sheet.Items.All(item => item.Closed is not null))
            return sheet.Items[0].Closed!;
        var taken = last.Answers.Where(then => sheet.Find(then.Item) is { } now && LastAnswer.MayTake(now.Version, now.Closed) is null).ToList();
        if (taken.Count == 0)
            return new Refusal("last.nothing", RefusalKind.Conflict);
        return taken.Aggregate(new ReviewChange(), (change, then) => Write(change, work, then));
    }

    private static ReviewChange Write(ReviewChange change, ReviewWork work, LastAnswer then)
    {
        var draft = then.ToDraft(work.Review.Framework);
        return change.Write(WritingKind.Answer, draft.Item, 0, Contents.Write(draft), draft.Label.Code(), draft.Language);
    }
}
