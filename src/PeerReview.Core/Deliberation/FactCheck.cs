using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>A comment of the State on the draft.</summary>
/// <param name="About">A section, or the id of a recommendation.</param>
public sealed record DraftComment(string About, string Text);

/// <summary>The State corrects facts and comments on the draft; each comment is taken up or annexed unchanged (process B.2, stage
/// <c>fact_check</c>).</summary>
public static class FactCheck
{
    /// <summary>The stage it takes place in.</summary>
    public const string Stage = "fact_check";

    /// <summary>The lead took it up: the text says so now.</summary>
    public const string TakenUp = "taken_up";

    /// <summary>It stands unchanged in an annex of the report.</summary>
    public const string IsAnnexed = "annexed";

    /// <summary>Characters of a comment.</summary>
    public const int MaxText = 4_000;

    /// <summary>Comments of one State on one draft.</summary>
    public const int Most = 100;

    /// <summary>Everything that is wrong with a comment; empty when it can stand.</summary>
    /// <param name="places">Sections and recommendations there are.</param>
    /// <returns><c>fact-check.about</c>, <c>fact-check.text</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(DraftComment comment, IReadOnlyCollection<string> places)
    {
        if (!places.Contains(comment.About, StringComparer.Ordinal))
            yield return new Refusal("fact-check.about", RefusalKind.Invalid, "about");
        if (string.IsNullOrWhiteSpace(comment.Text) || comment.Text.Length > MaxText || !Core.Text.IsReadable(comment.Text))
            yield return new Refusal("fact-check.text", RefusalKind.Invalid, "text").With("max", MaxText);
    }

    /// <summary>What became of a comment; null while the lead has not said.</summary>
    public static string? OutcomeOf(Material material, string comment) =>
        material.Find(WritingKind.DraftCommentOutcome, comment) is { } outcome ? Contents.ReadNote(outcome).Items.FirstOrDefault() : null;

    /// <summary>Whether no word of what a comment is about was saved since the comment: then "taken up" needs a word that says where.</summary>
    public static bool IsUnchanged(Material material, Writing comment) =>
        Contents.ReadDraftComment(comment).About is var about
        && (material.Find(WritingKind.Section, about) ?? material.Find(WritingKind.Recommendation, about)) is not { } text || text.At <= comment.At;

    /// <summary>The comments the lead has not said anything about, by id (guard G-ANNEX).</summary>
    public static ImmutableArray<string> Open(Material material) =>
        [.. material.Of(WritingKind.DraftComment).Where(c => OutcomeOf(material, c.Key) is null).Select(c => c.Key)];

    /// <summary>Whether a comment is about the private annex: it stays beside that, is no part of what is agreed, and never goes out.</summary>
    public static bool IsPrivate(Writing comment) => Contents.ReadDraftComment(comment).About == DraftReport.PrivateAnnex;

    /// <summary>The comments that stand in the annex of the report.</summary>
    public static IEnumerable<Writing> Annexed(Material material) =>
        material.Of(WritingKind.DraftComment).Where(c => OutcomeOf(material, c.Key) == IsAnnexed && !IsPrivate(c));
}
