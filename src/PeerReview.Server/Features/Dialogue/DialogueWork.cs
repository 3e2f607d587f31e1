using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>What the acts of the dialogue share.</summary>
internal static class DialogueWork
{
    /// <summary>Everybody who takes part, the office among them.</summary>
    public static readonly string[] Everybody =
        [RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Expert, RoleCode.Lead, RoleCode.ReviewerFocalPoint, RoleCode.Coordinator];

    /// <summary>Those who arrange and write: the experts and the coordinator's office.</summary>
    public static readonly string[] Writers = [RoleCode.Expert, RoleCode.Lead, RoleCode.Coordinator];

    /// <summary>Why somebody cannot do this now; null when they can.</summary>
    public static Refusal? MayNot(ReviewWork work, ReviewAct act) => MayNot(work.Actor, act, work.Review);

    /// <inheritdoc cref="MayNot(ReviewWork, ReviewAct)"/>
    public static Refusal? MayNot(Actor actor, ReviewAct act, LoadedReview review) =>
        Access.May(actor, act, review.Facts) ?? StageDoor.Closed(review.State, DialogueRules.Stage);

    /// <summary>The side somebody is on; null for those on none.</summary>
    public static string? SideOf(LoadedReview review, PersonId person)
    {
        var roles = review.RolesOf(person);
        return roles.Contains(RoleCode.Coordinator, StringComparer.Ordinal) ? DialogueRules.Office
            : roles.Any(role => role == RoleCode.Authority || review.Process.ActsAs(role, RoleCode.FocalPoint)) ? DialogueRules.Subject
            : review.Dossier.People.FirstOrDefault(p => p.Person == person.Value && p.State is not null)?.State;
    }

    /// <summary>The language of what the reviewers write.</summary>
    public static string LanguageOf(LoadedReview review) => review.Dossier.Team.Language ?? review.Dossier.WorkingLanguage;

    /// <summary>The same to those who confirm the record for some parties, alternates among them.</summary>
    public static IEnumerable<Letter> ToParties(LoadedReview review, string name, PersonId author, IEnumerable<string> parties) =>
        parties.SelectMany(party => party == DialogueRules.Lead
            ? Letters(review, name, author, RoleCode.Lead)
            : Letters(review, name, author, RoleCode.FocalPoint, RoleCode.Alternate));

    /// <summary>A letter that leads to the page of the dialogue, to everybody of some roles but who brought it about.</summary>
    public static IEnumerable<Letter> Letters(LoadedReview review, string name, PersonId author, params ReadOnlySpan<string> roles) =>
    [
        .. from letter in ReviewLetters.ToAll(review, name, roles)
           where letter.Person != author
           select letter with { Path = StagePages.Of(review.Id.Value, DialogueRules.Stage) },
    ];
}
