using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The focal point of a reviewing State invites somebody to review for it. The letter opens the invitation without an
/// account; whoever accepts becomes an expert of this review.</summary>
public sealed class InviteExpert(ReviewCommands commands, Calendars calendars)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/invitations",
            async (Guid review, ExpertRequest request, Visit visit, InviteExpert invite, HttpContext http, CancellationToken cancel) =>
                (await invite.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/experts", receipt)))
            .WithName(nameof(InviteExpert)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Pages.MapPost(
            "/reviews/{review:guid}/experts/invitations",
            (Guid review, Visit visit, Form form, InviteExpert invite, ExpertsPage page, CancellationToken cancel) =>
                invite.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, ExpertRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, ExpertRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.NominateExperts, review.Facts) is { } no)
            return no;
        var (state, team) = (review.BranchOf(work.Person) ?? "", review.Dossier.Team);
        if (InvitationRules.MayInvite(team, review.State, state, request.Reserve) is { } closed)
            return closed;
        var person = new NamedPerson(request.Name, request.Email, request.Office).Tidy();
        if (person.Check().ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var opened = await work.OpenAccountAsync(person, state, cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return ((Verdict<Account>.Refused)opened).Reason;
        var problem = InvitationRules.MayInvite(team, account.Person, state)
            ?? await ReviewerStanding.ProblemAsync(work, account.Person, cancel)
            ?? Access.MayGrant(work.Actor, account.Person, new Grant(Role.ReviewerExpert, review.Programme, review.Id, new StateCode(state)), review.Facts);
        return problem is not null ? problem with { Field = "email" } : Change(work, account.Person, state, request.Reserve);
    }

    private ReviewChange Change(ReviewWork work, PersonId person, string state, bool reserve)
    {
        var (id, secret) = (Guid.CreateVersion7(work.Now), Secret.New());
        return new ReviewChange()
            .Record(new ReviewEvent.ExpertInvited(id, person.Value, state, reserve, work.Person.Value))
            .Also(
                Sql.Keep,
                new
                {
                    Id = id,
                    Programme = work.Review.Programme.Value,
                    Review = work.Review.Id.Value,
                    State = state,
                    Person = person.Value,
                    Reserve = reserve,
                    Hash = Secret.Hash(secret),
                    At = work.Now,
                    By = work.Person.Value,
                },
                rows: 1)
            .Send(ReviewLetters.About(work.Review, reserve ? LetterNames.ReserveInvited : LetterNames.ExpertInvited, person) with
            {
                Path = $"/invitations/{secret}",
                Reviewer = state,
                Invitation = new LetterInvitation(work.Review.Serves("desk_review") ? work.Review.Dossier.Items.Length : 0, work.Review.Dossier.WorkingLanguage)
                {
                    AnswerBy = Invitations.AnswerBy(work.Review, state),
                    Work = !reserve && Invitations.WorkOf(work.Review, calendars) is { } time ? (time.Starts, time.Ends) : null,
                    Stages = [.. Invitations.StagesOf(work.Review, calendars).Select(time => new LetterStageTime(time.Stage.Id, time.Starts, time.Ends, time.Days))],
                    ReserveDays = reserve ? Invitations.DaysOf(work.Review, calendars) : null,
                },
            })
            .Made(id.ToString());
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var person = form.Person();
        var request = new ExpertRequest(person.Name, person.Email) { Office = person.Office, Reserve = form.IsOn("reserve") };
        var verdict = await RunAsync(new ReviewId(review), request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/experts", "expert-invited");
    }

    private static class Sql
    {
        public const string Keep =
            """
            INSERT INTO invitation (id, programme_id, review_id, state, person_id, reserve, token_hash, invited_at, invited_by)
            VALUES (@Id, @Programme, @Review, @State, @Person, @Reserve, @Hash, @At, @By)
            """;
    }
}

/// <summary>Who is invited.</summary>
public sealed record ExpertRequest(string Name, string Email)
{
    public string Office { get; init; } = "";

    /// <summary>To step in when an expert is late or leaves.</summary>
    public bool Reserve { get; init; }
}
