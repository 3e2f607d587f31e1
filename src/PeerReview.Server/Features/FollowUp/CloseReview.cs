using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using ReviewStatus = PeerReview.Core.Process.ReviewStatus;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>A closing note as it comes in.</summary>
/// <param name="Text">How the review ends and what is carried over.</param>
public sealed record ClosingRequest(string Text)
{
    /// <summary>Nothing given.</summary>
    public ClosingRequest()
        : this("")
    {
    }
}

/// <summary>State authority and coordinator each close the review with a note; the second of them ends it.</summary>
public sealed class CloseReview(StageBody bodies) : IStageCompletion
{
    public string Stage => ProgressRules.Close;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Task.FromResult(Decide(work, () => bodies.Read<ClosingRequest>(body)));

    /// <summary>The same with a request that is read only once rights and time are fine.</summary>
    public Verdict<ReviewChange> Decide(ReviewWork work, Func<ClosingRequest> read)
    {
        var review = work.Review;
        if ((Access.May(work.Actor, ReviewAct.Close, review.Facts) ?? StageDoor.Closed(review.State, Stage)) is { } no)
            return no;
        var text = read().Text.Tidy();
        if (ProgressRules.CheckClosing(text) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        var role = SideOf(work.Acting.Roles);
        return new ReviewChange()
            .Write(
                WritingKind.ClosingNote, role, 0, Contents.Write(new NoteContent(text, [])), "AMBER", review.Dossier.WorkingLanguage)
            .Then(new ProcessCommand.Complete(work.Acting, Stage))
            .SendAfter(after => after.State.Status == ReviewStatus.Closed
                ? ReviewLetters.ToAll(
                    after, LetterNames.ReviewClosed, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator,
                    RoleCode.HeadCoordinator,
                    RoleCode.Contributor, RoleCode.ReviewerFocalPoint, RoleCode.Lead, RoleCode.Expert)
                : ReviewLetters.ToAll(after, LetterNames.SideClosed, role == RoleCode.Authority ? RoleCode.Coordinator : RoleCode.Authority)
                    .Select(letter => letter with { Path = StagePages.Of(after.Id.Value, Stage) }));
    }

    /// <summary>For which of the two sides somebody with these roles closes: the State or the coordinator's office.</summary>
    public static string SideOf(IEnumerable<string> roles) =>
        roles.Contains(RoleCode.Authority, StringComparer.Ordinal) ? RoleCode.Authority : RoleCode.Coordinator;
}
