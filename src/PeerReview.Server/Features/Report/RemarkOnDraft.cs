using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>A coordinator remarks on the draft, for those who write it. The State reads it with the draft; nothing of it is annexed.</summary>
public sealed class RemarkOnDraft(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/report/remarks",
        async (Guid review, DraftRemarkRequest request, Visit visit, RemarkOnDraft remark, HttpContext http, CancellationToken cancel) =>
            (await remark.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/report", receipt)))
        .WithName(nameof(RemarkOnDraft)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the remark.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, DraftRemarkRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    /// <summary>Why somebody cannot remark now; null when they can.</summary>
    internal static Refusal? MayNot(Actor actor, LoadedReview review) =>
        Access.May(actor, ReviewAct.RemarkOnDraft, review.Facts) ?? DraftReport.Closed(review.State);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, DraftRemarkRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (MayNot(work.Actor, review) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        var content = new DraftComment(request.About, request.Text.Tidy());
        if (FactCheck.Check(content, Places(material, review, work.Actor)).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var number = material.Of(WritingKind.DraftRemark).Count() + 1;
        if (number > FactCheck.Most)
            return new Refusal("fact-check.too-many", RefusalKind.Conflict).With("max", FactCheck.Most);
        var key = FormattableString.Invariant($"M-{number:00}");
        return review.Holding(RoleCode.Expert).Aggregate(
            new ReviewChange().Write(
                WritingKind.DraftRemark, key, 0, Contents.Write(content), SharingLabel.Amber.Code(), ReportChanges.LanguageOf(review)),
            (change, expert) => change.Send(
                ReviewLetters.About(review, LetterNames.DraftRemarked, expert) with { Path = $"{StagePages.Of(review.Id.Value)}/draft#remarks" }))
            .Made(key);
    }

    /// <summary>What can be remarked on: what is written and open to the coordinator. Nobody judges what they cannot read.</summary>
    internal static IReadOnlyCollection<string> Places(Material material, LoadedReview review, Actor actor) =>
    [
        .. material.Of(WritingKind.Section).Concat(material.Of(WritingKind.Recommendation))
            .Where(text => review.Facts.OpensDraft(actor, SharingLabels.Of(text.Label))).Select(text => text.Key),
    ];
}

/// <summary>A remark as it comes in.</summary>
/// <param name="About">A section, or the id of a recommendation.</param>
public sealed record DraftRemarkRequest(string About = "", string Text = "");
