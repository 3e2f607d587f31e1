using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Outbox;

/// <summary>Puts letters into the outbox as part of the transaction that causes them: both hold, or neither.</summary>
public static class OutboxWriter
{
    /// <summary>The topic of letters.</summary>
    public const string Mail = "mail";

    /// <summary>Keeps letters for the writing round trip: one statement, however many.</summary>
    /// <param name="letters">A letter whose key was ever used before is not written again.</param>
    /// <remarks>After the commit call <see cref="OutboxSignal.Wake"/>, so that they leave at once.</remarks>
    public static void Keep(UnitOfWork unit, ProgrammeId? programme, ReviewId? review, IReadOnlyCollection<KeyedLetter> letters)
    {
        if (letters.Count == 0)
            return;
        unit.Write(Sql.Insert, new
        {
            Programme = programme?.Value,
            Review = review?.Value,
            Topic = Mail,
            Keys = letters.Select(letter => letter.Key).ToArray(),
            People = letters.Select(letter => letter.Letter.Person.Value).ToArray(),
            Bodies = letters.Select(letter => LetterJson.Write(letter.Letter)).ToArray(),
        });
    }

    private static class Sql
    {
        // written_at is business time, for people; available_at is real time, for the relay.
        public const string Insert =
            """
            INSERT INTO outbox (programme_id, review_id, person_id, topic, key, body, written_at, available_at)
            SELECT @Programme, @Review, letter.person, @Topic, letter.key, letter.body, app.clock(), clock_timestamp()
            FROM unnest(@Keys::text[], @People::uuid[], @Bodies::text[]) WITH ORDINALITY AS letter (key, person, body, place)
            ORDER BY letter.place
            ON CONFLICT (key) DO NOTHING
            """;
    }
}

/// <summary>A letter with its key.</summary>
/// <param name="Key">Says what it is about and to whom, so that the same letter always has the same key, such as
/// <c>turn:{review}:{sequence}:{stage}:{branch}:{person}</c>. <c>Message-ID</c> comes from it.</param>
public sealed record KeyedLetter(string Key, Letter Letter);
