using PeerReview.Core;
using PeerReview.Core.Access;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Reads which roles somebody holds, as the rules of access know them.</summary>
public static class HeldRoles
{
    /// <summary>Those that count in a request by <c>app.person()</c> about <c>@Review</c>, which may be null: see <see cref="Actor.Grants"/>.</summary>
    /// <remarks>It steps from one role to the next by the index, so that it costs the same with ten thousand reviews as with one.</remarks>
    public const string OfRequest =
        """
        WITH RECURSIVE held AS (
            (SELECT programme_id, role FROM role_grant WHERE person_id = (SELECT app.person()) AND ended_at IS NULL
             ORDER BY programme_id, role LIMIT 1)
            UNION ALL
            SELECT following.programme_id, following.role FROM held CROSS JOIN LATERAL (
                SELECT programme_id, role FROM role_grant WHERE person_id = (SELECT app.person()) AND ended_at IS NULL
                    AND (programme_id, role) > (held.programme_id, held.role)
                ORDER BY programme_id, role LIMIT 1) following
        )
        SELECT held.role, held.programme_id, one.state, one.review_id FROM held CROSS JOIN LATERAL (
            SELECT state, review_id FROM role_grant
            WHERE person_id = (SELECT app.person()) AND programme_id = held.programme_id AND role = held.role AND ended_at IS NULL AND review_id IS NULL
            UNION
            SELECT state, review_id FROM role_grant
            WHERE person_id = (SELECT app.person()) AND programme_id = held.programme_id AND role = held.role AND ended_at IS NULL AND review_id = @Review::uuid
            UNION
            (SELECT state, review_id FROM role_grant
             WHERE person_id = (SELECT app.person()) AND programme_id = held.programme_id AND role = held.role AND ended_at IS NULL AND review_id IS NOT NULL
             LIMIT 1)) one
        ORDER BY programme_id, role, state, review_id
        """;

    /// <summary>Those of <c>@Person</c> in <c>@Review</c> alone, whatever the request is about.</summary>
    public const string InReview =
        """
        SELECT role, programme_id, state, review_id FROM role_grant
        WHERE person_id = @Person AND review_id = @Review AND ended_at IS NULL ORDER BY role, state
        """;

    /// <summary>All of <c>@Person</c>, for the person to read.</summary>
    public const string All =
        """
        SELECT role, programme_id, state, review_id FROM role_grant
        WHERE person_id = @Person AND ended_at IS NULL ORDER BY programme_id, role, state, review_id
        """;

    /// <summary>What a row says; nothing for a role this release does not know: it gives no rights.</summary>
    public static IEnumerable<Grant> Read(IEnumerable<HeldRole> rows) =>
        rows.SelectMany(row => Roles.TryParse(row.Role, out var role)
            ? (IEnumerable<Grant>)[new Grant(
                role,
                new ProgrammeId(row.ProgrammeId),
                row.ReviewId is { } review ? new ReviewId(review) : null,
                row.State is { } state ? new StateCode(state) : null)]
            : []);
}

/// <summary>A role somebody holds, as it is kept.</summary>
public sealed record HeldRole(string Role, Guid ProgrammeId, string? State, Guid? ReviewId);
