using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Participants;

/// <summary>Who speaks for a participating State. Whoever spoke for it before does no longer.</summary>
internal static class ParticipantSeat
{
    /// <summary>The seat.</summary>
    public static SpeakerSeat Seat { get; } = new("NameSpokesperson", "participants", ReviewAct.AppointParticipant, Role.ParticipantFocalPoint)
    {
        Closed = (actor, review, state) => Speakers.MayName(actor, review, state) ? null : ReviewRefusals.NotFound,
        Unfit = (work, person, state, _) => Task.FromResult(Unfit(work.Review, person, state)),
        Appoints = (person, state, letter, by) => new ReviewEvent.ParticipantAppointed(person.Value, state, letter, by.Value),
        Tells = (review, person) => ReviewLetters.About(review, LetterNames.AppointedParticipant, person) with { Path = $"{StagePages.Of(review.Id.Value)}/participants" },
        Done = "participant-named",
        Words = new("participants.title", "participants.focal_point.title", "participants.focal_point.text", "participants.focal_point.submit"),
    };

    private static Refusal? Unfit(LoadedReview review, PersonId person, string state)
    {
        if (review.Dossier.People.FirstOrDefault(p => p.Person == person.Value) is { } held)
            return new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", held.Role);
        if (review.People.Any(p => p.Person == person && p.Role is RoleCode.Coordinator or RoleCode.HeadCoordinator))
            return new Refusal("people.coordinates", RefusalKind.Conflict, "email");
        return review.RolesOf(person).Length > 0 || (review.ParticipantOf(person) is { } own && own != state)
            ? new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", RoleCode.Participant)
            : null;
    }
}
