using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>The note of the six-month check as it comes in.</summary>
/// <param name="Text">About the whole; may be empty.</param>
/// <param name="Notes">One per commitment that stands.</param>
public sealed record ProgressRequest(string Text, IReadOnlyList<CommitmentProgress>? Notes)
{
    /// <summary>Nothing given.</summary>
    public ProgressRequest()
        : this("", null)
    {
    }
}

/// <summary>The focal point tells how far each commitment is.</summary>
public sealed class TellProgress(StageBody bodies) : IStageCompletion
{
    public string Stage => "check_6m";

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, () => bodies.Read<ProgressRequest>(body), cancel);

    /// <summary>The same with a request that is read only once rights and time are fine.</summary>
    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Func<ProgressRequest> read, CancellationToken cancel)
    {
        var review = work.Review;
        if ((Access.May(work.Actor, ReviewAct.WriteProgressNote, review.Facts) ?? StageDoor.Closed(review.State, Stage)) is { } no)
            return no;
        var request = read();
        var notes = (request.Notes ?? []).OfType<CommitmentProgress>().ToImmutableArray();
        var standing = (await work.MaterialAsync(cancel)).Of(WritingKind.Commitment).Select(w => w.Key).ToImmutableArray();
        if (ProgressRules.Check(notes, request.Text, standing) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        var language = review.Dossier.WorkingLanguage;
        return notes.Aggregate(
            new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, Stage))
                .Write(WritingKind.ProgressNote, Stage, 0, Contents.Write(new NoteContent(request.Text.Trim(), [])), "AMBER", language),
            (change, note) => change.Write(
                WritingKind.ProgressNote, $"{Stage}:{note.Commitment}", 0,
                Contents.Write(new NoteContent(note.Text.Trim(), [note.Status])), "AMBER", language));
    }
}
