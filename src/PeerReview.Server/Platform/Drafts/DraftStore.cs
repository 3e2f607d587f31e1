using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Drafts;

/// <summary>Keeps drafts and forgets them. Each person reaches their own; PostgreSQL holds that too.</summary>
public sealed class DraftStore(Database database)
{
    /// <summary>Keeps what stands in a form instead of what was kept of it before.</summary>
    /// <returns>False when it is no page of ours or too long: nothing was kept.</returns>
    public async Task<bool> KeepAsync(PersonId person, Form form, CancellationToken cancel)
    {
        var (page, part, fields) = (form.Text(Draft.PageField), form.Text(Draft.PartField), Draft.Write(form));
        if (ReturnTo.Safe(page) != page || page.Length > 300 || part.Length > 100 || fields.Length > Draft.MaxLength)
            return false;
        await database.ExecuteAsync(
            Scope.None, Sql.Keep,
            new { Person = person.Value, Page = page, Part = part, Fields = fields, Most = Draft.MaxPerPerson }, cancel);
        return true;
    }

    /// <summary>What a person typed into the forms of a page and has not saved. A page that is drawn afresh has it with the caller.</summary>
    public async Task<IReadOnlyList<Draft>> OfPageAsync(PersonId person, string page, CancellationToken cancel) => await database.ReadAsync(
        Scope.None, Sql.OfPage, new { Person = person.Value, Page = page },
        async grid =>
        {
            await grid.ReadSingleAsync<string>();
            return (await grid.ReadAsync<Row>()).Select(row => Draft.Read(row.Part, row.Fields, row.KeptAt)).ToList();
        },
        cancel);

    /// <summary>What a person typed into the pages below a path and has not saved, by page.</summary>
    /// <param name="under">A path that ends with a slash.</param>
    public async Task<IReadOnlyList<(string Page, Draft Draft)>> UnderAsync(PersonId person, string under, CancellationToken cancel) => await database.ReadAsync(
        Scope.None, Sql.Under, new { Person = person.Value, Under = under },
        async grid =>
        {
            await grid.ReadSingleAsync<string>();
            return (await grid.ReadAsync<RowOfPage>()).Select(row => (row.Page, Draft.Read(row.Part, row.Fields, row.KeptAt))).ToList();
        },
        cancel);

    /// <summary>Forgets what was kept of a form; nothing kept is fine.</summary>
    public Task ForgetAsync(PersonId person, string page, string part, CancellationToken cancel) =>
        database.ExecuteAsync(Scope.None, Sql.Forget, new { Person = person.Value, Page = page, Part = part }, cancel);

    private sealed record Row(string Part, string Fields, DateTimeOffset KeptAt);

    private sealed record RowOfPage(string Page, string Part, string Fields, DateTimeOffset KeptAt);

    private static class Sql
    {
        public const string OfPage =
            """
            SELECT set_config('app.person', @Person::text, true);
            SELECT part, fields::text AS fields, kept_at FROM draft WHERE person_id = @Person AND page = @Page ORDER BY part
            """;

        public const string Under =
            """
            SELECT set_config('app.person', @Person::text, true);
            SELECT page, part, fields::text AS fields, kept_at FROM draft WHERE person_id = @Person AND starts_with(page, @Under) ORDER BY page, part
            """;

        public const string Keep =
            """
            SELECT set_config('app.person', @Person::text, true);
            INSERT INTO draft (person_id, page, part, fields, kept_at)
            VALUES (@Person, @Page, @Part, @Fields::json, app.clock())
            ON CONFLICT (person_id, page, part) DO UPDATE SET fields = excluded.fields, kept_at = excluded.kept_at;
            DELETE FROM draft WHERE person_id = @Person AND (page, part) IN (
                SELECT page, part FROM draft WHERE person_id = @Person ORDER BY kept_at DESC, page, part OFFSET @Most)
            """;

        public const string Forget =
            """
            SELECT set_config('app.person', @Person::text, true);
            DELETE FROM draft WHERE person_id = @Person AND page = @Page AND part = @Part
            """;
    }
}
