using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>A note on progress as it comes in: of the six-month check, or of the mid-term update.</summary>
/// <param name="Text">About the whole; may be empty.</param>
/// <param name="Notes">One per commitment that stands.</param>
public sealed record ProgressRequest(string Text, IReadOnlyList<CommitmentProgress>? Notes)
{
    /// <summary>That a mid-term update is meant to be told already, long before its day.</summary>
    public bool Early { get; init; }

    /// <summary>Nothing given.</summary>
    public ProgressRequest()
        : this("", null)
    {
    }
}

/// <summary>The focal point tells how far each commitment is at the six-month check.</summary>
public sealed class TellProgress(StageBody bodies) : IStageCompletion
{
    public string Stage => ProgressRules.SixMonths;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, Stage, () => bodies.Read<ProgressRequest>(body), cancel);

    /// <summary>A note at one of the two moments.</summary>
    /// <param name="stage">One of <see cref="ProgressRules.Stages"/>.</param>
    /// <param name="read">Called only once rights and time are fine.</param>
    public static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string stage, Func<ProgressRequest> read, CancellationToken cancel)
    {
        var review = work.Review;
        if ((Access.May(work.Actor, ReviewAct.WriteProgressNote, review.Facts) ?? StageDoor.Closed(review.State, stage)) is { } no)
            return no;
        var request = read();
        var notes = (request.Notes ?? []).OfType<CommitmentProgress>().ToImmutableArray();
        var material = await work.MaterialAsync(cancel);
        if (material.Find(WritingKind.ProgressNote, stage) is not null)
            return new Refusal("follow-up.told", RefusalKind.Conflict);
        var standing = material.Of(WritingKind.Commitment).Select(w => w.Key).ToImmutableArray();
        List<Refusal> problems = [.. ProgressRules.Check(notes, request.Text, standing)];
        if (!request.Early && review.State[stage].Deadline is { Day: var due } && ProgressRules.IsEarly(stage, due, review.Today))
            problems.Add(new Refusal(FollowUpRefusals.Early, RefusalKind.Invalid, "early"));
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var language = review.Dossier.WorkingLanguage;
        return notes.Aggregate(
            new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, stage))
                .Write(WritingKind.ProgressNote, stage, 0, Contents.Write(new NoteContent(request.Text.Trim(), [])), "AMBER", language),
            (change, note) => change.Write(
                WritingKind.ProgressNote, $"{stage}:{note.Commitment}", 0,
                Contents.Write(new NoteContent(note.Text.Trim(), [note.Status])), "AMBER", language));
    }
}
