using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Keeps the places of the reviewing States, and which States take part in a regional review, as rows, for questions about the programme as a whole.</summary>
internal static class SeatRows
{
    /// <summary>Keeps what one event changes about places, if anything.</summary>
    public static void Keep(UnitOfWork unit, LoadedReview review, ReviewEvent @event)
    {
        switch (@event)
        {
            case ReviewEvent.ReviewersNamed e:
                foreach (var seat in e.States)
                    Take(unit, review, seat.State, seat.Slot);
                break;
            case ReviewEvent.ParticipantsNamed e:
                unit.Write(
                    Sql.Participate,
                    new { Review = review.Id.Value, Programme = review.Programme.Value, States = e.States.ToArray() },
                    rows: e.States.Length);
                break;
            case ReviewEvent.ServiceDeclined e:
                unit.Write(Sql.Decline, new { Review = review.Id.Value, e.State, At = review.Now }, rows: 1);
                break;
            case ReviewEvent.ReviewerReplaced e:
                Leave(unit, review, e.From, e.Cause);
                Take(unit, review, e.To, review.Dossier.Team.Find(e.From)!.Slot);
                break;
            case ReviewEvent.ReviewersReleased e:
                foreach (var state in e.States)
                    Leave(unit, review, state, ReplacementCause.Variant);
                break;
            default:
                break;
        }
    }

    private static void Leave(UnitOfWork unit, LoadedReview review, string state, string cause)
    {
        // Whoever the State invited and who has not answered is invited no more.
        unit.Write(Sql.TakeBack, new { Review = review.Id.Value, State = state, At = review.Now });
        unit.Write(Sql.Leave, new { Review = review.Id.Value, State = state, Cause = cause, At = review.Now }, rows: 1);
    }

    private static void Take(UnitOfWork unit, LoadedReview review, string state, string slot) => unit.Write(
        Sql.Take,
        new
        {
            Review = review.Id.Value,
            State = state,
            Programme = review.Programme.Value,
            Subject = review.Subject.Iso3,
            Slot = slot,
            At = review.Now,
        },
        rows: 1);

    private static class Sql
    {
        public const string Take =
            """
            INSERT INTO reviewer_seat (review_id, state, programme_id, subject_state, slot, named_at)
            VALUES (@Review, @State, @Programme, @Subject, @Slot, @At)
            """;

        public const string Participate =
            """
            INSERT INTO review_participant (review_id, state, programme_id)
            SELECT @Review, state, @Programme FROM unnest(@States::text[]) AS named (state)
            """;

        public const string Decline =
            "UPDATE reviewer_seat SET declined_at = @At WHERE review_id = @Review AND state = @State AND ended_at IS NULL";

        public const string TakeBack =
            """
            UPDATE invitation SET outcome = 'withdrawn', closed_at = @At
            WHERE review_id = @Review AND state = @State AND outcome IS NULL
            """;

        public const string Leave =
            "UPDATE reviewer_seat SET ended_at = @At, cause = @Cause WHERE review_id = @Review AND state = @State AND ended_at IS NULL";
    }
}
