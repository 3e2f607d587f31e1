using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Why the course of a review was changed, kept beside the act.</summary>
public static class Reasons
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>That a review is limited to one theme.</summary>
    public const string Theme = "Theme";

    /// <summary>That a stage cannot succeed.</summary>
    public const string Fail = AgreementStanding.FailReason;

    /// <summary>That an optional stage is left out.</summary>
    public const string Skip = "Skip";

    /// <summary>That an earlier stage is sent back.</summary>
    public const string Return = "Return";

    /// <summary>What is wrong with a reason somebody has to give; null when it can stand.</summary>
    /// <returns>null, or <c>moves.reason-missing</c>, <c>moves.reason-too-long</c> {max}.</returns>
    public static Refusal? Check(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? new Refusal("moves.reason-missing", RefusalKind.Invalid, "reason")
        : reason.Length > MaxLength ? new Refusal("moves.reason-too-long", RefusalKind.Invalid, "reason").With("max", MaxLength)
        : null;

    /// <summary>Keeps why something is done, under the number the act will have in the ledger; nothing where nothing is said.</summary>
    /// <param name="act">What is done, such as <see cref="Fail"/>.</param>
    public static ReviewChange Explain(this ReviewChange change, string act, string reason, ReviewWork work)
    {
        if (reason.Length == 0)
            return change;
        var key = string.Create(CultureInfo.InvariantCulture, $"{act}:{work.Review.Sequence + 1}");
        // Whose reason it was must be known even when somebody else speaks for that State later.
        string[] state = work.Review.RolesOf(work.Person).Contains(RoleCode.ReviewerFocalPoint, StringComparer.Ordinal) && work.Review.BranchOf(work.Person) is { } own
            ? [own]
            : [];
        return change.Write(
            WritingKind.Reason, key, 0, Contents.Write(new NoteContent(reason, [.. state])), "AMBER", work.Review.Dossier.WorkingLanguage);
    }

    /// <summary>The last reason given for an act, or null.</summary>
    public static Writing? Last(Material material, string act) => material.Of(WritingKind.Reason)
        .Where(reason => reason.Key.StartsWith(act + ":", StringComparison.Ordinal)).MaxBy(reason => reason.At);
}
