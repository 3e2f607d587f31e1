using System.Text.Json;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What was answered to a request that came with a key, so that it is answered alike when it comes again.</summary>
internal static class IdempotencyAnswers
{
    /// <summary>Remembers an answer in the transaction of what it answers.</summary>
    public static void Remember<T>(UnitOfWork unit, PersonId person, CommandKey key, T answer) => unit.Write(
        Sql.Remember,
        new { Person = person.Value, key.Key, key.Request, Answer = JsonSerializer.Serialize(answer) },
        rows: 1);

    /// <summary>The stored answer; a refusal when the key was used for another request.</summary>
    public static Verdict<T> Again<T>(AnsweredRow answered, CommandKey key) =>
        answered.Request == key.Request
            ? JsonSerializer.Deserialize<T>(answered.Answer)!
            : ReviewRefusals.KeyUsedOtherwise;

    /// <summary>SQL of the row of a <c>@Person</c> and a <c>@CommandKey</c>, read as <see cref="AnsweredRow"/>.</summary>
    public const string Find = "SELECT request, answer FROM idempotency WHERE person_id = @Person AND key = @CommandKey::text";

    private static class Sql
    {
        // Keys are kept for a day of real time, whatever a manual clock says.
        public const string Remember =
            """
            INSERT INTO idempotency (person_id, key, request, answer, at)
            VALUES (@Person, @Key, @Request, @Answer, clock_timestamp())
            """;
    }
}

/// <summary>A request that came with a key, and its answer as JSON.</summary>
internal sealed record AnsweredRow(string Request, string Answer);
