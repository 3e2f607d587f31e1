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
    /// <param name="state">The reviewing State of the expert.</param>
    /// <param name="but">Somebody who is not told.</param>
    public static IEnumerable<Letter> Of(LoadedReview after, string letter, string state, Guid? but = null) =>
        new[] { RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Expert, RoleCode.Coordinator }.SelectMany(after.Holding)
            .Concat(after.Dossier.Holding(RoleCode.ReviewerFocalPoint, state).Select(person => new PersonId(person))).Distinct()
            .Where(person => person.Value != but)
            .Select(person => ReviewLetters.About(after, letter, person) with { Path = $"/reviews/{after.Id}/experts", Reviewer = state });
}
