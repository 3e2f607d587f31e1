using System.Data;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Looks at everything in a database: what the tables promise each other, and the ledger of every review.</summary>
/// <remarks>Reads one snapshot across all programmes and changes nothing; the program may run meanwhile.</remarks>
public static class Check
{
    /// <summary>Checks a database.</summary>
    public static async Task<CheckResult> RunAsync(Database database, CancellationToken cancel)
    {
        await using var unit = await database.Worker.BeginAsync(Scope.None, cancel, IsolationLevel.RepeatableRead);
        unit.IsPatient = true;
        var invariants = await Invariants.FindAsync(unit, cancel);
        var ledger = await EventWalk.RunAsync(unit, cancel);
        var definitions = await DefinitionHashes.FindAsync(unit, cancel);
        return ledger with { Findings = [.. invariants, .. definitions, .. ledger.Findings] };
    }
}
