using System.Collections.Immutable;
using Dapper;

namespace PeerReview.Server.Platform.Drafts;

/// <summary>The pages on which somebody typed something that is kept for them and not saved, to be read along with what a page shows.</summary>
public static class TypedPages
{
    /// <summary>To be read along with other statements; they use <c>@Person</c> and <c>@Under</c>, the beginnings of the paths.</summary>
    public const string Statements =
        """
        SELECT set_config('app.person', @Person::text, true);
        SELECT page FROM draft
        WHERE person_id = @Person AND EXISTS (SELECT FROM unnest(@Under::text[]) AS above (path) WHERE starts_with(page, above.path))
        ORDER BY page
        """;

    /// <summary>Reads the results of the statements: paths, each once.</summary>
    public static async Task<ImmutableArray<string>> ReadAsync(SqlMapper.GridReader grid)
    {
        await grid.ReadSingleAsync<string>();
        return [.. (await grid.ReadAsync<string>()).Distinct(StringComparer.Ordinal)];
    }
}
