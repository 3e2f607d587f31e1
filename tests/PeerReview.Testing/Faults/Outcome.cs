using System.Text.RegularExpressions;
using PeerReview.Testing.Journeys;

namespace PeerReview.Testing.Faults;

/// <summary>What a journey left behind, line by line, without what differs from run to run: ids, days, addresses.</summary>
public static partial class Outcome
{
    /// <summary>Reads it. Every letter must be out before.</summary>
    /// <param name="post">The folder of letters.</param>
    public static async Task<string> OfAsync(Ground ground, Guid review, string post)
    {
        var rows = await ground.Database.AsOwnerAsync<string>(Sql.Rows, new { Review = review });
        var addresses = (await ground.Database.AsOwnerAsync<string>(Sql.Readers, new { ground.Programme })).ToHashSet(StringComparer.Ordinal);
        var letters = Eml.ReadAll(post).Where(letter => addresses.Contains(letter.Recipient))
            .Select(letter => $"post {letter.Recipient.Split('.')[..^2].Aggregate((a, b) => $"{a} {b}")}: {YearOfLaunch().Replace(letter["Subject"], "YEAR")}");
        return string.Join('\n', rows.Concat(letters.Order(StringComparer.Ordinal)));
    }

    [GeneratedRegex("20[0-9]{2}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YearOfLaunch();

    private static class Sql
    {
        public const string Readers =
            """
            SELECT DISTINCT p.email FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.programme_id = @Programme
            """;

        // Ids and days stand in texts and keys, too.
        public const string Rows =
            """
            WITH plain (sort, line) AS (
                SELECT 1, 'event ' || lpad(sequence::text, 4, '0') || ' ' || kind FROM event WHERE review_id = @Review
                UNION ALL SELECT 2, 'text ' || kind || ' ' || key || ' ' || version || ' ' || coalesce(label, '') || ' ' || content
                    FROM writing WHERE review_id = @Review
                UNION ALL SELECT 3, 'letter ' || split_part(o.key, ':', 1) || ' to ' || p.name
                    || CASE WHEN o.delivered_at IS NULL THEN ' is not out' ELSE '' END
                    FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.review_id = @Review
                UNION ALL SELECT 4, 'reminder ' || m.stage || ' ' || m.branch || ' ' || m.step || ' ' || m.day - m.deadline_day || ' to ' || p.name
                    || ' ' || coalesce(m.outcome, 'waits')
                    FROM reminder m JOIN person p ON p.id = m.person_id WHERE m.review_id = @Review
                UNION ALL SELECT 5, 'deadline ' || stage || ' ' || branch FROM deadline WHERE review_id = @Review
                UNION ALL SELECT 6, 'task ' || t.stage || ' ' || t.role || ' of ' || p.name FROM task t JOIN person p ON p.id = t.person_id
                    WHERE t.review_id = @Review
                UNION ALL SELECT 7, 'status ' || status || ' ' || sequence FROM review WHERE id = @Review)
            SELECT regexp_replace(
                regexp_replace(line, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32}', '#', 'g'),
                '20[0-9]{2}-[0-9]{2}-[0-9]{2}', 'DAY', 'g')
            FROM plain ORDER BY sort, 1
            """;
    }
}
