using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The coordinator accepts a contribution, or sets it aside with a reason, once; the sender is told of the outcome.</summary>
public sealed class ScreenContribution(ReviewCommands commands)
{
    /// <summary>It goes to the State.</summary>
    internal const string Accept = "accept";

    /// <summary>It goes no further.</summary>
    internal const string SetAside = "set_aside";

    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/contributions/{contribution:guid}/screening",
        async (Guid review, Guid contribution, ScreeningRequest request, Visit visit, ScreenContribution screen, HttpContext http, CancellationToken cancel) =>
            (await screen.RunAsync(new ReviewId(review), contribution, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ScreenContribution)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid contribution, ScreeningRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, contribution.ToString(), request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, string key, ScreeningRequest request)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ScreenContribution, review.Facts) is { } no)
            return no;
        if (review.Dossier.Stakeholders.Find(key) is not { } mark)
            return new Refusal("contribution.unknown", RefusalKind.NotFound);
        if (mark.Accepted is not null)
            return new Refusal("contribution.screened", RefusalKind.Conflict);
        if (StageDoor.Closed(review.State, StakeholderWindow.Call) is { } closed)
            return closed;
        if (request.Outcome is not (Accept or SetAside))
            return new Refusal("contribution.outcome", RefusalKind.Invalid, "outcome");
        var accepted = request.Outcome == Accept;
        var screening = new ScreeningContent(accepted ? null : request.Cause, request.Note.Tidy());
        if (ContributionRules.Check(screening).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var change = new ReviewChange()
            .Record(new ReviewEvent.ContributionScreened(key, accepted, work.Person.Value))
            .Write(WritingKind.Screening, key, 0, Contents.Write(screening), SharingLabel.Amber.Code(), review.Dossier.WorkingLanguage)
            .Send(ContributionLetters.To(new PersonId(mark.By), LetterNames.ContributionScreened, review))
            .Made(key);
        return accepted && WindowDay.Of(review) is { } window
            ? ToState(review, window).Aggregate(change, (sent, letter) => sent.Send(letter))
            : change;
    }

    // The State reads it at once; it replies when the window is closed, so the letter says until when that lasts.
    private static IEnumerable<Letter> ToState(LoadedReview review, Wait window) =>
        from person in review.Holding(RoleCode.FocalPoint).Concat(review.Holding(RoleCode.Alternate)).Distinct()
        select ReviewLetters.About(review, LetterNames.ContributionAccepted, person, window);
}

/// <summary>How a contribution is screened.</summary>
/// <param name="Outcome"><c>accept</c> or <c>set_aside</c>.</param>
/// <param name="Cause">Why it is set aside, see <see cref="SetAsideCause"/>; of no account where it is accepted.</param>
/// <param name="Note">What the sender is to know beside that.</param>
public sealed record ScreeningRequest(string Outcome = "", string Cause = "", string Note = "");
