using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>The processes the reader's programmes offer: their stages, and for those who run a programme what was published when.</summary>
public static class ProcessesPage
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/processes",
        async (Visit visit, OfferedProcesses offered, CancellationToken cancel) => Answer.Page<ProcessesView>(new
        {
            Model = new ProcessesModel(
                [.. (await offered.ForAsync(visit.Caller, cancel)).Where(known => known.Process.OfferedByDefault || !known.Published.IsEmpty)],
                Access.MayAnywhere(visit.Caller.Actor, ProgrammeAct.Launch) || Access.MayAnywhere(visit.Caller.Actor, ProgrammeAct.LaunchForState)),
        }));
}

/// <summary>What the page draws.</summary>
/// <param name="Launches">Whether the reader may launch reviews.</param>
public sealed record ProcessesModel(ImmutableArray<KnownProcess> Processes, bool Launches);
