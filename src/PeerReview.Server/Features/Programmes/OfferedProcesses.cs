using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Programmes;

/// <summary>The processes somebody may know: those everybody may, and those their programmes published.</summary>
public sealed class OfferedProcesses(Database database, Definitions definitions)
{
    /// <summary>Newest version first within each id.</summary>
    public async Task<ImmutableArray<KnownProcess>> ForAsync(Caller caller, CancellationToken cancel)
    {
        var lines = await ProcessLists.InAsync(database, caller.Scope, cancel);
        await definitions.KnowAsync(lines.Select(line => new ProcessPin(line.Id, line.Version)), cancel);
        var running = caller.Actor.Grants.Select(grant => grant.Programme)
            .Where(programme => Access.May(caller.Actor, ProgrammeAct.ReadBoard, programme) is null).Select(programme => programme.Value).ToHashSet();
        return
        [
            .. definitions.Common.Concat(lines.Select(line => definitions.FindProcess(line.Id, line.Version)!))
                .DistinctBy(process => (process.Id, process.Version))
                .OrderBy(process => process.Id, StringComparer.Ordinal).ThenByDescending(process => process.Version)
                .Select(process => new KnownProcess(
                    process, [.. lines.Where(line => line.Id == process.Id && line.Version == process.Version)], running)),
        ];
    }
}

/// <summary>A process with where it is offered.</summary>
/// <param name="Counted">Programmes of which the reader may know how many reviews run.</param>
public sealed record KnownProcess(ProcessDefinition Process, ImmutableArray<PublishedLine> Published, IReadOnlySet<Guid> Counted)
{
    /// <summary>Whether the reader may know how many reviews follow it in a programme.</summary>
    public bool Counts(PublishedLine line) => Counted.Contains(line.ProgrammeId);
}
