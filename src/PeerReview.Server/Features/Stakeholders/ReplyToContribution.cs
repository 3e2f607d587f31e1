using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The State replies to an accepted contribution, or says that it does not wish to; from then on the reviewers read both.</summary>
public sealed class ReplyToContribution(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/contributions/{contribution:guid}/reply",
        async (Guid review, Guid contribution, ContributionReplyRequest request, Visit visit, ReplyToContribution reply, HttpContext http, CancellationToken cancel) =>
            (await reply.RunAsync(new ReviewId(review), contribution, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ReplyToContribution)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid contribution, ContributionReplyRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.ContributionReply, contribution.ToString()),
            (work, _) => Task.FromResult(Decide(work, contribution.ToString(), request)), cancel);

    /// <summary>The contribution as one of the State's to reply to, or why it is none.</summary>
    internal static Refusal? Unknown(ReviewWork work, string key) =>
        Access.May(work.Actor, ReviewAct.ReplyToContribution, work.Review.Facts)
        ?? (work.Review.Dossier.Stakeholders.Find(key) is { IsAccepted: true } ? null : new Refusal("contribution.unknown", RefusalKind.NotFound));

    private static Verdict<ReviewChange> Decide(ReviewWork work, string key, ContributionReplyRequest request)
    {
        if (Unknown(work, key) is { } unknown)
            return unknown;
        if (StageDoor.Closed(work.Review.State, StakeholderWindow.Reply) is { } closed)
            return closed;
        var content = new ReplyContent(request.Text.Tidy(), request.Declines);
        if (ContributionRules.Check(content) is { } wrong)
            return wrong;
        // Sent twice, or saved without a change.
        if (work.Current is { } current && Contents.ReadReply(current) == content)
            return new ReviewChange().Made(key);
        var (standing, version) = (work.Current?.Version ?? 0, request.Version ?? 0);
        if (version != standing)
            return ReviewRefusals.Stale(standing);
        return new ReviewChange()
            .Write(WritingKind.ContributionReply, key, version, Contents.Write(content), SharingLabel.Amber.Code(), work.Review.Dossier.WorkingLanguage)
            .Made(key);
    }
}

/// <summary>A reply of the State as it comes in.</summary>
/// <param name="Declines">The State does not wish to reply; then the text may be empty.</param>
/// <param name="Version">The version it was written on; 0, or left out without <c>If-Match</c>, for the first.</param>
public sealed record ContributionReplyRequest(string Text = "", bool Declines = false, int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
