using System.Text;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Ledger;

namespace PeerReview.Bench;

/// <summary>Copies a template review as often as wanted: every row of it with other ids, another State, and a ledger of its
/// own that verifies.</summary>
internal sealed class Seeder(BenchServer server, IReadOnlyList<string> states)
{
    private const int Batch = 250;

    private static readonly (string Table, string Columns, string Key)[] Tables =
    [
        ("review", "id, programme_id, subject_kind, subject_state, process_id, process_version, framework_id, framework_version, "
            + "variant, status, launched_at, register_consent, next_due_at, turn, sequence, head, state, engine_state, dossier", "id"),
        ("event", "review_id, sequence, programme_id, at, kind, body, salt, chain", "review_id"),
        ("writing", "review_id, kind, key, version, programme_id, content, label, language, author, at, salt", "review_id"),
        ("writing_head", "review_id, kind, key, programme_id, version, withdrawn", "review_id"),
        ("task", "review_id, stage, branch, person_id, role, programme_id, due_at", "review_id"),
        ("deadline", "review_id, stage, branch, programme_id, day, zone, due_at, roles", "review_id"),
        ("reminder", "key, review_id, programme_id, person_id, stage, branch, step, letter, deadline_day, day, zone, due_at, at_once", "review_id"),
        ("outbox", "programme_id, review_id, person_id, topic, key, body, written_at, available_at, delivered_at", "review_id"),
    ];

    /// <summary>People and roles of a programme: an authority for each State, two coordinators.</summary>
    public async Task PeopleAsync() => await server.ExecuteAsync(
        $"""
         INSERT INTO programme (id, slug, name, created_at) VALUES ('{Ids.Programme}', 'bench', 'Bench', now());
         {Person(Ids.Coordinator(0))} {Grant(Ids.Coordinator(0), "COORD", null, null)}
         {Person(Ids.Coordinator(1))} {Grant(Ids.Coordinator(1), "COORD", null, null)}
         {Person(Ids.FocalPoint(0))} {Person(Ids.Alternate(0))}
         {string.Concat(states.Select((state, i) => Person(Ids.Authority(i)) + Grant(Ids.Authority(i), "STATE_AUTH", state, null)))}
         """);

    /// <summary>Copies a review; copy n is <see cref="Ids.Review"/> n, of the State n modulo all.</summary>
    /// <param name="template">The review the program made; its letters count as delivered.</param>
    public async Task CopyAsync(Guid template, int first, int count)
    {
        await server.ExecuteAsync($"UPDATE outbox SET delivered_at = written_at WHERE review_id = '{template}'");
        await using var connection = new NpgsqlConnection(server.Connections.Owner);
        await connection.OpenAsync();
        var rows = new List<(string Table, string Columns, string Text)>();
        foreach (var (table, columns, key) in Tables)
            rows.Add((table, columns, await ReadAsync(connection, table, columns, key, template)));
        await using (var trusting = new NpgsqlCommand("SET session_replication_role = replica", connection))
            await trusting.ExecuteNonQueryAsync();
        for (var begin = first; begin < first + count; begin += Batch)
            await CopyBatchAsync(connection, rows, template, begin, Math.Min(Batch, first + count - begin));
    }

    /// <summary>What is done after all copying: statistics, as a database in use has them.</summary>
    public Task SettleAsync() => server.ExecuteAsync("VACUUM ANALYZE");

    private static async Task<string> ReadAsync(NpgsqlConnection connection, string table, string columns, string key, Guid template)
    {
        using var reader = await connection.BeginTextExportAsync($"COPY (SELECT {columns} FROM {table} WHERE {key} = '{template}' ORDER BY 1, 2) TO STDOUT");
        return await reader.ReadToEndAsync();
    }

