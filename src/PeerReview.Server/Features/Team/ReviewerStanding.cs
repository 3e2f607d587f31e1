using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Team;

/// <summary>Whether somebody may speak or work for a reviewing State in a review, by what is on record of them.</summary>
internal static class ReviewerStanding
{
    /// <summary>Why not; null when nothing is on record against it.</summary>
    /// <returns><c>people.has-role</c> {role}, <c>people.coordinates</c>, <c>team.of-the-subject</c>: each on the field
    /// <c>email</c>.</returns>
    public static async Task<Refusal?> ProblemAsync(ReviewWork work, PersonId person, CancellationToken cancel)
    {
        var review = work.Review;
        if (review.Dossier.People.FirstOrDefault(p => p.Person == person.Value) is { } held)
            return new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", held.Role);
        if (review.People.Any(p => p.Person == person && p.Role is RoleCode.Coordinator or RoleCode.HeadCoordinator))
            return new Refusal("people.coordinates", RefusalKind.Conflict, "email");
        // Whoever ever acted for the subject in this programme does not review it.
        var served = await work.QueryAsync<string>(
            Sql.Served, new { Person = person.Value, Programme = review.Programme.Value, State = review.Subject.Iso3 }, cancel);
        return served.Count > 0 ? new Refusal("team.of-the-subject", RefusalKind.Conflict, "email") : null;
    }

    private static class Sql
    {
        public const string Served =
            """
            SELECT role FROM role_grant
            WHERE programme_id = @Programme AND person_id = @Person AND state = @State ORDER BY granted_at LIMIT 1
            """;
    }
}
