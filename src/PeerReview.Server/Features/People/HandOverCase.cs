using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>A coordinator or deputy of a review leaves it to another coordinator of the programme; a colleague does it for one who is
/// gone. The rights of who leaves end in the same act.</summary>
public sealed class HandOverCase(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/hand-over",
        async (Guid review, HandOverRequest request, Visit visit, HandOverCase hand, HttpContext http, CancellationToken cancel) =>
            (await hand.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(HandOverCase)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, HandOverRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, HandOverRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.HandOverCase, review.Facts) is { } no)
            return no;
        var coordinators = review.People.Where(p => p.Role == RoleCode.Coordinator && !p.ForThisReview).Select(p => p.Person).ToList();
        var decided = HandOverRules.Case(
            review.Dossier, request.From is { } from ? new PersonId(from) : null, request.To is { } to ? new PersonId(to) : null, coordinators, work.Person);
        if (decided is not Verdict<ReviewEvent>.Accepted { Value: var assigned })
            return ((Verdict<ReviewEvent>.Refused)decided).Reason;
        var (leaving, successor) = (new PersonId(request.From!.Value), new PersonId(request.To!.Value));
        var change = new ReviewChange().Record(assigned)
            .Send(ReviewLetters.About(review, LetterNames.HandedOverToYou, successor) with { Path = $"/reviews/{review.Id}/hand-over" });
        HandOverLetters.Tell(change, LetterNames.HandedOver, leaving, successor);
        if (request.Drafts && leaving == work.Person)
            await DraftsHandedOn.AddAsync(change, work, successor, cancel);
        return change.Made(successor.ToString());
    }
}

/// <summary>Who leaves a review as coordinator or deputy, and who follows.</summary>
/// <param name="From">The coordinator or deputy who leaves.</param>
/// <param name="To">Another coordinator of the programme.</param>
public sealed record HandOverRequest(Guid? From = null, Guid? To = null)
{
    /// <summary>Whether what the leaving person typed in this review and did not save goes to the successor; only by that person's own hand.</summary>
    public bool Drafts { get; init; }
}

/// <summary>Who hears that somebody else has a role now.</summary>
internal static class HandOverLetters
{
    /// <summary>Tells whoever left, and everybody who has somebody else to turn to now.</summary>
    /// <param name="letter">Which role it is.</param>
    public static void Tell(ReviewChange change, string letter, PersonId leaving, PersonId successor) => change.SendAfter(after =>
        new[]
        {
            RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Contributor, RoleCode.Coordinator, RoleCode.ReviewerFocalPoint,
            RoleCode.Expert, RoleCode.Lead,
        }
            .SelectMany(after.Holding).Concat(after.SpeakingForParticipants).Append(leaving).Distinct()
            .Where(person => person != successor)
            .Select(person => person == leaving
                // Whoever left need not be able to open the page that names the successor: their letter does not speak of it.
                ? ReviewLetters.About(
                    after, letter == LetterNames.HandedOverFocalPoint ? LetterNames.HandedOverLeft : LetterNames.HandedOverGiven, person) with
                { Path = "/" }
                : ReviewLetters.About(after, letter, person)));
}
