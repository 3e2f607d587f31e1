using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The coordinator names who speaks for a reviewing State, by a note verbale of that State.</summary>
public sealed class NameFocalPoint(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/reviewers/{state}/focal-points",
        async (Guid review, string state, FocalPointRequest request, Visit visit, NameFocalPoint name, HttpContext http, CancellationToken cancel) =>
            (await name.RunAsync(new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/reviewers", receipt)))
        .WithName(nameof(NameFocalPoint)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the person.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string state, FocalPointRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, state, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string state, FocalPointRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.AppointReviewerFocalPoint, review.Facts) is { } no)
            return no;
        if (review.Dossier.Team.Find(state) is null)
            return new Refusal("selection.not-reviewing", RefusalKind.NotFound, "state");
        var person = request.ToPerson().Tidy();
        var note = request.ToNote();
        var problems = person.Check().Concat(note.IsReference ? [] : note.Check(work.Now, "noteVerbale.")).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var matched = await NoteMatching.MatchAsync(work, state, note, cancel);
        if (matched is not Verdict<Guid>.Accepted { Value: var letter })
            return ((Verdict<Guid>.Refused)matched).Reason;
        var opened = await work.OpenAccountAsync(person, state, cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return ((Verdict<Account>.Refused)opened).Reason;
        return (await ReviewerStanding.ProblemAsync(work, account.Person, cancel) ?? InvitationRules.MayInvite(review.Dossier.Team, account.Person)) is { } problem
            ? problem
            : Change(work, account.Person, state, letter);
    }

    private static Verdict<ReviewChange> Change(ReviewWork work, PersonId person, string state, Guid letter)
    {
        var review = work.Review;
        var grant = new Grant(Role.ReviewerFocalPoint, review.Programme, review.Id, new StateCode(state));
        if (Access.MayGrant(work.Actor, person, grant, review.Facts) is { } no)
            return no with { Field = "email" };
        return new ReviewChange()
            .Record(new ReviewEvent.ReviewerAppointed(person.Value, RoleCode.ReviewerFocalPoint, state, letter, work.Person.Value))
            .Send(ReviewLetters.About(review, LetterNames.AppointedReviewer, person))
            .Made(person.ToString());
    }
}

/// <summary>Who is to speak for a reviewing State.</summary>
public sealed record FocalPointRequest(string Name, string Email)
{
    public string Office { get; init; } = "";

    /// <summary>The note by which the State names the person. The number alone names a note on record.</summary>
    public NoteVerbale? NoteVerbale { get; init; }

    public NamedPerson ToPerson() => new(Name, Email, Office);

    public NoteVerbale ToNote() => (NoteVerbale ?? new NoteVerbale("")).Tidy();

    /// <summary>As the page sends it.</summary>
    public static FocalPointRequest Of(Form form)
    {
        var person = form.Person();
        return new FocalPointRequest(person.Name, person.Email) { Office = person.Office, NoteVerbale = NoteOption.Of(form) };
    }
}