    private async Task CopyBatchAsync(
        NpgsqlConnection connection, List<(string Table, string Columns, string Text)> rows, Guid template, int begin, int count)
    {
        var heads = new Dictionary<int, string>();
        // Events first: the row of the review needs the head of its chain.
        foreach (var (table, columns, text) in rows.OrderBy(one => one.Table == "event" ? 0 : 1))
        {
            await using var writer = await connection.BeginTextImportAsync($"COPY {table} ({columns}) FROM STDIN");
            for (var n = begin; n < begin + count; n++)
                await writer.WriteAsync(table == "event"
                    ? Chained(Renamed(text, template, n), n, heads)
                    : table == "review" ? WithHead(Renamed(text, template, n), heads[n]) : Renamed(text, template, n));
        }

        await PeopleOfAsync(connection, begin, count);
    }

    private string Renamed(string text, Guid template, int n) => text
        .Replace(template.ToString(), Ids.Review(n).ToString(), StringComparison.Ordinal)
        .Replace(Ids.Authority(0).ToString(), Ids.Authority(n % states.Count).ToString(), StringComparison.Ordinal)
        .Replace(Ids.FocalPoint(0).ToString(), Ids.FocalPoint(n).ToString(), StringComparison.Ordinal)
        .Replace(Ids.Alternate(0).ToString(), Ids.Alternate(n).ToString(), StringComparison.Ordinal)
        .Replace(Template.State, states[n % states.Count], StringComparison.Ordinal);

    // The layout of COPY: columns by tabs, a backslash doubled.
    private static string Chained(string text, int n, Dictionary<int, string> heads)
    {
        var (review, head, lines) = (new ReviewId(Ids.Review(n)), Digest.Zero, new StringBuilder(text.Length));
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = line.Split('\t');
            var at = DateTimeOffset.Parse(columns[3], System.Globalization.CultureInfo.InvariantCulture);
            var sequence = long.Parse(columns[1], System.Globalization.CultureInfo.InvariantCulture);
            var body = Encoding.UTF8.GetBytes(columns[5].Replace(@"\\", @"\", StringComparison.Ordinal));
            head = LedgerChain.Link(
                head, new LedgerEnvelope(review, sequence, at, columns[4]),
                LedgerChain.Commit(Convert.FromHexString(columns[6].AsSpan(3)), body));
            columns[7] = @"\\x" + head;
            lines.AppendJoin('\t', columns).Append('\n');
        }

        heads[n] = head.ToString();
        return lines.ToString();
    }

    private static string WithHead(string text, string head)
    {
        var columns = text.Split('\t');
        columns[15] = @"\\x" + head;
        return string.Join('\t', columns);
    }

    private async Task PeopleOfAsync(NpgsqlConnection connection, int begin, int count)
    {
        var sql = new StringBuilder();
        for (var n = begin; n < begin + count; n++)
        {
            var state = states[n % states.Count];
            sql.Append(Person(Ids.FocalPoint(n))).Append(Person(Ids.Alternate(n)))
                .Append(Grant(Ids.FocalPoint(n), "STATE_FP", state, Ids.Review(n)))
                .Append(Grant(Ids.Alternate(n), "STATE_ALT", state, Ids.Review(n)))
                .Append(Grant(Ids.Coordinator(0), "COORD", null, Ids.Review(n)))
                .Append(Grant(Ids.Coordinator(1), "COORD", null, Ids.Review(n)));
        }

        await using var command = new NpgsqlCommand(sql.ToString(), connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static string Person(Guid id) =>
        $"INSERT INTO person (id, email, name, created_at) VALUES ('{id}', '{id}@example.org', 'Person {id.ToString()[^6..]}', now()) ON CONFLICT DO NOTHING;\n";

    private static string Grant(Guid person, string role, string? state, Guid? review) =>
        $"""
         INSERT INTO role_grant (id, programme_id, person_id, role, state, review_id, granted_at)
         VALUES (gen_random_uuid(), '{Ids.Programme}', '{person}', '{role}', {Quoted(state)}, {Quoted(review?.ToString())}, now()) ON CONFLICT DO NOTHING;

         """;

    private static string Quoted(string? text) => text is null ? "NULL" : $"'{text}'";
}
