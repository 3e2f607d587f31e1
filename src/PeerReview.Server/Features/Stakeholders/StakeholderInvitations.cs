using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>Finds the invitation of a stakeholder by the secret of its letter. Looking changes nothing: mail scanners look, too.</summary>
public sealed class StakeholderInvitations(Database database, ReviewReader reader)
{
    /// <summary>The invitation with its review; null for a secret nobody was sent.</summary>
    public async Task<FoundStakeholder?> FindAsync(string secret, CancellationToken cancel)
    {
        if (!Secret.LooksLikeOne(secret)
            || await database.Worker.SingleOrDefaultAsync<Row>(
                Scope.None, Sql.Find, new { Hash = Secret.Hash(secret) }, cancel) is not { } row)
        {
            return null;
        }

        var review = await database.ReadAsync(
            Scope.Of(new ProgrammeId(row.ProgrammeId)), ReviewReader.Statements, new { Review = row.ReviewId },
            grid => reader.ReadAsync(grid), cancel);
        return review is null ? null : new FoundStakeholder(row.Id, new PersonId(row.PersonId), row.Organisation, review);
    }

    private sealed record Row(Guid Id, Guid ProgrammeId, Guid ReviewId, Guid PersonId, string Organisation);

    private static class Sql
    {
        public const string Find =
            "SELECT id, programme_id, review_id, person_id, organisation FROM stakeholder_invitation WHERE token_hash = @Hash";
    }
}

/// <summary>An invitation in the hands of whoever holds its letter.</summary>
/// <param name="Organisation">For whom the person was invited to speak.</param>
public sealed record FoundStakeholder(Guid Id, PersonId Person, string Organisation, LoadedReview Review)
{
    /// <summary>Why it cannot be answered any more; null while it can. The texts are <c>stakeholders.dead.&lt;code&gt;</c>.</summary>
    public string? Dead => Review.Dossier.Stakeholders.Invitations.FirstOrDefault(i => i.Id == Id) is not { } mark ? InvitationOutcome.Withdrawn
        : mark.Outcome is { } outcome ? outcome
        : Review.State.Status is ReviewStatus.Withdrawn or ReviewStatus.Closed ? "over"
        : Review.State[Review.Process.Stage(StakeholderWindow.Call)].Status.IsClosed() ? "late"
        : null;
}
