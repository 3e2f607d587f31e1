using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using StageStatus = PeerReview.Server.Components.StageStatus;

namespace PeerReview.Server.Features.Operations;

/// <summary>Every shared component with sample data on one page, in the reader's language: for looking at it, and for tests of
/// contrast, direction and width.</summary>
public static class ComponentsPage
{
    public static void Map(RouteGroupBuilder operations) => operations.MapGet(
        "/components",
        (Visit visit, TimeProvider time, Definitions definitions) =>
            Answer.Page<ComponentsView>(new { Model = Sample(time.GetUtcNow(), definitions.Offered.In(visit.Texts.Language), visit.Texts) }));

    private static ComponentsModel Sample(DateTimeOffset now, ProcessDefinition process, Texts texts)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        string Title(string stage) => process.Stage(stage).Title;
        return new ComponentsModel(now, today,
        [
            new("launch", Title("launch"), StageStatus.Done) { Ended = today.AddDays(-60) },
            new("acknowledge", Title("acknowledge"), StageStatus.Done) { After = ["launch"], Ended = today.AddDays(-53) },
            new("appoint", Title("appoint"), StageStatus.Done) { After = ["launch"], Ended = today.AddDays(-46) },
            new("self_assess", Title("self_assess"), StageStatus.Open)
            {
                After = ["acknowledge", "appoint"], Turn = texts["role." + RoleCode.FocalPoint], Mine = true, Due = (today.AddDays(2), "Africa/Nairobi"),
            },
            new("desk_review", Title("desk_review"), StageStatus.Open) { After = ["acknowledge"], Turn = texts["role." + RoleCode.Coordinator], Due = (today.AddDays(-1), "UTC") },
            new("translate", Title("translate"), StageStatus.Skipped) { After = ["self_assess"], TakesPlace = false },
            new("agree", Title("agree"), StageStatus.Failed) { After = ["self_assess", "desk_review"] },
            new("publish", Title("publish"), StageStatus.Waiting) { After = ["agree", "translate"], Due = (today.AddDays(40), "UTC") },
        ]);
    }
}

/// <summary>What the page draws.</summary>
public sealed record ComponentsModel(DateTimeOffset Now, DateOnly Today, IReadOnlyList<StageLine> Stages);
