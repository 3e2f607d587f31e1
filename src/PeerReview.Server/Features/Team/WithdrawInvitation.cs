using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The focal point of a reviewing State takes an invitation back that nobody answered.</summary>
public sealed class WithdrawInvitation(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapDelete(
            "/reviews/{review:guid}/invitations/{invitation:guid}",
            async (Guid review, Guid invitation, Visit visit, WithdrawInvitation withdraw, HttpContext http, CancellationToken cancel) =>
                (await withdraw.RunAsync(new ReviewId(review), invitation, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(WithdrawInvitation)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/experts/withdrawal",
            (Guid review, Visit visit, Form form, WithdrawInvitation withdraw, ExpertsPage page, CancellationToken cancel) =>
                withdraw.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid invitation, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, invitation)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, Guid invitation)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.NominateExperts, review.Facts) is { } no)
            return no;
        var mark = review.Dossier.Team.Invitations.FirstOrDefault(i => i.Id == invitation && i.State == review.BranchOf(work.Person));
        if (mark is null)
            return new Refusal("team.invitation-unknown", RefusalKind.NotFound);
        if (!mark.IsOpen)
            return new Refusal("team.invitation-dead", RefusalKind.Conflict);
        return new ReviewChange()
            .Record(new ReviewEvent.InvitationClosed(invitation, InvitationOutcome.Withdrawn, work.Person.Value))
            .Also(Sql.Withdraw, new { Id = invitation, At = work.Now }, rows: 1)
            // Whoever was invited may have no account: the letter leads to what the product is.
            .Send(ReviewLetters.About(review, LetterNames.InvitationWithdrawn, new PersonId(mark.Person)) with { Path = "/help" });
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(new ReviewId(review), form.Id("invitation") ?? Guid.Empty, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/experts", "invitation-withdrawn");
    }

    private static class Sql
    {
        public const string Withdraw =
            "UPDATE invitation SET outcome = 'withdrawn', closed_at = @At WHERE id = @Id AND outcome IS NULL";
    }
}
