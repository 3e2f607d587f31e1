using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The coordinator says why nobody of a group was invited. The reason stands in the report.</summary>
public sealed class SayNotInvited(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/stakeholders/groups/{family}",
        async (Guid review, string family, NotInvitedRequest request, Visit visit, SayNotInvited say, HttpContext http, CancellationToken cancel) =>
            (await say.RunAsync(new ReviewId(review), family, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(SayNotInvited)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string family, NotInvitedRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.NotInvited, family), (work, token) => DecideAsync(work, family, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string family, NotInvitedRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.InviteStakeholder, review.Facts) is { } no)
            return no;
        if (StakeholderGroups.Closed(review.State) is { } closed)
            return closed;
        var groups = StakeholderGroups.Of(review.Dossier, await work.MaterialAsync(cancel));
        if (groups.FirstOrDefault(group => group.Family == family) is not { } found)
            return new Refusal("stakeholder.unknown-group", RefusalKind.NotFound);
        if (found.Standing != GroupStanding.NotInvited)
            return new Refusal("stakeholder.group-invited", RefusalKind.Conflict);
        var text = request.Text.Tidy();
        if (text.Length is 0 or > StakeholderGroups.MaxReason || !Core.Text.IsReadable(text))
            return new Refusal("stakeholder.group-reason", RefusalKind.Invalid, "text").With("max", StakeholderGroups.MaxReason);
        // It goes into the report as it stands, and needs no such words.
        if (wording.Flags(text, review.Dossier.Subject) is { IsEmpty: false } flags)
            return new Refusal("stakeholder.group-wording", RefusalKind.Invalid, "text").With("sentence", flags[0]);
        var version = work.Current?.Version ?? 0;
        if (work.Current is { } current && Contents.ReadNote(current).Text == text)
            return new ReviewChange().Made(family);
        if (version != (request.Version ?? 0))
            return ReviewRefusals.Stale(version);
        return new ReviewChange()
            .Write(
                WritingKind.NotInvited, family, version, Contents.Write(new NoteContent(text, [])), SharingLabel.Clear.Code(),
                review.Dossier.WorkingLanguage)
            .Made(family);
    }
}

/// <summary>Why nobody of a group was invited, as it comes in.</summary>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record NotInvitedRequest(string Text = "", int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
