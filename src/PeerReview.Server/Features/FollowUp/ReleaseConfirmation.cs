using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>The State lets the public read what the experts confirmed: their words become public by its decision alone (process B.5,
/// "Action plan, progress").</summary>
public sealed class ReleaseConfirmation(ReviewCommands commands, ProgressEditions editions)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/follow-up/confirmation/release",
        async (Guid review, Visit visit, ReleaseConfirmation release, HttpContext http, CancellationToken cancel) =>
            (await release.RunAsync(new ReviewId(review), visit.Caller.Actor, Idempotency.Of(http, null), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(ReleaseConfirmation)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, DecideAsync, cancel);

    /// <summary>Why the confirmation cannot be released, now or ever; null when it can.</summary>
    /// <returns>null, a refusal of rights or time, <c>follow-up.not-confirmed</c>, <c>follow-up.released</c>,
    /// <c>follow-up.not-public</c> or <c>follow-up.short-form</c>.</returns>
    internal static Refusal? Closed(LoadedReview review, Actor actor, Material material) =>
        Access.May(actor, ReviewAct.WriteProgressNote, review.Facts) ?? StageDoor.Closed(review.State, ProgressRules.Close)
        ?? (material.Find(WritingKind.ProgressNote, ProgressRules.Confirmation) is not { } confirmation
                ? new Refusal("follow-up.not-confirmed", RefusalKind.Conflict)
            : SharingLabels.Of(confirmation.Label) == SharingLabel.Clear ? new Refusal("follow-up.released", RefusalKind.Conflict)
            : !PlanPublicity.IsPublic(review.Dossier) ? new Refusal("follow-up.not-public", RefusalKind.Conflict)
            : PlanPublicity.ShowsWords(review.Dossier) ? null
            : new Refusal(ShortForm, RefusalKind.Conflict));

    /// <summary>The public reads how far the plan is, and no words of it.</summary>
    internal const string ShortForm = "follow-up.short-form";

    /// <summary>The report as the public would read it with the words of the experts; null where there would be no edition.</summary>
    internal static PublishedReport? Preview(LoadedReview review, Material material) =>
        ProgressEditions.Next(review, material.With(Released(material, review.Now)), published: null);

    // The same words, under the label of what everybody reads.
    private static Writing Released(Material material, DateTimeOffset now)
    {
        var stands = material.Find(WritingKind.ProgressNote, ProgressRules.Confirmation)!;
        return stands with { Version = stands.Version + 1, Label = SharingLabel.Clear.Code(), At = now };
    }

    /// <summary>The decision, for the page as well.</summary>
    internal async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken cancel)
    {
        var material = await work.MaterialAsync(cancel);
        if (Closed(work.Review, work.Actor, material) is { } closed)
            return closed;
        var released = Released(material, work.Now);
        var change = new ReviewChange().Write(
            released.Kind, released.Key, released.Version - 1, Contents.Write(Contents.ReadNote(released)), released.Label, released.Language);
        editions.Add(change, work, material, material.With(released));
        return change;
    }
}
