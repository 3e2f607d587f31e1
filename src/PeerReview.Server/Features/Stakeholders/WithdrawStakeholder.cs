using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The coordinator takes an invitation back that nobody answered.</summary>
public sealed class WithdrawStakeholder(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapDelete(
        "/reviews/{review:guid}/stakeholders/{invitation:guid}",
        async (Guid review, Guid invitation, Visit visit, WithdrawStakeholder withdraw, HttpContext http, CancellationToken cancel) =>
            (await withdraw.RunAsync(new ReviewId(review), invitation, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(WithdrawStakeholder)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid invitation, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, invitation)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, Guid invitation)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.InviteStakeholder, review.Facts) is { } no)
            return no;
        if (review.Dossier.Stakeholders.Invitations.FirstOrDefault(i => i.Id == invitation) is not { } mark)
            return new Refusal("stakeholder.invitation-unknown", RefusalKind.NotFound);
        if (!mark.IsOpen)
            return new Refusal("stakeholder.invitation-dead", RefusalKind.Conflict);
        return new ReviewChange()
            .Record(new ReviewEvent.StakeholderInvitationClosed(invitation, InvitationOutcome.Withdrawn, work.Person.Value))
            .Also(Sql.Withdraw, new { Id = invitation, At = work.Now }, rows: 1)
            // Whoever was invited may have no account: the letter leads to what the product is.
            .Send(ReviewLetters.About(review, LetterNames.InvitationWithdrawn, new PersonId(mark.Person)) with { Path = "/help" });
    }

    private static class Sql
    {
        public const string Withdraw =
            "UPDATE stakeholder_invitation SET outcome = 'withdrawn', closed_at = @At WHERE id = @Id AND outcome IS NULL";
    }
}
