using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>The ladder climbed while a deadline is overdue.</summary>
public static class EscalationLadder
{
    /// <summary>The steps of one deadline, by day, with roles put in the place of <c>acting</c>, <c>alternate</c> and
    /// <c>authority</c> of the late party.</summary>
    /// <param name="roles">The roles waited for; the party of the first is the late one.</param>
    public static ImmutableArray<PlannedLetter> Of(
        ProcessDefinition definition, Stage stage, string? branch, Deadline deadline, int round, ImmutableArray<string> roles)
    {
        var letters = ImmutableArray.CreateBuilder<PlannedLetter>();
        foreach (var level in definition.Escalation.OrderBy(l => l.OverdueDays))
        {
            if (!level.OnlyRoles.IsEmpty && !level.OnlyRoles.Any(r => roles.Has(r)))
                continue;
            letters.Add(new PlannedLetter(
                ReminderPlan.Key(stage, branch, round, deadline, level.Id),
                stage.Id,
                branch,
                deadline.Day.AddDays(level.OverdueDays),
                level.Id,
                [.. level.To.SelectMany(to => Recipients(definition, to, roles)).Distinct(StringComparer.Ordinal)],
                level));
        }

        return letters.ToImmutable();
    }

    /// <summary>Days after which the last step comes again, where it suspends nothing.</summary>
    public const int AgainDays = 60;

    /// <summary>How often it comes again.</summary>
    public const int AgainTimes = 5;

    /// <summary>The last step once more, to some roles alone: what nobody suspends must not be forgotten.</summary>
    /// <param name="letters">The steps of one deadline, by day.</param>
    public static IEnumerable<PlannedLetter> Again(ImmutableArray<PlannedLetter> letters, params ImmutableArray<string> roles) =>
        letters.IsEmpty ? [] : Enumerable.Range(1, AgainTimes).Select(time => letters[^1] with
        {
            Key = FormattableString.Invariant($"{letters[^1].Key}+{time}"),
            Day = letters[^1].Day.AddDays(time * AgainDays),
            Step = FormattableString.Invariant($"{letters[^1].Step}+{time}"),
            Roles = roles,
        });

    /// <summary>The least days before a suspension at which those it depends on have heard of it: as many as a late side has to choose.</summary>
    public const int AheadDays = 14;

    /// <summary>Days before a suspension at which they hear of it once more: no weekend swallows them.</summary>
    public const int ReminderAheadDays = 3;

    /// <summary>That the last step will suspend the review, to those of the late party a stage waits for and who stand in for them, as far as
    /// a step of the ladder does not tell them at the same time: once with the step that offers a choice, once when it is near. Each step
    /// is called <c>suspends_</c> and the days that are left.</summary>
    /// <param name="ladder">The steps of one deadline, by day; the last one suspends.</param>
    /// <param name="roles">The roles waited for; the party of the first is the late one.</param>
    public static IEnumerable<PlannedLetter> Ahead(ProcessDefinition definition, ImmutableArray<PlannedLetter> ladder, ImmutableArray<string> roles)
    {
        var end = ladder[^1];
        var party = definition.Role(roles[0]).Party;
        ImmutableArray<string> acting = [.. definition.WithAlternates(roles).Where(role => definition.Role(role).Party == party)];
        var choice = ladder.LastOrDefault(letter => letter.Day <= end.Day.AddDays(-AheadDays));
        return new[] { Told(choice?.Day ?? end.Day.AddDays(-AheadDays), choice), Told(end.Day.AddDays(-ReminderAheadDays), end) }
            .Where(letter => !letter.Roles.IsEmpty);

        PlannedLetter Told(DateOnly day, PlannedLetter? beside)
        {
            var step = FormattableString.Invariant($"suspends_{end.Day.DayNumber - day.DayNumber}");
            return end with
            {
                Key = $"{end.Key}/{step}",
                Day = day,
                Step = step,
                Roles = [.. acting.Where(role => beside?.Roles.Has(role) != true)],
            };
        }
    }

    /// <summary>Whether the effect of a step comes about, beside its letter.</summary>
    /// <param name="late">The stage that is late, its branch, and the first of the roles waited for.</param>
    /// <remarks>A review is suspended only when the subject itself is late and nothing is published.</remarks>
    public static bool TakesEffect(
        ProcessDefinition definition, ProcessState state, EscalationLevel level, (Stage Stage, string? Branch, string Role) late)
    {
        if (level.OnlyParty is { } party && definition.Role(late.Role).Party != party)
            return false;
        if (level.BeforeStage is { } stage && state[stage].Status.IsClosed())
            return false;
        return level.Effect != EscalationEffect.OfferExtension
            || (late.Stage.Extend is { } rule && state[late.Stage].Part(late.Branch) is { } part && part.Extensions < rule.Times);
    }

    private static IEnumerable<string> Recipients(ProcessDefinition definition, string to, ImmutableArray<string> roles) => to switch
    {
        "acting" => roles,
        "alternate" => definition.WithAlternates(roles).Where(r => !roles.Has(r)),
        "authority" => [definition.FindParty(definition.Role(roles[0]).Party)!.Authority],
        _ => [to],
    };
}
