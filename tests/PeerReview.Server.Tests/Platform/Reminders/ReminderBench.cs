using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PeerReview.Core;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Reminders;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Telemetry;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.Platform.Reminders;

/// <summary>A programme with running reviews, open deadlines and people, as rows; and the run over them.</summary>
internal sealed class ReminderBench : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private ReminderBench(TestDatabase test) => Test = test;

    public static readonly ProgrammeId Programme = new(new Guid("11111111-1111-4111-8111-111111111111"));

    public TestDatabase Test { get; }

    public BusinessClock Clock => new(Test.Database);

    public static async Task<ReminderBench> CreateAsync()
    {
        var bench = new ReminderBench(await TestDatabase.CreateAsync());
        await bench.Test.AsOwnerAsync(
            "INSERT INTO programme (id, slug, name, created_at) VALUES (@Id, 'un', 'UN Programme', app.clock())",
            new { Id = Programme.Value });
        await Definitions.LoadAsync(bench.Test.Database, ProgramFiles.Workflows, CancellationToken.None);
        return bench;
    }

    public ReminderRun Run() => new(
        Test.Database, new OutboxSignal(), new ServerMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<ReminderRun>.Instance);

    public async Task<PersonId> PersonAsync(string name, string zone = "UTC")
    {
        var id = Guid.NewGuid();
        await Test.AsOwnerAsync(
            "INSERT INTO person (id, email, name, time_zone, created_at) VALUES (@id, lower(@name) || '@example.org', @name, @zone, app.clock())",
            new { id, name, zone });
        return new PersonId(id);
    }

    /// <summary>A running review with open deadlines on these days.</summary>
    public async Task<ReviewId> ReviewAsync(params (string Stage, DateOnly Day)[] deadlines)
    {
        var id = Guid.NewGuid();
        await Test.AsOwnerAsync(
            """
            INSERT INTO review (id, programme_id, subject_kind, subject_state, process_id, process_version, framework_id,
                                framework_version, variant, status, launched_at, register_consent, sequence, head, state, dossier)
            VALUES (@id, @Programme, 'national', 'PRT', 'voluntary-review', 1, 'un-ict-framework', 1, 'light', 'running',
                    app.clock(), true, 1, decode(repeat('00', 32), 'hex'), '', '')
            """,
            new { id, Programme = Programme.Value });
        foreach (var (stage, day) in deadlines)
        {
            await Test.AsOwnerAsync(
                """
                INSERT INTO deadline (review_id, stage, programme_id, day, zone, due_at, roles)
                VALUES (@id, @stage, @Programme, @day, 'UTC', (@day + 1)::timestamp AT TIME ZONE 'UTC', 'STATE_FP')
                """,
                new { id, stage, day, Programme = Programme.Value });
        }

        return new ReviewId(id);
    }

    public async Task ReconcileAsync(ReviewId review, params PlannedReminder[] plan)
    {
        await using var unit = await Test.Database.BeginAsync(Scope.Of(Programme), CancellationToken.None);
        ReminderRows.Reconcile(unit, Programme, review, await Clock.NowAsync(CancellationToken.None), plan);
        await unit.CommitAsync(CancellationToken.None);
    }

    /// <summary>A step that may go at nine o'clock UTC, so many days from the deadline.</summary>
    public static PlannedReminder Step(ReviewId review, PersonId person, string stage, DateOnly deadline, int days, bool atOnce = false)
    {
        var day = deadline.AddDays(days);
        var step = atOnce ? "escalation_1" : $"day_{days}";
        return new PlannedReminder(
            $"{review}:{stage}::{deadline:yyyy-MM-dd}:{step}:{person}", person, stage, "", step,
            atOnce ? "escalation_1" : "reminder_digest", deadline, day, "UTC", new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero), atOnce);
    }

    public Task<IReadOnlyList<Row>> RowsAsync() => Test.AsOwnerAsync<Row>(
        "SELECT key, step, outcome, why, outbox_key, due_at FROM reminder ORDER BY due_at, key");

    public Task<IReadOnlyList<(string Key, string Body)>> OutboxAsync() =>
        Test.AsOwnerAsync<(string, string)>("SELECT key, body FROM outbox ORDER BY key");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Test.DisposeAsync();
    }

    internal sealed record Row(string Key, string Step, string? Outcome, string? Why, string? OutboxKey, DateTimeOffset DueAt);
}
