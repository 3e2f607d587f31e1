using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Operations;

/// <summary>Every shared component with sample data on one page, in the reader's language: for looking at it, and for tests of
/// contrast, direction and width.</summary>
public static class ComponentsPage
{
    public static void Map(RouteGroupBuilder operations) => operations.MapGet(
        "/components",
        (TimeProvider time) => Answer.Page<ComponentsView>(new { Model = Sample(time.GetUtcNow()) }));

    private static ComponentsModel Sample(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new ComponentsModel(now, today,
        [
            new("launch", "Launch", StageStatus.Done) { Ended = today.AddDays(-60) },
            new("acknowledge", "Acknowledgement", StageStatus.Done) { After = ["launch"], Ended = today.AddDays(-53) },
            new("appoint", "Focal point", StageStatus.Done) { After = ["launch"], Ended = today.AddDays(-46) },
            new("self_assess", "Self-assessment", StageStatus.Open)
            {
                After = ["acknowledge", "appoint"], Turn = RoleCode.FocalPoint, Mine = true, Due = (today.AddDays(2), "Africa/Nairobi"),
            },
            new("desk", "Desk review", StageStatus.Open) { After = ["acknowledge"], Turn = RoleCode.Coordinator, Due = (today.AddDays(-1), "UTC") },
            new("translate", "Translation", StageStatus.Skipped) { After = ["self_assess"], TakesPlace = false },
            new("agree", "Agreement", StageStatus.Failed) { After = ["self_assess", "desk"] },
            new("publish", "Publication", StageStatus.Waiting) { After = ["agree", "translate"], Due = (today.AddDays(40), "UTC") },
        ]);
    }
}

/// <summary>What the page draws.</summary>
public sealed record ComponentsModel(DateTimeOffset Now, DateOnly Today, IReadOnlyList<StageLine> Stages);
