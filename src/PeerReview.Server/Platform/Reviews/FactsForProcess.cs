using System.Collections.Immutable;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What the process asks the rest of the product at the moment of a command.</summary>
public static class FactsForProcess
{
    /// <summary>Guards, holders and calendars of a review as it stands.</summary>
    /// <param name="asked">The guards to answer.</param>
    public static ProcessFacts Of(
        LoadedReview review, IEnumerable<string> asked, Material material, Calendars calendars) => new()
        {
            Guards = Guards.Of(asked, review.Framework, review.Dossier, material),
            Conditions = Conditions,
            Holders = Holders(review),
            Calendars = CalendarsOf(review.Process, review.Subject, calendars),
            Sessions = calendars.Sessions,
            Rolling = review.Rolling,
        };

    /// <summary>What a forecast of a review that is not launched goes by: the calendars.</summary>
    public static ProcessFacts Planning(ProcessDefinition process, StateRow subject, bool rolling, Calendars calendars) => new()
    {
        Conditions = Conditions,
        Calendars = CalendarsOf(process, subject, calendars),
        Sessions = calendars.Sessions,
        Rolling = rolling,
    };

    // A light review has neither: its working language is the State's own, and stakeholder windows come with a later release.
    private static ImmutableDictionary<string, bool> Conditions { get; } = ImmutableDictionary<string, bool>.Empty
        .Add("working_language_differs", false)
        .Add("stakeholder_inputs_exist", false);

    private static Dictionary<string, int> Holders(LoadedReview review) =>
        review.Process.Roles.ToDictionary(role => role.Id, role => HoldersOf(review, role.Id), StringComparer.Ordinal);

    // A contributor who validated is done: the sequence waits only for the others.
    private static int HoldersOf(LoadedReview review, string role) =>
        review.Holding(role).Count(person => !TurnRules.HasDone("self_assess", role, person, review.Dossier));

    private static Dictionary<string, PartyCalendar> CalendarsOf(
        ProcessDefinition process, StateRow subject, Calendars calendars)
    {
        var own = calendars.Of(subject);
        return process.Roles.ToDictionary(
            role => role.Id,
            role => role.Party == "subject" ? own : calendars.Office,
            StringComparer.Ordinal);
    }
}
