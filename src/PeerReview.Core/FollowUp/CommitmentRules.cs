using System.Collections.Immutable;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.FollowUp;

/// <summary>What a commitment must say before it is kept.</summary>
public static class CommitmentRules
{
    /// <summary>Characters of a title.</summary>
    public const int MaxTitle = 200;

    /// <summary>Characters of the name of an office.</summary>
    public const int MaxOwner = 200;

    /// <summary>Words of the text, beside ten characters per word.</summary>
    public const int MaxTextWords = 200;

    /// <summary>Words of the indicator, and of the help.</summary>
    public const int MaxLineWords = 60;

    /// <summary>The urgency of what should not wait for the report.</summary>
    public const string DoNotWait = "do_not_wait";

    /// <summary>Everything that is wrong with it, in the order of the form; empty when it may be kept.</summary>
    /// <param name="framework">The version the review pins: its lists are the ones that count.</param>
    /// <param name="today">Today by the State's calendar; a commitment is due on a later day.</param>
    public static ImmutableArray<Refusal> Check(Commitment commitment, Framework framework, DateOnly today) =>
    [
        .. Words(commitment),
        .. Lists(commitment, framework),
        .. Keeping(commitment, today),
        .. Help(commitment),
    ];

    /// <summary>Whether its author should be told to raise an urgent point as well.</summary>
    /// <remarks>A commitment may say <see cref="DoNotWait"/>; it is kept, and it still waits with the others for the
    /// report. What must reach the authority at once is the urgent point, and no report shows the urgency.</remarks>
    public static bool CallsForUrgentPoint(Commitment commitment) => commitment.Urgency == DoNotWait;

    private static IEnumerable<Refusal> Words(Commitment c) =>
    [
        .. FieldRules.Present(c.Title, "title", FollowUpRefusals.CommitmentTitle),
        .. FieldRules.Within(c.Title, TextCap.Line(MaxTitle), "title", FollowUpRefusals.CommitmentTitleTooLong),
        .. FieldRules.Within(c.Text, TextCap.Of(MaxTextWords), "text", FollowUpRefusals.CommitmentTextTooLong),
    ];

    private static IEnumerable<Refusal> Lists(Commitment c, Framework f) =>
    [
        .. FieldRules.AtLeastOne(c.Items, "items", FollowUpRefusals.CommitmentItems),
        .. FieldRules.Each(c.Items, i => f.Item(i) is not null, "items", FollowUpRefusals.CommitmentItemUnknown),
        .. FieldRules.AtLeastOne(c.Lenses, "lenses", FollowUpRefusals.CommitmentLenses),
        .. FieldRules.Each(c.Lenses, l => FieldRules.Knows(f.Lenses, l), "lenses", FollowUpRefusals.CommitmentLensUnknown),
        .. FieldRules.AtLeastOne(c.Outcomes, "outcomes", FollowUpRefusals.CommitmentOutcomes),
        .. FieldRules.Each(c.Outcomes, o => FieldRules.Knows(f.Outcomes, o), "outcomes", FollowUpRefusals.CommitmentOutcomeUnknown),
        .. FieldRules.OneOf(f.Levels, c.Level, "level", FollowUpRefusals.CommitmentLevel),
        .. FieldRules.OneOf(f.ActionTypes, c.ActionType, "action_type", FollowUpRefusals.CommitmentActionType),
        .. FieldRules.NoneOrOneOf(f.ThreatKinds, c.ThreatKind, "threat_kind", FollowUpRefusals.CommitmentThreatKind),
        .. FieldRules.OneOf(f.Urgencies, c.Urgency, "urgency", FollowUpRefusals.CommitmentUrgency),
    ];

    private static IEnumerable<Refusal> Keeping(Commitment c, DateOnly today)
    {
        if (!c.RightsConsidered)
            yield return FieldRules.No(FollowUpRefusals.CommitmentRights, "rights_considered");
        foreach (var refusal in FieldRules.Present(c.Owner, "owner", FollowUpRefusals.CommitmentOwner))
            yield return refusal;
        foreach (var refusal in FieldRules.Within(c.Owner, TextCap.Line(MaxOwner), "owner", FollowUpRefusals.CommitmentOwnerTooLong))
            yield return refusal;
        if (c.Due is not { } due)
            yield return FieldRules.No(FollowUpRefusals.CommitmentDue, "due");
        else if (due <= today)
            yield return FieldRules.No(FollowUpRefusals.CommitmentDuePast, "due").With("today", today);
        foreach (var refusal in FieldRules.Present(c.Indicator, "indicator", FollowUpRefusals.CommitmentIndicator))
            yield return refusal;
        foreach (var refusal in FieldRules.Within(
            c.Indicator, TextCap.Of(MaxLineWords), "indicator", FollowUpRefusals.CommitmentIndicatorTooLong))
            yield return refusal;
    }

    private static IEnumerable<Refusal> Help(Commitment c)
    {
        if (c.HelpNeeded is null)
            yield return FieldRules.No(FollowUpRefusals.CommitmentHelpUnsaid, "help_needed");
        if (c.HelpNeeded is true && string.IsNullOrWhiteSpace(c.Help))
            yield return FieldRules.No(FollowUpRefusals.CommitmentHelp, "help");
        foreach (var refusal in FieldRules.Within(c.Help, TextCap.Of(MaxLineWords), "help", FollowUpRefusals.CommitmentHelpTooLong))
            yield return refusal;
    }
}
