using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.FollowUp;

/// <summary>How many of each a review holds. More than a State can keep is no commitment.</summary>
public static class FollowUpRules
{
    /// <summary>Commitments of one review.</summary>
    public const int MaxCommitments = 20;

    /// <summary>Good practices of one review.</summary>
    public const int MaxGoodPractices = 20;

    /// <summary>Why no further commitment may be added, or null.</summary>
    /// <param name="commitments">Those that stand.</param>
    public static Refusal? MayAdd(int commitments) =>
        Room(commitments, MaxCommitments, FollowUpRefusals.CommitmentsTooMany);

    /// <summary>Why no further good practice may be added, or null.</summary>
    /// <param name="practices">Those that stand.</param>
    public static Refusal? MayAddGoodPractice(int practices) =>
        Room(practices, MaxGoodPractices, FollowUpRefusals.PracticesTooMany);

    private static Refusal? Room(int count, int most, string full) =>
        count < most ? null : new Refusal(full, RefusalKind.Conflict).With("most", most);
}

/// <summary>What a good practice must say before it is kept.</summary>
public static class GoodPracticeRules
{
    /// <summary>Words of the text, beside ten characters per word.</summary>
    public const int MaxWords = 200;

    /// <summary>Everything that is wrong with it, in the order of the form; empty when it may be kept.</summary>
    public static ImmutableArray<Refusal> Check(GoodPractice practice, Framework framework) =>
    [
        .. FieldRules.Each([practice.Item], i => framework.Item(i) is not null, "item", FollowUpRefusals.PracticeItem),
        .. FieldRules.Present(practice.Text, "text", FollowUpRefusals.PracticeText),
        .. FieldRules.Within(practice.Text, TextCap.Of(MaxWords), "text", FollowUpRefusals.PracticeTextTooLong),
        .. FieldRules.AtLeastOne(practice.Outcomes, "outcomes", FollowUpRefusals.PracticeOutcomes),
        .. FieldRules.Each(
            practice.Outcomes, o => FieldRules.Knows(framework.Outcomes, o), "outcomes", FollowUpRefusals.PracticeOutcomeUnknown),
        .. FieldRules.AtLeastOne(practice.Lenses, "lenses", FollowUpRefusals.PracticeLenses),
        .. FieldRules.Each(
            practice.Lenses, l => FieldRules.Knows(framework.Lenses, l), "lenses", FollowUpRefusals.PracticeLensUnknown),
        .. FieldRules.OneOf(framework.Levels, practice.Level, "level", FollowUpRefusals.PracticeLevel),
    ];
}

/// <summary>What the State's own summary of its report may be.</summary>
public static class SummaryRules
{
    /// <summary>Words of the text, beside ten characters per word.</summary>
    public const int MaxWords = 500;

    /// <summary>Everything that is wrong with it; an empty one may be kept and is none.</summary>
    public static ImmutableArray<Refusal> Check(string text) =>
        [.. FieldRules.Within(text, TextCap.Of(MaxWords), "text", FollowUpRefusals.SummaryTooLong)];
}

/// <summary>What an urgent point must say: little, because it is urgent.</summary>
public static class UrgentPointRules
{
    /// <summary>Words of the text, beside ten characters per word.</summary>
    public const int MaxWords = 200;

    /// <summary>Everything that is wrong with it; empty when it may go. Item, threat kind and lenses may be left out, but
    /// not be unknown.</summary>
    public static ImmutableArray<Refusal> Check(UrgentPoint point, Framework framework) =>
    [
        .. FieldRules.Present(point.Text, "text", FollowUpRefusals.UrgentText),
        .. FieldRules.Within(point.Text, TextCap.Of(MaxWords), "text", FollowUpRefusals.UrgentTextTooLong),
        .. point.Item is { } item
            ? FieldRules.Each([item], i => framework.Item(i) is not null, "item", FollowUpRefusals.UrgentItem)
            : [],
        .. FieldRules.NoneOrOneOf(framework.ThreatKinds, point.ThreatKind, "threat_kind", FollowUpRefusals.UrgentThreatKind),
        .. FieldRules.Each(
            point.Lenses, l => FieldRules.Knows(framework.Lenses, l), "lenses", FollowUpRefusals.UrgentLensUnknown),
    ];

    /// <summary>Everything that is wrong with what somebody says when acknowledging one; it may be empty.</summary>
    public static ImmutableArray<Refusal> CheckNote(string note) =>
        [.. FieldRules.Within(note, TextCap.Of(MaxWords), "note", FollowUpRefusals.UrgentTextTooLong)];
}
