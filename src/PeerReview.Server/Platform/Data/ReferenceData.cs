using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using Dapper;
using Npgsql;

namespace PeerReview.Server.Platform.Data;

/// <summary>Loads <c>workflows/reference/states.csv</c> into the table <c>state</c>; harmless when run again.</summary>
/// <remarks>A State that left the file stays in the table: reviews may name it.</remarks>
public static class ReferenceData
{
    private const string ChecksumKey = "reference.states.sha256";

    /// <summary>Loads the file unless the database holds this very version; answers how many States the file has.</summary>
    /// <param name="owner">The login of the migrator.</param>
    /// <param name="statesFile">Path of the CSV file, UTF-8 with a header.</param>
    public static async Task<int> LoadStatesAsync(string owner, string statesFile, CancellationToken cancel)
    {
        if (!File.Exists(statesFile))
            throw new DatabaseException($"The file of States is not there: {statesFile}.");
        var bytes = await File.ReadAllBytesAsync(statesFile, cancel);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var states = Read(bytes);

        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Two nodes at once: the second waits here and then finds the checksum.
        await connection.ExecuteAsync(new CommandDefinition(Sql.LockSettings, cancellationToken: cancel));
        var held = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(Sql.Held, new { Key = ChecksumKey }, cancellationToken: cancel));
        if (!string.Equals(held, checksum, StringComparison.Ordinal))
        {
            await connection.ExecuteAsync(new CommandDefinition(Sql.Upsert, states, cancellationToken: cancel));
            await connection.ExecuteAsync(new CommandDefinition(
                Sql.Hold, new { Key = ChecksumKey, Value = checksum }, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
        return states.Count;
    }

    private static List<Row> Read(byte[] bytes)
    {
        using var csv = new CsvReader(new StreamReader(new MemoryStream(bytes)), CultureInfo.InvariantCulture);
        var rows = new List<Row>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            string Field(string name) => csv.GetField(name) ?? "";
            string[] List(string name) => Field(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            rows.Add(new Row(
                Field("iso3"), Field("iso2"), Field("m49"), Field("status"),
                Field("un_regional_group") is { Length: > 0 } group ? group : null,
                List("m49_regions"), Field("time_zone"), List("weekend"),
                Field("ar"), Field("zh"), Field("en"), Field("fr"), Field("ru"), Field("es"),
                Field("sort_en") is { Length: > 0 } sort ? sort : Field("en"),
                List("official_languages_un")));
        }

        return rows;
    }

    private sealed record Row(
        string Iso3, string Iso2, string M49, string Status, string? Group, string[] Regions, string TimeZone,
        string[] Weekend, string Ar, string Zh, string En, string Fr, string Ru, string Es, string SortEn,
        string[] Languages);

    private static class Sql
    {
        public const string LockSettings = "SET LOCAL ROLE pr_owner; LOCK TABLE app.setting IN SHARE ROW EXCLUSIVE MODE";

        public const string Held = "SELECT value FROM app.setting WHERE key = @Key";

        public const string Hold =
            """
            INSERT INTO app.setting (key, value) VALUES (@Key, @Value)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """;

        public const string Upsert =
            """
            INSERT INTO state (iso3, iso2, m49, status, un_regional_group, m49_regions, time_zone, weekend,
                               name_ar, name_zh, name_en, name_fr, name_ru, name_es, sort_en, languages)
            VALUES (@Iso3, @Iso2, @M49, @Status, @Group, @Regions, @TimeZone, @Weekend,
                    @Ar, @Zh, @En, @Fr, @Ru, @Es, @SortEn, @Languages)
            ON CONFLICT (iso3) DO UPDATE SET
                iso2 = excluded.iso2, m49 = excluded.m49, status = excluded.status,
                un_regional_group = excluded.un_regional_group, m49_regions = excluded.m49_regions,
                time_zone = excluded.time_zone, weekend = excluded.weekend,
                name_ar = excluded.name_ar, name_zh = excluded.name_zh, name_en = excluded.name_en,
                name_fr = excluded.name_fr, name_ru = excluded.name_ru, name_es = excluded.name_es,
                sort_en = excluded.sort_en, languages = excluded.languages
            """;
    }
}
