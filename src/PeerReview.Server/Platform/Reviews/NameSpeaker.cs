using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The office names who speaks for a State in a review, by a note verbale of that State.</summary>
public sealed class NameSpeaker(ReviewCommands commands)
{
    /// <summary>Maps the address of one kind of seat.</summary>
    public static void Map(WebRoutes routes, SpeakerSeat seat) => routes.Api.MapPost(
        $"/reviews/{{review:guid}}/{seat.Place}/{{state}}/focal-points",
        async (Guid review, string state, SpeakerRequest request, Visit visit, NameSpeaker name, HttpContext http, CancellationToken cancel) =>
            (await name.RunAsync(seat, new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/{seat.Place}", receipt)))
        .WithName(seat.Name).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);

    /// <summary>Runs the use case; the receipt's key is the person.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        SpeakerSeat seat, ReviewId review, string state, SpeakerRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(seat, work, state, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        SpeakerSeat seat, ReviewWork work, string state, SpeakerRequest request, CancellationToken cancel)
    {
        if (Access.May(work.Actor, seat.Act, work.Review.Facts) is { } no)
            return no;
        if (seat.Closed(work.Actor, work.Review, state) is { } closed)
            return closed;
        var person = new NamedPerson(request.Name, request.Email, request.Office).Tidy();
        var note = (request.NoteVerbale ?? new NoteVerbale("")).Tidy();
        var problems = person.Check().Concat(note.IsReference ? [] : note.Check(work.Now, "noteVerbale.")).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var matched = await NoteMatching.MatchAsync(work, state, note, cancel);
        if (matched is not Verdict<Guid>.Accepted { Value: var letter })
            return ((Verdict<Guid>.Refused)matched).Reason;
        var opened = await work.OpenAccountAsync(person, state, cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return ((Verdict<Account>.Refused)opened).Reason;
        return await seat.Unfit(work, account.Person, state, cancel) is { } unfit ? unfit : Change(seat, work, account.Person, state, letter);
    }

    private static Verdict<ReviewChange> Change(SpeakerSeat seat, ReviewWork work, PersonId person, string state, Guid letter)
    {
        var review = work.Review;
        var grant = new Grant(seat.Role, review.Programme, review.Id, new StateCode(state));
        if (Access.MayGrant(work.Actor, person, grant, review.Facts) is { } no)
            return no with { Field = "email" };
        return new ReviewChange().Record(seat.Appoints(person, state, letter, work.Person)).SendAfter(after => [seat.Tells(after, person)]).Made(person.ToString());
    }
}
