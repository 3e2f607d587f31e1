using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Home;

/// <summary>The first page: what waits for me, by when; for a visitor, what this is.</summary>
public static class HomePage
{
    public static void Map(WebRoutes routes) => routes.PublicPages.MapGet(
        "/",
        async (Visit visit, MyTasks tasks, Database database, Definitions definitions, CancellationToken cancel) => visit.Caller.IsSignedIn
            ? Answer.Page<HomeView>(new
            {
                Model = new HomeModel(
                    await tasks.OfAsync(visit.Caller, visit.Texts, cancel),
                    visit.Caller.Actor.Grants.Any(g => g is { Role: Role.StateAuthority, Review: null, State: not null })
                        || await LaunchesForStatesAsync(visit.Caller, database, definitions, cancel),
                    visit.Caller.HasSome(Role.Coordinator) || visit.Caller.HasSome(Role.HeadCoordinator)),
            })
            : (IResult)Answer.Page<WelcomeView>());

    /// <summary>Whether a process of the reader's programmes has the office launch, in a role the reader has.</summary>
    private static async Task<bool> LaunchesForStatesAsync(Caller caller, Database database, Definitions definitions, CancellationToken cancel)
    {
        if (!Access.MayAnywhere(caller.Actor, ProgrammeAct.LaunchForState))
            return false;
        var offers = await database.QueryAsync<Offer>(caller.Scope, Sql.Offers, null, cancel);
        await definitions.KnowAsync(offers.Select(offer => new ProcessPin(offer.Id, offer.Version)), cancel);
        return offers.Any(offer => definitions.FindProcess(offer.Id, offer.Version) is { } process && LaunchRights.IsByOffice(process)
            && LaunchRights.Closed(caller.Actor, process, new ProgrammeId(offer.ProgrammeId), null) is null);
    }

    private sealed record Offer(Guid ProgrammeId, string Id, int Version);

    private static class Sql
    {
        public const string Offers = "SELECT programme_id, id, version FROM process_publication ORDER BY id, version";
    }
}

/// <summary>What home draws.</summary>
/// <param name="MayLaunch">Whether the person speaks for a State, or launches for States where a process says so.</param>
/// <param name="Coordinates">Whether the person looks after reviews.</param>
public sealed record HomeModel(MyDesk Desk, bool MayLaunch, bool Coordinates);
