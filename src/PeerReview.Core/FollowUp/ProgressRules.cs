using System.Collections.Immutable;

namespace PeerReview.Core.FollowUp;

/// <summary>How far one commitment is.</summary>
/// <param name="Commitment">Its id.</param>
/// <param name="Status">done, under_way or not_started.</param>
/// <param name="Text">A few words about it; may be empty.</param>
public sealed record CommitmentProgress(string Commitment, string Status, string Text);

/// <summary>What a progress note and a closing note must say.</summary>
public static class ProgressRules
{
    /// <summary>The stage of the six-month check.</summary>
    public const string SixMonths = "check_6m";

    /// <summary>The stage of the mid-term update, which the lead reviewer confirms.</summary>
    public const string MidTerm = "mid_term";

    /// <summary>The key of the lead's confirmation.</summary>
    public const string Confirmation = "mid_term:confirmed";

    /// <summary>The stage that ends the review, open from publication to the end.</summary>
    public const string Close = "close";

    /// <summary>The moments at which progress is told.</summary>
    public static ImmutableArray<string> Stages { get; } = [SixMonths, MidTerm];

    /// <summary>A note told more days before its day than these is told early: whoever tells it says that it is meant.</summary>
    public static int EarlyDays(string stage) => stage == MidTerm ? 180 : 60;

    /// <summary>Words of a note, beside ten characters per word.</summary>
    public const int MaxWords = 300;

    /// <summary>The codes of the statuses, in the order shown.</summary>
    public static ImmutableArray<string> Statuses { get; } = ["done", "under_way", "not_started"];

    /// <summary>Everything that is wrong with a progress note: each commitment once, with a known status.</summary>
    /// <param name="commitments">Ids of those that stand; where there are none, the note speaks of the whole.</param>
    public static ImmutableArray<Refusal> Check(
        ImmutableArray<CommitmentProgress> notes, string text, ImmutableArray<string> commitments) =>
    [
        .. commitments.IsEmpty && notes.IsEmpty ? FieldRules.Present(text, "text", FollowUpRefusals.NoteEmpty) : [],
        .. FieldRules.Within(text, TextCap.Of(MaxWords), "text", FollowUpRefusals.NoteTooLong),
        .. notes.Where(n => !commitments.Contains(n.Commitment, StringComparer.Ordinal)).Take(1)
            .Select(_ => FieldRules.No(FollowUpRefusals.ProgressUnknown, "notes")),
        .. commitments.Where(c => notes.Count(n => n.Commitment == c && Statuses.Contains(n.Status, StringComparer.Ordinal)) != 1)
            .Select(c => FieldRules.No(FollowUpRefusals.ProgressStatus, "status." + c).With("commitment", c)),
        .. notes.SelectMany(n => FieldRules.Within(n.Text, TextCap.Of(MaxWords), "text." + n.Commitment, FollowUpRefusals.NoteTooLong)).Take(1),
    ];

    /// <summary>Whether a note told today would be early. The process opens both moments on the day of publication and ends them at theirs;
    /// each is told once, so a slip would cost the State its say.</summary>
    /// <param name="due">Its day.</param>
    public static bool IsEarly(string stage, DateOnly due, DateOnly today) => due > today.AddDays(EarlyDays(stage));

    /// <summary>Everything that is wrong with the lead's confirmation.</summary>
    public static ImmutableArray<Refusal> CheckConfirmation(string text) =>
    [
        .. FieldRules.Present(text, "text", FollowUpRefusals.ConfirmationEmpty),
        .. FieldRules.Within(text, TextCap.Of(MaxWords), "text", FollowUpRefusals.NoteTooLong),
    ];

    /// <summary>Everything that is wrong with a closing note.</summary>
    public static ImmutableArray<Refusal> CheckClosing(string text) =>
    [
        .. FieldRules.Present(text, "text", FollowUpRefusals.ClosingEmpty),
        .. FieldRules.Within(text, TextCap.Of(MaxWords), "text", FollowUpRefusals.NoteTooLong),
    ];
}
