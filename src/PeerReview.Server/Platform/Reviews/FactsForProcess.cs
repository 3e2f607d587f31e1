using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What the process asks the rest of the product at the moment of a command.</summary>
public static class FactsForProcess
{
    /// <summary>Guards, holders and calendars of a review as it stands.</summary>
    /// <param name="asked">The guards to answer.</param>
    /// <param name="stage">The stage that is to be left; null where none is.</param>
    public static ProcessFacts Of(
        LoadedReview review, IEnumerable<string> asked, Material material, Calendars calendars, Stage? stage) => new()
        {
            Guards = Guards.Of(asked, review.Framework, review.State, review.Dossier, material, stage),
            Conditions = Conditions(review),
            Branches = BranchesOf(review.Dossier),
            Holders = Holders(review),
            Calendars = CalendarsOf(review, calendars),
            Sessions = calendars.Sessions,
            Rolling = review.Rolling,
        };

    /// <summary>Who holds which role, and nothing else: whose turn it is in a sequence.</summary>
    public static ProcessFacts Held(LoadedReview review) => new() { Holders = Holders(review) };

    /// <summary>What a forecast of a review that is not launched goes by: the calendars.</summary>
    public static ProcessFacts Planning(ProcessDefinition process, StateRow subject, bool rolling, Calendars calendars) => new()
    {
        Calendars = CalendarsOf(process, subject, calendars),
        Sessions = calendars.Sessions,
        Rolling = rolling,
    };

    /// <summary>The same when a decision has been taken, for the moves that follow from it: another variant may need other stages.</summary>
    /// <param name="review">After the decision.</param>
    public static ProcessFacts After(ProcessFacts facts, LoadedReview review) => facts with { Conditions = Conditions(review) };

    /// <summary>The conditions that hold already and bring a stage about that a forecast would leave out.</summary>
    public static ImmutableArray<string> Assumed(LoadedReview review) =>
        [.. Conditions(review).Where(condition => condition.Value == true).Select(condition => condition.Key)];

    private static ImmutableSortedDictionary<string, bool?> Conditions(LoadedReview review) =>
        ImmutableSortedDictionary.Create<string, bool?>(StringComparer.Ordinal)
            .Add(ReaderTranslations.Condition, KnownStages.Serve(review.Process, "opening")
                ? ReaderTranslations.AreNeeded(review.Dossier, review.HasTeam)
                : review.Dossier.Stated(ReaderTranslations.Condition))
            .Add("stakeholder_inputs_exist", KnownStages.Serve(review.Process, StakeholderWindow.Call)
                ? review.Dossier.Stakeholders.HasAccepted
                : review.Dossier.Stated("stakeholder_inputs_exist"));

    private static Dictionary<string, int> Holders(LoadedReview review) =>
        review.Process.Roles.ToDictionary(role => role.Id, role => HoldersOf(review, role.Id), StringComparer.Ordinal);

    // A contributor who validated is done: the sequence waits only for the others.
    private static int HoldersOf(LoadedReview review, string role) =>
        review.Holding(role).Count(person => !TurnRules.HasDone("self_assess", role, person, review.Dossier));

    private static Dictionary<string, ImmutableArray<string>> BranchesOf(Dossier dossier) => new(StringComparer.Ordinal)
    {
        [BranchSet.ReviewingState] = [.. dossier.Team.States.Select(seat => seat.State)],
        [EndorsementRules.Branches] = dossier.Region?.States ?? [],
        [BranchSet.Expert] = [.. dossier.Holding(RoleCode.Expert).Select(person => new PersonId(person).ToString())],
    };

    /// <summary>Each side's own; a reviewing State and its experts go by the calendar of that State.</summary>
    private static Dictionary<string, PartyCalendar> CalendarsOf(LoadedReview review, Calendars calendars)
    {
        var all = CalendarsOf(review.Process, review.Subject, calendars);
        foreach (var state in review.Participants)
            all[$"{RoleCode.Authority}/{state.Iso3}"] = calendars.Of(state);
        foreach (var state in review.Reviewers)
        {
            var own = calendars.Of(state);
            foreach (var role in review.Process.Roles.Where(role => role.HeldPer == BranchSet.ReviewingState))
                all[$"{role.Id}/{state.Iso3}"] = own;
            foreach (var person in review.Dossier.People.Where(p => p.State == state.Iso3 && review.Process.Role(p.Role).HeldPer == BranchSet.Expert))
                all[$"{person.Role}/{new PersonId(person.Person)}"] = own;
        }

        return all;
    }

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
