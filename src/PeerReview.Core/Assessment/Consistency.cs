using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Assessment;

/// <summary>One thing in an answer that does not fit with another. A remark for its authors; it stops nothing.</summary>
/// <param name="Item">The item.</param>
/// <param name="Remark">What.</param>
/// <param name="Field">The field to look at.</param>
public sealed record Inconsistency(string Item, Remark Remark, string Field);

/// <summary>What may not fit.</summary>
public enum Remark
{
    /// <summary>In place and tested, and no day on which it was.</summary>
    TestedWithoutDate,

    /// <summary>A day of testing, and the answer does not say tested.</summary>
    DateWithoutTested,

    /// <summary>The last test is more than three years old.</summary>
    TestedLongAgo,

    /// <summary>In place, and neither rule nor practice says how.</summary>
    InPlaceWithoutRuleOrPractice,

    /// <summary>Partly in place or more, and nothing shows it: no evidence text and no file.</summary>
    NothingToShow,

    /// <summary>Not considered, and yet rule or practice says something.</summary>
    NotConsideredButDescribed,

    /// <summary>Preferring not to answer, and yet something is written that others may read.</summary>
    DeclinedButDescribed,

    /// <summary>An item on essential services that names no sector.</summary>
    NoSector,

    /// <summary>A file may travel further than the answer it is under.</summary>
    FileWiderThanAnswer,

    /// <summary>The answer is for everybody, and a file under it for named persons.</summary>
    ClearAnswerWithRedFile,

    /// <summary>The answer was changed since one of its translations was made.</summary>
    TranslationOlder,
}

/// <summary>Finds contradictions and gaps before somebody else does.</summary>
public static class Consistency
{
    private const int OldAfterYears = 3;

    /// <summary>All remarks, in the framework's order and per item in the order of <see cref="Remark"/>.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="answers">The answers that stand.</param>
    /// <param name="files">The files under them.</param>
    /// <param name="today">The day by the State's calendar.</param>
    public static ImmutableArray<Inconsistency> Of(
        Framework framework, IEnumerable<Answer> answers, IEnumerable<EvidenceFile> files, DateOnly today)
    {
        var byItem = answers.ToDictionary(a => a.Item, StringComparer.Ordinal);
        var under = files.ToLookup(f => f.Item, StringComparer.Ordinal);
        return
        [
            .. framework.Items.Where(i => byItem.ContainsKey(i.Id)).SelectMany(
                i => Remarks(i, byItem[i.Id], [.. under[i.Id]], today)
                    .OrderBy(r => r.Remark).Select(r => new Inconsistency(i.Id, r.Remark, r.Field))),
        ];
    }

    /// <summary>The remark about the translations of one answer, which come after all others.</summary>
    public static IEnumerable<Inconsistency> OfTranslations(string item, IEnumerable<StandingTranslation> translations) =>
        translations.Any(t => t.IsOlder) ? [new Inconsistency(item, Remark.TranslationOlder, "translations")] : [];

    private static IEnumerable<(Remark Remark, string Field)> Remarks(
        FrameworkItem item, Answer answer, ImmutableArray<EvidenceFile> files, DateOnly today) =>
        [.. OfTesting(answer, today), .. OfLayers(item, answer, files), .. OfLabels(answer, files)];

    private static IEnumerable<(Remark, string)> OfTesting(Answer answer, DateOnly today)
    {
        var tested = answer.Value == AnswerValue.InPlaceAndTested;
        if (tested && answer.LastTested is null)
            yield return (Remark.TestedWithoutDate, "last_tested");
        if (!tested && answer.LastTested is not null)
            yield return (Remark.DateWithoutTested, "value");
        if (answer.LastTested is { } day && day < today.AddYears(-OldAfterYears))
            yield return (Remark.TestedLongAgo, "last_tested");
    }

    private static IEnumerable<(Remark, string)> OfLayers(FrameworkItem item, Answer answer, ImmutableArray<EvidenceFile> files)
    {
        var described = Says(answer.Rule) || Says(answer.Practice);
        if (answer.Value is AnswerValue.InPlace or AnswerValue.InPlaceAndTested && !described)
            yield return (Remark.InPlaceWithoutRuleOrPractice, "rule");
        if (answer.Value?.ClaimsPractice() == true && !Says(answer.Evidence) && files.IsEmpty)
            yield return (Remark.NothingToShow, "evidence");
        if (answer.Value == AnswerValue.NotConsidered && described)
            yield return (Remark.NotConsideredButDescribed, "value");
        if (answer.Value == AnswerValue.PreferNotToAnswer && (answer.Texts.Any(t => Says(t.Text)) || !files.IsEmpty))
            yield return (Remark.DeclinedButDescribed, "value");
        if (item.NeedsSectors && answer.Value?.ClaimsPractice() == true && answer.Sectors.IsEmpty)
            yield return (Remark.NoSector, "sectors");
    }

    private static IEnumerable<(Remark, string)> OfLabels(Answer answer, ImmutableArray<EvidenceFile> files)
    {
        if (files.Any(f => answer.Label.Widens(f.Label)))
            yield return (Remark.FileWiderThanAnswer, "label");
        if (answer.Label == SharingLabel.Clear && files.Any(f => f.Label == SharingLabel.Red))
            yield return (Remark.ClearAnswerWithRedFile, "label");
    }

    private static bool Says(string text) => !string.IsNullOrWhiteSpace(text);
}
