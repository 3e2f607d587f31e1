using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>A stakeholder hands a contribution in: from then on it stands, under the name of the sender, for the coordinator to screen.</summary>
public sealed class HandInContribution(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/contributions/{contribution:guid}/hand-in",
        async (Guid review, Guid contribution, HandInRequest request, Visit visit, HandInContribution handIn, HttpContext http, CancellationToken cancel) =>
            (await handIn.RunAsync(new ReviewId(review), contribution, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(HandInContribution)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid contribution, HandInRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, contribution, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, Guid contribution, HandInRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (SaveContribution.Closed(work.Actor, review) is { } closed)
            return closed;
        var found = await SaveContribution.DraftAsync(work, contribution, cancel);
        if (found is not Verdict<DraftRow>.Accepted { Value: var draft })
            return ((Verdict<DraftRow>.Refused)found).Reason;
        // What is handed in is what was read last.
        if (request.Version != draft.Version)
            return ReviewRefusals.Stale(draft.Version);
        var sender = (await work.QueryAsync<Sender>(Sql.Sender, new { Review = review.Id.Value, Person = work.Person.Value }, cancel))[0];
        var change = new ReviewChange()
            .Write(
                WritingKind.Contribution,
                draft.Id.ToString(),
                0,
                Contents.Write(new ContributionContent(draft.Item, draft.Text, draft.MayPublish, sender.Name, sender.Organisation, sender.Family)),
                SharingLabel.Amber.Code(),
                sender.Language)
            .Also(DraftRows.Close, new { draft.Id, draft.Version, At = work.Now }, rows: 1)
            .Made(draft.Id.ToString());
        // One letter for all that wait to be screened.
        if (review.Dossier.Stakeholders.Unscreened == 0)
        {
            foreach (var person in review.Holding(RoleCode.Coordinator))
                change.Send(ContributionLetters.To(person, LetterNames.ContributionHandedIn, review));
        }

        return change;
    }

    private sealed record Sender(string Name, string Language, string Organisation, string Family);

    private static class Sql
    {
        public const string Sender =
            """
            SELECT p.name, p.language, i.organisation, i.family
            FROM stakeholder_invitation i JOIN person p ON p.id = i.person_id
            WHERE i.review_id = @Review AND i.person_id = @Person AND i.outcome = 'accepted'
            ORDER BY i.invited_at DESC LIMIT 1
            """;
    }
}

/// <summary>What is handed in.</summary>
/// <param name="Version">The version the sender read last.</param>
public sealed record HandInRequest(int? Version = null);
