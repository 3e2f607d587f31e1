using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Team;

/// <summary>Whoever holds the letter of an invitation accepts or declines it, without an account; whoever has one can do so by the
/// API as well.</summary>
public sealed class AnswerInvitation(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/invitations/{invitation:guid}/answer",
        async (
            Guid invitation, InvitationAnswer answer, Visit visit, Invitations invitations, AnswerInvitation use, HttpContext http, CancellationToken cancel) =>
            await invitations.FindAsync(invitation, visit.Caller.Id, cancel) is { } found
                ? (await use.RunAsync(found, answer, Idempotency.Of(http, answer), cancel)).OrProblem(TypedResults.Ok)
                : ReviewRefusals.NotFound.ToProblem())
        .WithName(nameof(AnswerInvitation)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case; who accepts has the role from then on.</summary>
    /// <param name="answer">Reason and suggestion count only where it is declined.</param>
    /// <param name="key">Makes the request safe to repeat, or null.</param>
    public Task<Verdict<Receipt>> RunAsync(FoundInvitation invitation, InvitationAnswer answer, CommandKey? key, CancellationToken cancel)
    {
        // The letter is all the right there is: it opens this review's rows and nothing else.
        var actor = new Actor(invitation.Person, [new Grant(Role.Public, invitation.Review.Programme)]);
        return commands.RunAsync(
            invitation.Review.Id, actor, key, (work, token) => DecideAsync(work, invitation, answer, token), cancel);
    }

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, FoundInvitation invitation, InvitationAnswer answer, CancellationToken cancel)
    {
        if (invitation with { Review = work.Review } is { Dead: not null })
            return new Refusal("team.invitation-dead", RefusalKind.Conflict);
        if (answer.Accepts && InvitationRules.MayAccept(work.Review.Dossier.Team, work.Review.State, invitation.State, invitation.Reserve) is { } closed)
            return closed;
        if (Problems(answer).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (answer.Accepts && await ReviewerStanding.ProblemAsync(work, invitation.Person, cancel) is { } problem)
            return problem with { Field = null };
        return Change(work, invitation, answer);
    }

    private static ReviewChange Change(ReviewWork work, FoundInvitation invitation, InvitationAnswer answer)
    {
        var outcome = answer.Accepts ? InvitationOutcome.Accepted : InvitationOutcome.Declined;
        var change = new ReviewChange()
            .Record(new ReviewEvent.InvitationClosed(invitation.Id, outcome, work.Person.Value))
            .Also(
                Sql.Close,
                new
                {
                    invitation.Id,
                    Outcome = outcome,
                    At = work.Now,
                    Reason = answer.Accepts ? "" : answer.Reason.Trim(),
                    Suggestion = answer.Accepts ? "" : answer.Suggestion.Trim(),
                },
                rows: 1);
        if (answer.Accepts && !invitation.Reserve)
            change.Record(new ReviewEvent.ReviewerAppointed(invitation.Person.Value, RoleCode.Expert, invitation.State, null, work.Person.Value));
        // Only the coordinator can put a reserve in somebody's place.
        var standsBy = answer.Accepts && invitation.Reserve;
        var told = work.Review.Dossier.Holding(RoleCode.ReviewerFocalPoint, invitation.State)
            .Concat(standsBy ? work.Review.Dossier.Holding(RoleCode.Coordinator) : []).Distinct();
        foreach (var person in told)
        {
            change.Send(Told(work.Review, standsBy, invitation.State, new PersonId(person)) with
            {
                Path = $"/reviews/{work.Review.Id}/experts",
                Reviewer = standsBy ? invitation.State : null,
            });
        }

        return change.Made(invitation.Id.ToString());
    }

    /// <summary>What whoever invited does next depends on how the process has States find their experts, and on whether that is over.</summary>
    private static Letter Told(LoadedReview review, bool standsBy, string state, PersonId person) =>
        standsBy ? ReviewLetters.About(review, review.Serves(CommentRules.Stage) ? LetterNames.ReserveAccepted : LetterNames.ReserveAcceptedOwn, person)
        : Invitations.FindingExperts(review, state) is { } stage ? ReviewLetters.About(review, LetterNames.InvitationAnsweredOwn, person) with
        {
            Stage = new LetterStage(review.Process.Id, review.Process.Version, stage.Id),
        }
        : ReviewLetters.About(review, Nominates(review, state) ? LetterNames.InvitationAnswered : LetterNames.InvitationAnsweredLater, person);

    private static bool Nominates(LoadedReview review, string state) => review.Serves("nominate")
        && review.State[review.Process.Stage("nominate")] is { Status: StageStatus.Waiting or StageStatus.Open } at
        && at.Part(state) is null or { Status: PartStatus.Open };

    private static IEnumerable<Refusal> Problems(InvitationAnswer answer)
    {
        if (answer.Accepts)
            yield break;
        if (answer.Reason.Length > InvitationRules.MaxText || !Core.Text.IsReadable(answer.Reason))
            yield return new Refusal("team.text", RefusalKind.Invalid, "reason").With("max", InvitationRules.MaxText);
        if (answer.Suggestion.Length > InvitationRules.MaxText || !Core.Text.IsReadable(answer.Suggestion))
            yield return new Refusal("team.text", RefusalKind.Invalid, "suggestion").With("max", InvitationRules.MaxText);
    }

    private static class Sql
    {
        public const string Close =
            """
            UPDATE invitation SET outcome = @Outcome, closed_at = @At, reason = @Reason, suggestion = @Suggestion
            WHERE id = @Id AND outcome IS NULL
            """;
    }
}

/// <summary>What somebody answers.</summary>
/// <param name="Reason">Why not; empty where none is given.</param>
/// <param name="Suggestion">Who else might; empty where nobody is suggested.</param>
public sealed record InvitationAnswer(bool Accepts = false, string Reason = "", string Suggestion = "");
