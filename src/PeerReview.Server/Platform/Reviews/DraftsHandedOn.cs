using PeerReview.Core;
using PeerReview.Server.Platform.Drafts;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What somebody typed into the forms of a review and did not save goes to whoever follows them, if they who leave wish it:
/// until then it is nobody else's business.</summary>
public static class DraftsHandedOn
{
    /// <summary>Adds it to a change; the person who gives the command is the one who leaves. What the successor typed stays.</summary>
    public static async Task AddAsync(ReviewChange change, ReviewWork work, PersonId to, CancellationToken cancel)
    {
        var from = work.Person.Value;
        var pages = $"/reviews/{work.Review.Id}/%";
        var drafts = await work.ReadAsync(
            Sql.Own, new { Person = from, Pages = pages },
            async grid =>
            {
                await grid.ReadAsync<string>();
                return (await grid.ReadAsync<Row>()).ToList();
            },
            cancel);
        if (drafts.Count == 0)
            return;
        // The database lets everybody reach their own alone, so the rows go out as one person's and in as the other's.
        change.Also(Sql.Remove, new { Person = from, Pages = pages });
        change.Also(Sql.As, new { Person = to.Value });
        var name = work.Review.Find(work.Person)?.Name ?? "";
        foreach (var draft in drafts)
            change.Also(Sql.Keep, new { Person = to.Value, draft.Page, draft.Part, Fields = Draft.HandOn(draft.Fields, name), draft.KeptAt });
        change.Also(Sql.As, new { Person = from });
    }

    private sealed record Row(string Page, string Part, string Fields, DateTimeOffset KeptAt);

    private static class Sql
    {
        public const string Own =
            """
            SELECT set_config('app.person', @Person::text, true);
            SELECT page, part, fields::text AS fields, kept_at FROM draft WHERE person_id = @Person AND page LIKE @Pages
            """;

        public const string As = "SELECT set_config('app.person', @Person::text, true)";

        public const string Remove = "DELETE FROM draft WHERE person_id = @Person AND page LIKE @Pages";

        public const string Keep =
            """
            INSERT INTO draft (person_id, page, part, fields, kept_at) VALUES (@Person, @Page, @Part, @Fields::json, @KeptAt)
            ON CONFLICT (person_id, page, part) DO NOTHING
            """;
    }
}
