using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>Whoever holds the letter of an invitation accepts or declines it, without signing in.</summary>
public sealed class AnswerStakeholderInvitation(ReviewCommands commands)
{
    /// <summary>Runs the use case; who accepts is a stakeholder of this review from then on.</summary>
    public Task<Verdict<Receipt>> RunAsync(FoundStakeholder invitation, bool accepts, CancellationToken cancel)
    {
        // The letter is all the right there is: it opens this review's rows and nothing else.
        var actor = new Actor(invitation.Person, [new Grant(Role.Public, invitation.Review.Programme)]);
        return commands.RunAsync(
            invitation.Review.Id, actor, key: null, (work, _) => Task.FromResult(Decide(work, invitation, accepts)), cancel);
    }

    private static Verdict<ReviewChange> Decide(ReviewWork work, FoundStakeholder invitation, bool accepts)
    {
        if (invitation with { Review = work.Review } is { Dead: not null })
            return new Refusal("stakeholder.invitation-dead", RefusalKind.Conflict);
        if (accepts && StageDoor.Closed(work.Review.State, StakeholderWindow.Call) is { } closed)
            return closed;
        if (accepts && InviteStakeholder.Bound(work.Review, invitation.Person) is { } bound)
            return bound with { Field = null };
        var outcome = accepts ? InvitationOutcome.Accepted : InvitationOutcome.Declined;
        var change = new ReviewChange()
            .Record(new ReviewEvent.StakeholderInvitationClosed(invitation.Id, outcome, work.Person.Value))
            .Also(Sql.Close, new { invitation.Id, Outcome = outcome, At = work.Now }, rows: 1);
        if (accepts)
            change.Record(new ReviewEvent.PersonAppointed(invitation.Person.Value, RoleCode.Stakeholder, null, [], work.Person.Value));
        foreach (var person in work.Review.Holding(RoleCode.Coordinator))
            change.Send(ContributionLetters.To(person, LetterNames.StakeholderAnswered, work.Review));
        return change.Made(invitation.Id.ToString());
    }

    private static class Sql
    {
        public const string Close =
            "UPDATE stakeholder_invitation SET outcome = @Outcome, closed_at = @At WHERE id = @Id AND outcome IS NULL";
    }
}

/// <summary>Letters that lead to the contributions of a review.</summary>
internal static class ContributionLetters
{
    public static Letter To(PersonId person, string name, LoadedReview review) =>
        ReviewLetters.About(review, name, person) with { Path = $"/reviews/{review.Id}/contributions" };
}
