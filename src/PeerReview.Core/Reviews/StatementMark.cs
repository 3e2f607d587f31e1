using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>What somebody stated with a part of a stage, because the product cannot know it. Part of the <see cref="Dossier"/>.</summary>
/// <param name="Guards">Guards that hold.</param>
/// <param name="Conditions">Conditions of what comes next, and whether they hold.</param>
public sealed record StatementMark(string Stage, ImmutableArray<string> Guards, ImmutableSortedDictionary<string, bool> Conditions);

/// <summary>What was stated.</summary>
public static class Statements
{
    /// <summary>Whether somebody stated with their part of a stage that a guard holds.</summary>
    public static bool HasStated(this Dossier dossier, string stage, string guard) =>
        dossier.Statements?.Any(s => s.Stage == stage && s.Guards.Contains(guard, StringComparer.Ordinal)) == true;

    /// <summary>What was stated last about a condition; null where nothing was.</summary>
    public static bool? Stated(this Dossier dossier, string condition) =>
        dossier.Statements?.LastOrDefault(s => s.Conditions.ContainsKey(condition))?.Conditions[condition];

    /// <summary>The statements after one more; the newest of a stage counts.</summary>
    internal static ImmutableArray<StatementMark> After(this ReviewEvent.StageStated e, ImmutableArray<StatementMark>? before) =>
        (before ?? []).RemoveAll(s => s.Stage == e.Stage).Add(new StatementMark(e.Stage, e.Guards, e.Conditions));
}
