using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Team;

/// <summary>What everybody who works with the experts is told when one of them changes.</summary>
internal static class TeamNews
{
    /// <summary>Days by which the expected day of the report moves before the State is told of it.</summary>
    public const int Moved = 7;

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

    /// <summary>That somebody takes an expert's place: the same, and to the State's authority as well. Where the report is now expected a good
    /// deal later, the State is told so, and where the expected days are.</summary>
    /// <param name="step">The review as it was, and as it is.</param>
    public static IEnumerable<Letter> OfReplacement((LoadedReview Before, LoadedReview After) step, string state, Guid but, Calendars calendars)
    {
        var (was, now) = (Invitations.PublicationOf(step.Before, calendars), Invitations.PublicationOf(step.After, calendars));
        var after = step.After;
        var letters = Of(after, LetterNames.ExpertReplaced, state, but).ToList();
        letters.AddRange(
            from person in after.Holding(RoleCode.Authority)
            where letters.TrueForAll(letter => letter.Person != person)
            select ReviewLetters.About(after, LetterNames.ExpertReplacedState, person) with { Path = $"/reviews/{after.Id}/experts", Reviewer = state });
        return letters.Select(letter => letter.Name == LetterNames.ExpertReplacedState && now.DayNumber - was.DayNumber >= Moved
            ? letter with { Name = LetterNames.ExpertReplacedLater, Path = StagePages.Of(after.Id.Value), Days = letter.Days.Add("forecast", now) }
            : letter);
    }

    private static string OfSide(LoadedReview after, string letter, PersonId person) =>
        letter == LetterNames.ExpertReplaced && after.RolesOf(person).Any(role => role is RoleCode.FocalPoint or RoleCode.Alternate)
            ? LetterNames.ExpertReplacedState
            : letter;
}
