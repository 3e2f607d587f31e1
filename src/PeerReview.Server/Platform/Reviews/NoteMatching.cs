using PeerReview.Core;
using PeerReview.Core.People;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The note verbale an appointment rests on: one on record, or recorded along with it.</summary>
public static class NoteMatching
{
    /// <summary>The notes of a State on record, the newest first; the arguments are named <c>Review</c> and <c>State</c>, which is
    /// null for the subject. Columns: number, dated, and whether somebody holds a role in the review by it (<c>used</c>).</summary>
    public const string OnRecord = Sql.OnRecord;

    /// <summary>The note with this number of a State, recorded when it is given whole and not there yet.</summary>
    /// <param name="state">ISO 3166-1 alpha-3 code of the State that sent it.</param>
    /// <param name="note">Tidy. The number alone names a note on record.</param>
    /// <returns>Its id; or what <see cref="NoteVerbale.Check"/> finds, <c>note.unknown</c>, <c>note.differs</c>.</returns>
    public static async Task<Verdict<Guid>> MatchAsync(
        ReviewWork work, string state, NoteVerbale note, CancellationToken cancel)
    {
        var wrong = note.Check(work.Now, "noteVerbale.").ToList();
        if (wrong.Count > 0 && !note.IsReference)
            return Refusal.Of(wrong);
        var rows = await work.QueryAsync<NoteRow>(
            Sql.Keep,
            new
            {
                Id = Guid.CreateVersion7(),
                Programme = work.Review.Programme.Value,
                State = state,
                note.Number,
                note.Dated,
                note.Signatory,
                By = work.Person.Value,
                Complete = wrong.Count == 0,
            },
            cancel);
        if (rows is not [var row])
            return new Refusal("note.unknown", RefusalKind.Invalid, "noteVerbale.number");
        return note.IsReference || note.Dated == row.Dated
            ? row.Id
            : new Refusal("note.differs", RefusalKind.Conflict, "noteVerbale.dated");
    }

    private sealed record NoteRow(Guid Id, DateOnly Dated);

    private static class Sql
    {
        public const string OnRecord =
            """
            SELECT n.number, n.dated,
                   EXISTS (SELECT FROM role_grant g WHERE g.review_id = r.id AND g.letter_id = n.id AND g.ended_at IS NULL) AS used
            FROM review r JOIN note_verbale n ON n.programme_id = r.programme_id AND n.state = coalesce(@State::text, r.subject_state)
            WHERE r.id = @Review ORDER BY n.dated DESC, n.number LIMIT 100
            """;

        // A number that is on record is matched; only a note that is complete is recorded along.
        public const string Keep =
            """
            INSERT INTO note_verbale (id, programme_id, state, number, dated, signatory, recorded_at, recorded_by)
            SELECT @Id, @Programme, @State, @Number, @Dated, @Signatory, app.clock(), @By WHERE @Complete
            ON CONFLICT (programme_id, state, number) DO NOTHING;
            SELECT id, dated FROM note_verbale WHERE programme_id = @Programme AND state = @State AND number = @Number
            """;
    }
}
