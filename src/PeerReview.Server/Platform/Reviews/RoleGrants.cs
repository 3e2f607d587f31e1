using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Keeps the roles of a review in step with its events: what the dossier says, the grants say.</summary>
internal static class RoleGrants
{
    /// <summary>Keeps what one event changes about grants, if anything.</summary>
    public static void Keep(UnitOfWork unit, LoadedReview review, ReviewEvent @event)
    {
        switch (@event)
        {
            case ReviewEvent.CaseAssigned e:
                unit.Write(Sql.EndRole, Args(review, default, RoleCode.Coordinator, null, e.By));
                Give(unit, review, e.Coordinator, RoleCode.Coordinator, null, e.By);
                Give(unit, review, e.Deputy, RoleCode.Coordinator, null, e.By);
                break;
            case ReviewEvent.PersonAppointed e:
                Give(unit, review, e.Person, e.Role, e.Letter, e.By);
                break;
            case ReviewEvent.ReviewerAppointed e:
                unit.Write(Sql.Give, Args(review, e.Person, e.Role, e.Letter, e.By, e.State));
                break;
            case ReviewEvent.ParticipantAppointed e:
                unit.Write(Sql.EndOfState, Args(review, e.Person, RoleCode.Participant, null, e.By, e.State));
                unit.Write(Sql.Give, Args(review, e.Person, RoleCode.Participant, e.Letter, e.By, e.State));
                break;
            case ReviewEvent.PersonReleased e:
                unit.Write(Sql.End, Args(review, e.Person, e.Role, null, e.By));
                break;
            default:
                break;
        }
    }

    private static void Give(UnitOfWork unit, LoadedReview review, Guid person, string role, Guid? letter, Guid by) =>
        unit.Write(Sql.Give, Args(review, person, role, letter, by));

    private static object Args(LoadedReview review, Guid person, string role, Guid? letter, Guid by, string? state = null) => new
    {
        Id = Guid.CreateVersion7(),
        Review = review.Id.Value,
        Programme = review.Programme.Value,
        Person = person,
        Role = role,
        State = state ?? (role.StartsWith("STATE_", StringComparison.Ordinal) ? review.Subject.Iso3 : null),
        Letter = letter,
        At = review.Now,
        By = by,
    };

    private static class Sql
    {
        public const string Give =
            """
            INSERT INTO role_grant (id, programme_id, person_id, role, state, review_id, letter_id, granted_at, granted_by)
            VALUES (@Id, @Programme, @Person, @Role, @State::text, @Review, @Letter::uuid, @At, @By)
            ON CONFLICT DO NOTHING
            """;

        public const string End =
            """
            UPDATE role_grant SET ended_at = @At
            WHERE review_id = @Review AND person_id = @Person AND role = @Role AND ended_at IS NULL
            """;

        public const string EndOfState =
            "UPDATE role_grant SET ended_at = @At WHERE review_id = @Review AND role = @Role AND state = @State AND ended_at IS NULL";

        public const string EndRole =
            "UPDATE role_grant SET ended_at = @At WHERE review_id = @Review AND role = @Role AND ended_at IS NULL";
    }
}
