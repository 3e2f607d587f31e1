using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.People;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The coordinator invites a stakeholder by name while the window is open. The letter opens the invitation without an account;
/// whoever accepts may contribute to this review alone.</summary>
public sealed class InviteStakeholder(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/stakeholders",
        async (Guid review, StakeholderRequest request, Visit visit, InviteStakeholder invite, HttpContext http, CancellationToken cancel) =>
            (await invite.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/contributions", receipt)))
        .WithName(nameof(InviteStakeholder)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the invitation.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, StakeholderRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    /// <summary>Whether somebody is bound to this review otherwise: who works on it does not write to it from outside.</summary>
    internal static Refusal? Bound(LoadedReview review, PersonId person) => review.People.FirstOrDefault(p => p.Person == person) is { } held
        ? new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", held.Role)
        : null;

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, StakeholderRequest request, CancellationToken cancel)
    {
        var (review, window) = (work.Review, work.Review.Dossier.Stakeholders);
        if (Access.May(work.Actor, ReviewAct.InviteStakeholder, review.Facts) is { } no)
            return no;
        if (window.MayInvite(review.State) is { } closed)
            return closed;
        var person = new NamedPerson(request.Name, request.Email).Tidy();
        if (person.Check().Concat(Problems(request)).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var opened = await work.OpenAccountInAsync(person, request.Language, cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return ((Verdict<Account>.Refused)opened).Reason;
        var problem = window.MayInvite(account.Person)
            ?? Bound(review, account.Person)
            ?? Access.MayGrant(work.Actor, account.Person, new Grant(Role.Stakeholder, review.Programme, review.Id), review.Facts);
        return problem is not null ? problem with { Field = "email" } : Change(work, account.Person, request);
    }

    private static IEnumerable<Refusal> Problems(StakeholderRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Organisation) || !Line.Is(request.Organisation.Trim(), NamedPerson.MaxLength))
            yield return new Refusal("stakeholder.organisation", RefusalKind.Invalid, "organisation").With("max", NamedPerson.MaxLength);
        if (!StakeholderFamily.All.Contains(request.Family, StringComparer.Ordinal))
            yield return new Refusal("stakeholder.family", RefusalKind.Invalid, "family");
        if (!AnswerRules.Languages.Contains(request.Language, StringComparer.Ordinal))
            yield return new Refusal("stakeholder.language", RefusalKind.Invalid, "language");
    }

    private static ReviewChange Change(ReviewWork work, PersonId person, StakeholderRequest request)
    {
        var (id, secret) = (Guid.CreateVersion7(work.Now), Secret.New());
        return new ReviewChange()
            .Record(new ReviewEvent.StakeholderInvited(id, person.Value, request.Family, work.Person.Value))
            .Also(
                Sql.Keep,
                new
                {
                    Id = id,
                    Programme = work.Review.Programme.Value,
                    Review = work.Review.Id.Value,
                    Person = person.Value,
                    Organisation = request.Organisation.Trim(),
                    request.Family,
                    Hash = Secret.Hash(secret),
                    At = work.Now,
                    By = work.Person.Value,
                },
                rows: 1)
            .Send(ReviewLetters.About(work.Review, LetterNames.StakeholderInvited, person, WindowDay.Of(work.Review)!) with
            {
                Path = $"{StakeholderInvitationPage.Path}/{secret}",
                Language = request.Language,
            })
            .Made(id.ToString());
    }

    private static class Sql
    {
        public const string Keep =
            """
            INSERT INTO stakeholder_invitation (
                id, programme_id, review_id, person_id, organisation, family, token_hash, invited_at, invited_by)
            VALUES (@Id, @Programme, @Review, @Person, @Organisation, @Family, @Hash, @At, @By)
            """;
    }
}

/// <summary>Who is invited.</summary>
public sealed record StakeholderRequest(string Name, string Email)
{
    /// <summary>For whom the person speaks.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>See <see cref="StakeholderFamily"/>.</summary>
    public string Family { get; init; } = "";

    /// <summary>Of the letter, and of an account that is opened: an ISO 639-1 code of the six.</summary>
    public string Language { get; init; } = "en";
}
