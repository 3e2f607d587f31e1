using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>Begins every section nobody has written yet with the material: answers, comments, replies.</summary>
public sealed class BuildDraft(ReviewCommands commands, WordingGuard wording, TextCatalogue catalogue)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/report/build",
        async (Guid review, Visit visit, BuildDraft build, HttpContext http, CancellationToken cancel) =>
            (await build.RunAsync(new ReviewId(review), visit.Caller.Actor, Idempotency.Of(http, ""), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(BuildDraft)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case. Where everything is begun already it changes nothing.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, DecideAsync, cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.WriteReport, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, DraftReport.Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var built = ReportChanges.Begin(review, material, catalogue);
        return built
            .Where(section => section.Value.Length > 0 && material.Find(WritingKind.Section, section.Key) is null)
            .Aggregate(new ReviewChange(), (change, section) => change.WriteSection(
                section.Key, 0, new SectionContent(section.Value, wording.Flags(section.Value, review.Dossier.Subject)), review, material));
    }
}
