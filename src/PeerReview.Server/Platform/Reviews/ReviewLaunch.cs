using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Makes a review: the one command that has no review to lock.</summary>
public sealed class ReviewLaunch(Database database, Definitions definitions, ChangeWriter writer, OutboxSignal outbox)
{
    /// <summary>Launches in one transaction.</summary>
    /// <param name="programme">Must be one of the actor's.</param>
    /// <param name="process">The id of a process the programme offers; its newest version is followed.</param>
    /// <param name="decide">Gets the review before its first event; answers with <see cref="ReviewEvent.Launched"/>, the
    /// signature and <see cref="ProcessCommand.Launch"/>.</param>
    public async Task<Verdict<Receipt>> RunAsync(
        Actor actor, ProgrammeId programme, StateCode subject, string process, CommandKey? key, DecideAsync decide, CancellationToken cancel)
    {
        var verdict = await Database.RetryAsync(
            () => OnceAsync(actor, programme, subject, process, key, decide, cancel), cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            outbox.Wake();
        return verdict;
    }

    private async Task<Verdict<Receipt>> OnceAsync(
        Actor actor, ProgrammeId programme, StateCode subject, string process, CommandKey? key, DecideAsync decide, CancellationToken cancel)
    {
        if (actor.Person is not { } person || actor.Grants.All(g => g.Programme != programme))
            return ReviewRefusals.NotFound;
        await using var unit = await database.BeginAsync(Scope.Of(programme), cancel);
        var (ground, published, answered) = await unit.ReadAsync(
            Sql.Ground,
            new { Programme = programme.Value, Subject = subject.Value, Person = person.Value, CommandKey = key?.Key },
            async grid =>
            {
                var ground = await grid.ReadSingleOrDefaultAsync<Ground>();
                var holders = await grid.ReadAsync<HolderRow>();
                var published = (await grid.ReadAsync<ProcessPin>()).ToList();
                return (ground is null ? null : Fresh(programme, ground, holders), published, await grid.ReadSingleOrDefaultAsync<AnsweredRow>());
            },
            cancel);
        if (answered is not null)
            return IdempotencyAnswers.Again<Receipt>(answered, key!);
        if (ground is null)
            return ReviewRefusals.UnknownState(subject);

        var offered = await definitions.OfferedAsync(published, cancel);
        if (offered.FirstOrDefault(one => one.Id == process) is not { } followed)
            return new Refusal("launch.unknown-process", RefusalKind.Invalid, "process").With("process", process);
        ground = ground with { Process = followed, State = ProcessState.Initial(followed) };
        var work = new ReviewWork(unit, ground, actor, current: null);
        return await writer.CommitAsync(unit, work, await decide(work, cancel), key, cancel);
    }

    private LoadedReview Fresh(ProgrammeId programme, Ground ground, IEnumerable<HolderRow> holders) => new()
    {
        Id = new ReviewId(Guid.CreateVersion7()),
        Programme = programme,
        ProgrammeName = ground.ProgrammeName,
        Process = definitions.Offered,
        Framework = definitions.Current,
        State = ProcessState.Initial(definitions.Offered),
        Dossier = Dossier.Empty,
        Subject = new StateRow(ground.Iso3, ground.TimeZone, Weekdays.Read(ground.Weekend)),
        Rolling = ground.Rolling,
        People = [.. holders.Select(h => h.ToHolder())],
        Sequence = 0,
        Head = Digest.Zero,
        EngineState = "",
        Now = ground.Now,
    };

    private sealed record Ground(
        string ProgrammeName, bool Rolling, string Iso3, string TimeZone, string[] Weekend, DateTimeOffset Now);

    private static class Sql
    {
        public const string Ground =
            """
            SELECT p.name AS programme_name, coalesce((p.settings ->> 'rolling')::boolean, true) AS rolling,
                   s.iso3, s.time_zone, s.weekend, app.clock() AS now
            FROM programme p CROSS JOIN state s
            WHERE p.id = @Programme AND s.iso3 = @Subject;
            SELECT g.person_id, g.role, g.state, false AS for_this_review, p.name, p.office, p.language, p.time_zone
            FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.programme_id = @Programme AND g.review_id IS NULL AND g.ended_at IS NULL
              AND g.role IN ('STATE_AUTH', 'COORD', 'COORD_HEAD') AND (g.state IS NULL OR g.state = @Subject)
            ORDER BY g.role, p.name, g.person_id;
            SELECT id, version FROM process_publication WHERE programme_id = @Programme ORDER BY id, version;
            """ + IdempotencyAnswers.Find;
    }
}
