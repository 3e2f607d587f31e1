using System.Globalization;

namespace PeerReview.Testing;

/// <summary>What a database holds: how many rows each table has and where each record ends. The same before and after means
/// that nothing changed.</summary>
public static class Holdings
{
    /// <summary>One line a table, one line a review.</summary>
    public static async Task<string> HoldingsAsync(this TestDatabase database)
    {
        var tables = await database.AsOwnerAsync<string>(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname");
        var counts = await database.AsOwnerAsync<string>(string.Join(
            " UNION ALL ", tables.Select(table => string.Create(
                CultureInfo.InvariantCulture, $"SELECT '{table} ' || count(*) FROM \"{table}\""))));
        var heads = await database.AsOwnerAsync<string>(
            "SELECT id || ' ' || status || ' ' || sequence || ' ' || encode(head, 'hex') || ' ' || md5(state || dossier) FROM review ORDER BY id");
        return string.Join('\n', counts.Order(StringComparer.Ordinal).Concat(heads));
    }
}
