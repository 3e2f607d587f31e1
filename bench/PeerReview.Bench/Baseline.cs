using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace PeerReview.Bench;

/// <summary>T: committed transactions per second of a bare script (two inserts and one update, prepared, fsync on). What
/// everything else is measured against, because a machine's speed says nothing about ours.</summary>
internal static class Baseline
{
    private const int Rows = 100_000;

    private const string Tables =
        """
        DROP TABLE IF EXISTS base_entry, base_row;
        CREATE TABLE base_row (id integer PRIMARY KEY, n bigint NOT NULL, at timestamptz NOT NULL);
        CREATE TABLE base_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, row_id integer NOT NULL, text text NOT NULL);
        INSERT INTO base_row SELECT i, 0, now() FROM generate_series(1, 100000) AS i;
        VACUUM ANALYZE base_row;
        CHECKPOINT
        """;

    private const string Script =
        """
        \set id random(1, 100000)
        BEGIN;
        UPDATE base_row SET n = n + 1, at = clock_timestamp() WHERE id = :id;
        INSERT INTO base_entry (row_id, text) VALUES (:id, 'two hundred bytes of text, more or less, as an entry of a ledger would have them');
        INSERT INTO base_entry (row_id, text) VALUES (:id, 'two hundred bytes of text, more or less, as an entry of a ledger would have them');
        COMMIT;
        """;

    public static async Task RunAsync(Arguments arguments)
    {
        await using var server = await BenchServer.StartAsync();
        await MeasureAsync(server, arguments.Clients, arguments.Time);
    }

    /// <summary>Measures T by pgbench where there is one, else by Npgsql, and prints all there is.</summary>
    public static async Task<double> MeasureAsync(BenchServer server, int clients, TimeSpan time)
    {
        await PrepareAsync(server);
        var byPgbench = await PgbenchAsync(server, clients, time);
        var byNpgsql = await NpgsqlAsync(server, clients, time, together: false);
        var together = await NpgsqlAsync(server, clients, time, together: true);
        var t = byPgbench ?? byNpgsql.PerSecond;
        Report.Say($"T = {t:F0} transactions per second ({(byPgbench is null ? "Npgsql; there is no pgbench" : "pgbench")}, {clients} clients, fsync on)");
        var report = new Report(t);
        report.Line("the same by Npgsql, statement by statement", byNpgsql);
        report.Line("the same by Npgsql, one round trip", together);
        return t;
    }

    private static async Task PrepareAsync(BenchServer server)
    {
        await using var connection = new NpgsqlConnection(server.Superuser);
        await connection.OpenAsync();
        foreach (var statement in Tables.Split(';'))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<double?> PgbenchAsync(BenchServer server, int clients, TimeSpan time)
    {
        var program = new[] { Path.Combine(server.Binaries, "pgbench"), "/usr/bin/pgbench" }.FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Script);
        var settings = new NpgsqlConnectionStringBuilder(server.Superuser);
        using var run = Process.Start(new ProcessStartInfo(program, string.Create(
            CultureInfo.InvariantCulture,
            $"-n -M prepared -c {clients} -j 2 -T {time.TotalSeconds:F0} -f {script} -h {settings.Host} -p {settings.Port} -U {settings.Username} postgres"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        File.Delete(script);
        var line = output.Split('\n').FirstOrDefault(one => one.StartsWith("tps = ", StringComparison.Ordinal));
        return line is null
            ? throw new InvalidOperationException($"pgbench did not say how fast it was: {await run.StandardError.ReadToEndAsync()}")
            : double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static async Task<Measured> NpgsqlAsync(BenchServer server, int clients, TimeSpan time, bool together)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.Superuser) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 1, NoResetOnClose = true });
        var chance = Enumerable.Range(0, clients).Select(seed => new Random(seed)).ToArray();
        return await Load.RunAsync(clients, time, client => together
            ? TogetherAsync(source, chance[client].Next(1, Rows + 1))
            : OneByOneAsync(source, chance[client].Next(1, Rows + 1)));
    }

    private static async Task TogetherAsync(NpgsqlDataSource source, int id)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in Sql.All)
            batch.BatchCommands.Add(Fill(new NpgsqlBatchCommand(statement), id));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task OneByOneAsync(NpgsqlDataSource source, int id)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in Sql.All)
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Fill(new NpgsqlBatchCommand(statement), id) } };
            await batch.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static NpgsqlBatchCommand Fill(NpgsqlBatchCommand command, int id)
    {
        command.Parameters.Add(new NpgsqlParameter<int>("Id", NpgsqlDbType.Integer) { TypedValue = id });
        if (command.CommandText != Sql.Update)
            command.Parameters.Add(new NpgsqlParameter<string>("Text", NpgsqlDbType.Text) { TypedValue = new string('x', 200) });
        return command;
    }

    private static class Sql
    {
        public const string Update = "UPDATE base_row SET n = n + 1, at = clock_timestamp() WHERE id = @Id";

        public const string Insert = "INSERT INTO base_entry (row_id, text) VALUES (@Id, @Text)";

        public static readonly string[] All = [Update, Insert, Insert];
    }
}
