using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Team;

/// <summary>What everybody who works with the experts is told when one of them changes.</summary>
internal static class TeamNews
{
    /// <summary>To the State's focal points, who speaks for the reviewing State, the experts and the coordinators, each once; not to
    /// whoever steps in, who gets a letter of their own.</summary>
    /// <param name="letter">The State's focal points get that of their own side, where there is one.</param>
    /// <param name="state">The reviewing State of the expert.</param>
    /// <param name="but">Somebody who is not told.</param>
    public static IEnumerable<Letter> Of(LoadedReview after, string letter, string state, Guid? but = null) =>
        new[] { RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Expert, RoleCode.Coordinator }.SelectMany(after.Holding)
            .Concat(after.Dossier.Holding(RoleCode.ReviewerFocalPoint, state).Select(person => new PersonId(person))).Distinct()
            .Where(person => person.Value != but)
            .Select(person => ReviewLetters.About(after, OfSide(after, letter, person), person) with { Path = $"/reviews/{after.Id}/experts", Reviewer = state });

    private static string OfSide(LoadedReview after, string letter, PersonId person) =>
        letter == LetterNames.ExpertReplaced && after.RolesOf(person).Any(role => role is RoleCode.FocalPoint or RoleCode.Alternate)
            ? LetterNames.ExpertReplacedState
            : letter;
}
