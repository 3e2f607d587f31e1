using System.Globalization;
using System.Text;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Whether state, dossier and deadlines of a review are what its events add up to.</summary>
internal sealed class Snapshots
{
    private readonly Dictionary<(string Id, int Version), ProcessDefinition> _processes;

    private Snapshots(Dictionary<(string Id, int Version), ProcessDefinition> processes) => _processes = processes;

    /// <summary>Reads every process the database has seen; those that cannot be read any more are a finding of their own.</summary>
    public static async Task<Snapshots> LoadAsync(UnitOfWork unit, CancellationToken cancel) => new(
        (await DefinitionHashes.ReadAsync(unit, cancel))
            .Select(one => one.File?.Process).OfType<ProcessDefinition>()
            .ToDictionary(process => (process.Id, process.Version)));

    /// <summary>What differs.</summary>
    public IEnumerable<Finding> Differing(History history)
    {
        if (history.Kept is not { } kept || !_processes.TryGetValue((kept.Process, kept.ProcessVersion), out var process))
            return [];
        var (state, dossier) = Fold(process, history.Rows);
        return new[]
        {
            (Rule: "state-not-its-events", Differs: ProcessJson.WriteState(state) != kept.State),
            (Rule: "dossier-not-its-events", Differs: ReviewJson.Write(dossier) != kept.Dossier),
            (Rule: "deadlines-not-the-open-stages", Differs: Deadlines(process, state, dossier) != kept.Deadlines),
        }.Where(one => one.Differs).Select(one => new Finding(one.Rule, history.Review.ToString()));
    }

    private static (ProcessState State, Dossier Dossier) Fold(ProcessDefinition process, List<LedgerRow> rows)
    {
        var (state, dossier) = (ProcessState.Initial(process), Dossier.Empty);
        foreach (var row in rows)
        {
            var body = Encoding.UTF8.GetString(((LedgerBody.Open)row.Body).CanonicalJson.Span);
            if (ProcessJson.Knows(row.Envelope.Kind))
                state = state.Evolve(ProcessJson.Read(row.Envelope.Kind, body));
            else
                dossier = dossier.Evolve(ReviewJson.Read(row.Envelope.Kind, body), row.Envelope.Instant);
        }

        return (state, dossier);
    }

    private static string Deadlines(ProcessDefinition process, ProcessState state, Dossier dossier) => string.Join('\n', Turn
        .Of(process, state, new ProcessFacts())
        // Whom these wait for follows from what people did, not from the process alone.
        .Where(turn => turn.Deadline is not null && turn.Stage.Id is not ("objection" or AgreementRules.Stage or AgreementRules.Reconciling))
        // Nobody waits for a State the subject asked away.
        .Where(turn => turn.Stage.Id != "nominate" || dossier.Team.CauseOf(turn.Branch ?? "") != ReplacementCause.Redraw)
        // The place of an expert who left while experts comment waits for whoever finds somebody.
        .Where(turn => !dossier.Team.IsVacated(turn.Branch))
        .Select(turn => (Stage: Waits.StageOf(process, dossier, turn), turn.Branch, DeadlineOf(state, dossier, turn).Day))
        // Whoever took a place later declares on days of the own.
        .Concat(LateDeclarations.Open(state, dossier).Select(late =>
            (Stage: LateDeclarations.StageOf(state)!.Id, Branch: (string?)new PersonId(late.Person).ToString(), LateDeclarations.DeadlineOf(state, late).Day)))
        .OrderBy(due => due.Stage, StringComparer.Ordinal).ThenBy(due => due.Branch ?? "", StringComparer.Ordinal)
        .Select(due => string.Create(CultureInfo.InvariantCulture, $"{due.Stage} {due.Branch} {due.Day:yyyy-MM-dd}")));

    // What follows from a right that was used has days of its own.
    private static Deadline DeadlineOf(ProcessState state, Dossier dossier, Turn turn) =>
        UsedRights.In(state, dossier, turn.Stage, turn.Branch) is { } used ? Waits.ToSettle(used, turn.Deadline!) : turn.Deadline!;
}
