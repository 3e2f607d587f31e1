using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>The coordinator names who speaks for a participating State in this review, by a note verbale of that State. Whoever spoke
/// for it before does no longer.</summary>
public sealed class NameSpokesperson(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/participants/{state}/focal-points",
        async (Guid review, string state, SpokespersonRequest request, Visit visit, NameSpokesperson name, HttpContext http, CancellationToken cancel) =>
            (await name.RunAsync(new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/participants", receipt)))
        .WithName(nameof(NameSpokesperson)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the person.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string state, SpokespersonRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, state, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string state, SpokespersonRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.AppointParticipant, review.Facts) is { } no)
            return no;
        if (review.Dossier.Region?.Has(state) != true)
            return ReviewRefusals.NotFound;
        var person = new NamedPerson(request.Name, request.Email, request.Office).Tidy();
        var note = (request.NoteVerbale ?? new NoteVerbale("")).Tidy();
        var problems = person.Check().Concat(note.IsReference ? [] : note.Check(work.Now, "noteVerbale.")).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var matched = await NoteMatching.MatchAsync(work, state, note, cancel);
        if (matched is not Verdict<Guid>.Accepted { Value: var letter })
            return ((Verdict<Guid>.Refused)matched).Reason;
        var opened = await work.OpenAccountAsync(person, state, cancel);
        return opened is Verdict<Account>.Accepted { Value: var account }
            ? Change(work, account.Person, state, letter)
            : ((Verdict<Account>.Refused)opened).Reason;
    }

    private static Verdict<ReviewChange> Change(ReviewWork work, PersonId person, string state, Guid letter)
    {
        var review = work.Review;
        if (review.Dossier.People.FirstOrDefault(p => p.Person == person.Value) is { } held)
            return new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", held.Role);
        if (review.People.Any(p => p.Person == person && p.Role is RoleCode.Coordinator or RoleCode.HeadCoordinator))
            return new Refusal("people.coordinates", RefusalKind.Conflict, "email");
        if (review.RolesOf(person).Length > 0 || (review.ParticipantOf(person) is { } own && own != state))
            return new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", RoleCode.Participant);
        var grant = new Grant(Role.ParticipantFocalPoint, review.Programme, review.Id, new StateCode(state));
        if (Access.MayGrant(work.Actor, person, grant, review.Facts) is { } no)
            return no with { Field = "email" };
        return new ReviewChange()
            .Record(new ReviewEvent.ParticipantAppointed(person.Value, state, letter, work.Person.Value))
            .Send(ReviewLetters.About(review, LetterNames.AppointedParticipant, person) with { Path = $"{StagePages.Of(review.Id.Value)}/participants" })
            .Made(person.ToString());
    }
}

/// <summary>Who is to speak for a participating State.</summary>
public sealed record SpokespersonRequest(string Name, string Email)
{
    public string Office { get; init; } = "";

    /// <summary>The note by which the State names the person. The number alone names a note on record.</summary>
    public NoteVerbale? NoteVerbale { get; init; }

    /// <summary>As the page sends it.</summary>
    public static SpokespersonRequest Of(Form form)
    {
        var person = form.Person();
        return new SpokespersonRequest(person.Name, person.Email) { Office = person.Office, NoteVerbale = NoteOption.Of(form) };
    }
}
