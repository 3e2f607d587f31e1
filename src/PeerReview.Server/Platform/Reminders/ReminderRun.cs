using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Telemetry;

namespace PeerReview.Server.Platform.Reminders;

/// <summary>Turns due reminders into letters: person by person, one digest per person and day. Any number of runs may
/// overlap.</summary>
/// <remarks>
/// The key of a part is the person: all that is due for one goes in one digest, so nothing smaller can be claimed. A person
/// is held by an advisory lock for the transaction; what is due for them is read again under it, and the key of
/// the digest is unique, so neither two runs nor a run that died in between write a second one.
/// </remarks>
public sealed partial class ReminderRun(Database database, OutboxSignal signal, ServerMetrics metrics, ILogger<ReminderRun> log)
    : IKeyedDueWork
{
    private const int People = 100;

    // Rows looked at to find people nobody holds: several runs find different ones among them.
    private const int Window = 2_000;

    private readonly Database _database = database.Worker;

    /// <inheritdoc/>
    public string Name => "reminders";

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextAsync(DateTimeOffset after, CancellationToken cancel) =>
        _database.SingleOrDefaultAsync<DateTimeOffset?>(Scope.None, Sql.Next, new { After = after }, cancel);

    /// <summary>Settles everything that is due by business time; answers how many people it concerned.</summary>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var (handled, alone) = (0, 0);
        var passed = new List<Guid>();
        while (!cancel.IsCancellationRequested)
        {
            var held = new List<Guid>();
            try
            {
                var settled = await SettleNextAsync(alone > 0 ? 1 : People, passed, held);
                if (held.Count == 0)
                    break;
                alone = Math.Max(0, alone - 1);
                handled += settled.Count;
                // Whoever had nothing left: a command or another run is just taking their rows away.
                passed.AddRange(held.Except(settled));
            }
            catch (Exception problem) when (held.Count > 0)
            {
                // Nothing of the batch was kept. Its people go one by one, and whoever cannot be settled is passed over until the next run.
                SettlingFailed(log, problem, held.Count);
                if (held.Count == 1)
                    passed.Add(held[0]);
                alone = held.Count == 1 ? Math.Max(0, alone - 1) : held.Count;
            }
        }

        if (handled > 0)
            signal.Wake();
        return handled;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DueAsync(CancellationToken cancel) =>
        [.. (await _database.QueryAsync<Guid>(Scope.None, Sql.DuePeople, null, cancel)).Select(person => person.ToString())];

    /// <inheritdoc/>
    public async Task<int> DrainAsync(string key, CancellationToken cancel)
    {
        await using var unit = await _database.BeginAsync(Scope.None, CancellationToken.None);
        var taken = await unit.QueryAsync<Taken>(Sql.TakeOne, new { Person = Guid.Parse(key) }, CancellationToken.None);
        if (taken is not [{ Now: var now }])
            return 0;
        var settled = await SettleAsync(unit, taken, now);
        if (settled.Count > 0)
            signal.Wake();
        return settled.Count;
    }

    /// <inheritdoc/>
    public Task<bool> IsInOtherHandsAsync(CancellationToken cancel) =>
        _database.SingleOrDefaultAsync<bool>(Scope.None, Sql.InOtherHands, new { Window }, cancel);

    /// <summary>One transaction; answers whose reminders it settled. It holds nobody when nobody is left whom no other run
    /// holds.</summary>
    private async Task<HashSet<Guid>> SettleNextAsync(int size, List<Guid> passed, List<Guid> held)
    {
        await using var unit = await _database.BeginAsync(Scope.None, CancellationToken.None);
        var taken = await unit.QueryAsync<Taken>(
            Sql.Take, new { Size = size, Window, Passed = passed.ToArray() }, CancellationToken.None);
        if (taken is not [{ Now: var now }, ..])
            return [];
        held.AddRange(taken.Select(one => one.PersonId));
        return await SettleAsync(unit, taken, now);
    }

    /// <summary>Settles what is due for people the unit holds, and commits; answers whose.</summary>
    private async Task<HashSet<Guid>> SettleAsync(UnitOfWork unit, IReadOnlyList<Taken> taken, DateTimeOffset now)
    {
        var people = taken.Select(one => one.PersonId).ToArray();
        var due = await unit.QueryAsync<DueReminder>(Sql.Due, new { People = people, Now = now }, CancellationToken.None);
        var choices = due.GroupBy(one => one.PersonId).Select(rows => ReminderChoice.Of([.. rows], now)).ToList();
        var written = await WriteLettersAsync(unit, choices);
        Settle(unit, choices, written);
        await unit.CommitAsync(CancellationToken.None);
        foreach (var one in due.Where(one => one.DueAt <= now))
            metrics.ReminderSettled(now - one.DueAt);
        return [.. due.Where(one => one.DueAt <= now).Select(one => one.PersonId)];
    }

    private static async Task<HashSet<string>> WriteLettersAsync(UnitOfWork unit, List<ReminderChoice> choices)
    {
        var letters = choices.SelectMany(choice => choice.Letters().Select(one => (choice, one.About, one.Letter))).ToList();
        if (letters.Count == 0)
            return [];
        var keys = await unit.QueryAsync<string>(
            Sql.Write,
            new
            {
                Topic = OutboxWriter.Mail,
                Keys = letters.Select(one => one.Letter.Key).ToArray(),
                Bodies = letters.Select(one => LetterJson.Write(one.Letter.Letter)).ToArray(),
                People = letters.Select(one => one.About.PersonId).ToArray(),
                Programmes = letters.Select(one => Common(one.choice, one.About, one.Letter, about => about.ProgrammeId)).ToArray(),
                Reviews = letters.Select(one => Common(one.choice, one.About, one.Letter, about => about.ReviewId)).ToArray(),
            },
            CancellationToken.None);
        return keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A digest belongs to a programme or review only when every line does.</summary>
    private static Guid? Common(ReminderChoice choice, DueReminder about, KeyedLetter letter, Func<DueReminder, Guid> of) =>
        letter.Key != choice.DigestKey || choice.InDigest.All(one => of(one) == of(about)) ? of(about) : null;

    private static void Settle(UnitOfWork unit, List<ReminderChoice> choices, HashSet<string> written)
    {
        var outcomes = choices.SelectMany(choice => Outcomes(choice, written)).ToList();
        if (outcomes.Count > 0)
        {
            unit.Write(Sql.Settle, new
            {
                Keys = outcomes.Select(one => one.Key).ToArray(),
                Outcomes = outcomes.Select(one => one.Outcome).ToArray(),
                Whys = outcomes.Select(one => one.Why).ToArray(),
                OutboxKeys = outcomes.Select(one => one.OutboxKey).ToArray(),
            });
        }

        var waiting = choices.Where(choice => !written.Contains(choice.DigestKey)).SelectMany(choice => choice.InDigest.Select(one => (choice, one))).ToList();
        if (waiting.Count > 0)
        {
            unit.Write(Sql.Postpone, new
            {
                Keys = waiting.Select(one => one.one.Key).ToArray(),
                DueAts = waiting.Select(one => one.choice.Tomorrow(one.one)).ToArray(),
            });
        }
    }

    private static IEnumerable<(string Key, string Outcome, string? Why, string? OutboxKey)> Outcomes(
        ReminderChoice choice, HashSet<string> written)
    {
        foreach (var (reminder, outcome, why) in choice.NotSent)
            yield return (reminder.Key, outcome, why, null);
        foreach (var one in choice.AtOnce)
            yield return (one.Key, ReminderChoice.Sent, null, choice.KeyOf(one));
        if (!written.Contains(choice.DigestKey))
            yield break;
        foreach (var one in choice.InDigest)
            yield return (one.Key, ReminderChoice.Sent, null, choice.DigestKey);
    }

    private sealed record Taken(Guid PersonId, DateTimeOffset Now);

    [LoggerMessage(LogLevel.Error, "Reminders of {People} people could not be settled")]
    private static partial void SettlingFailed(ILogger log, Exception e, int people);

    private static class Sql
    {
        public const string Next =
            "SELECT min(due_at) FROM reminder WHERE settled_at IS NULL AND due_at > @After";

        // The window is read first and without locks; the lock of a person is tried row by row until enough are held.
        public const string Take =
            """
            WITH clock AS MATERIALIZED (SELECT app.clock() AS now),
            earliest AS MATERIALIZED (
                SELECT person_id, due_at FROM reminder
                WHERE settled_at IS NULL AND due_at <= (SELECT now FROM clock) AND NOT person_id = ANY (@Passed)
                ORDER BY due_at, person_id
                LIMIT @Window),
            people AS MATERIALIZED (
                SELECT person_id FROM earliest GROUP BY person_id ORDER BY min(due_at), person_id)
            SELECT person_id, (SELECT now FROM clock) AS now FROM people
            WHERE pg_try_advisory_xact_lock(hashtextextended('reminder ' || person_id, 0))
            LIMIT @Size
            """;

        public const string DuePeople =
            """
            SELECT person_id FROM reminder
            WHERE settled_at IS NULL AND due_at <= (SELECT app.clock())
            GROUP BY person_id
            ORDER BY min(due_at), person_id
            """;

        public const string TakeOne =
            """
            SELECT @Person::uuid AS person_id, app.clock() AS now
            WHERE pg_try_advisory_xact_lock(hashtextextended('reminder ' || @Person::uuid, 0))
            """;

        public const string InOtherHands =
            """
            SELECT EXISTS (
                SELECT FROM (
                    SELECT person_id FROM reminder
                    WHERE settled_at IS NULL AND due_at <= (SELECT app.clock())
                    ORDER BY due_at, person_id
                    LIMIT @Window) AS due
                WHERE NOT pg_try_advisory_xact_lock(hashtextextended('reminder ' || person_id, 0)))
            """;

        // No day is longer than 25 hours: what is due later on the person's day is among these, and other sides of one stage, in whose zones
        // it is a little earlier.
        // Rows a command holds at this moment are being withdrawn by it: they are no longer ours to send.
        public const string Due =
            """
            SELECT r.key, r.person_id, r.review_id, r.programme_id, r.stage, r.branch, r.letter, r.deadline_day, r.zone,
                   r.due_at, r.at_once, coalesce(p.closed_at <= @Now, false) AS closed, p.time_zone,
                   v.status, v.subject_state, v.subject_kind, v.variant, v.launched_at, v.process_id, v.process_version, v.theme, d.day AS standing_day, d.due_at AS standing_due_at,
                   d.roles AS standing_roles, (
                       SELECT g.state FROM role_grant g
                       WHERE g.review_id = r.review_id AND g.role IN ('REV_FP', 'REV_EXPERT') AND g.ended_at IS NULL
                         AND r.branch IN (g.state, g.person_id::text)
                       LIMIT 1) AS branch_state, (
                       SELECT string_agg(DISTINCT o.role, ' ') FROM role_grant o
                       WHERE o.person_id = r.person_id AND o.ended_at IS NULL AND o.programme_id = r.programme_id
                         AND coalesce(o.review_id, r.review_id) = r.review_id) AS own_roles,
                   CASE WHEN r.step LIKE 'suspends\_%' THEN r.day + split_part(r.step, '_', 2)::integer END AS suspends
            FROM reminder r
            JOIN person p ON p.id = r.person_id
            JOIN review v ON v.id = r.review_id
            LEFT JOIN deadline d ON d.review_id = r.review_id AND d.stage = r.stage AND d.branch = r.branch
            WHERE r.person_id = ANY (@People) AND r.settled_at IS NULL
              AND r.due_at <= @Now + interval '25 hours'
            ORDER BY r.key
            FOR UPDATE OF r SKIP LOCKED
            """;

        public const string Write =
            """
            INSERT INTO outbox (programme_id, review_id, person_id, topic, key, body, written_at, available_at)
            SELECT l.programme, l.review, l.person, @Topic, l.key, l.body, app.clock(), clock_timestamp()
            FROM unnest(@Keys::text[], @Bodies::text[], @People::uuid[], @Programmes::uuid[], @Reviews::uuid[])
                AS l (key, body, person, programme, review)
            ON CONFLICT (key) DO NOTHING
            RETURNING key
            """;

        public const string Settle =
            """
            UPDATE reminder SET settled_at = app.clock(), outcome = o.outcome, why = o.why, outbox_key = o.outbox_key
            FROM unnest(@Keys::text[], @Outcomes::text[], @Whys::text[], @OutboxKeys::text[]) AS o (key, outcome, why, outbox_key)
            WHERE reminder.key = o.key AND reminder.settled_at IS NULL
            """;

        public const string Postpone =
            """
            UPDATE reminder SET due_at = o.due_at
            FROM unnest(@Keys::text[], @DueAts::timestamptz[]) AS o (key, due_at)
            WHERE reminder.key = o.key AND reminder.settled_at IS NULL
            """;
    }
}
