using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>The mid-term update: the State tells how far each entry of its action plan is, then the lead reviewer confirms what the
/// experts can see of it.</summary>
public sealed class MidTerm(StageBody bodies, TellProgress tell, WordingGuard wording) : IStageCompletion
{
    public string Stage => ProgressRules.MidTerm;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Access.May(work.Actor, ReviewAct.ConfirmProgress, work.Review.Facts) is null
            ? ConfirmAsync(work, () => bodies.Read<ProgressConfirmation>(body), cancel)
            : tell.DecideAsync(work, Stage, () => bodies.Read<ProgressRequest>(body), cancel);

    /// <summary>The lead confirms, with a few words.</summary>
    /// <param name="read">Called only once rights and time are fine.</param>
    public async Task<Verdict<ReviewChange>> ConfirmAsync(ReviewWork work, Func<ProgressConfirmation> read, CancellationToken cancel)
    {
        var review = work.Review;
        if ((Access.May(work.Actor, ReviewAct.ConfirmProgress, review.Facts) ?? StageDoor.Closed(review.State, ProgressRules.MidTerm)) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        if (material.Find(WritingKind.ProgressNote, ProgressRules.MidTerm) is not { } update)
            return new Refusal("follow-up.not-told", RefusalKind.Conflict);
        var request = read();
        var text = request.Text.Tidy();
        if (ProgressRules.CheckConfirmation(text) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        if (wording.Flagged(text, request.NamesNobody, review, "text") is { } flagged)
            return flagged;
        // It speaks of the update and of every entry, and only the State makes it public.
        var label = SharingLabels.Inherit(
            [SharingLabel.Amber, SharingLabels.Of(update.Label), .. material.Of(WritingKind.Commitment).Select(entry => SharingLabels.Of(entry.Label))]);
        return new ReviewChange()
            .Write(
                WritingKind.ProgressNote, ProgressRules.Confirmation, 0, Contents.Write(new NoteContent(text, [])), label.Code(),
                review.Dossier.Team.Language ?? review.Dossier.WorkingLanguage)
            .Then(new ProcessCommand.Complete(work.Acting, ProgressRules.MidTerm))
            .SendAfter(after => ReviewLetters.ToAll(
                after, LetterNames.ProgressConfirmed, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator)
                .Select(letter => letter with { Path = StagePages.Of(after.Id.Value, ProgressRules.MidTerm) }));
    }
}

/// <summary>The lead's confirmation of the mid-term update.</summary>
/// <param name="Text">What the experts can confirm, and what not.</param>
/// <param name="NamesNobody">The lead looked again at wording that was flagged: it blames nobody.</param>
public sealed record ProgressConfirmation(string Text, bool NamesNobody = false)
{
    /// <summary>Nothing given.</summary>
    public ProgressConfirmation()
        : this("")
    {
    }
}
