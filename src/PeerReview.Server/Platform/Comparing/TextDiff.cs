using System.Collections.Immutable;
using DiffPlex;
using DiffPlex.Model;

namespace PeerReview.Server.Platform.Comparing;

/// <summary>What changed between two versions of a text: by sentences, and by words within a sentence that is still much the
/// same.</summary>
public static class TextDiff
{
    /// <summary>The parts in reading order. What is the same and what was removed make up the text before; what is the same
    /// and what was added, the text after.</summary>
    public static ImmutableArray<TextChange> Between(string before, string after) =>
        [.. Changes(Differ.Instance.CreateDiffs(before, after, false, false, Sentences.Chunker), Closer)];

    private static IEnumerable<TextChange> Closer(string removed, string added)
    {
        var words = Changes(Differ.Instance.CreateDiffs(removed, added, false, false, WordParts.Chunker), Whole).ToList();
        // Below half in common, two sentences one after the other read better than a mosaic.
        var common = words.Where(w => w.Kind == ChangeKind.Same).Sum(w => Letters(w.Text));
        return common * 2 >= Math.Max(Letters(removed), Letters(added)) ? words : Whole(removed, added);
    }

    private static int Letters(string text) => text.Count(char.IsLetterOrDigit);

    private static IEnumerable<TextChange> Whole(string removed, string added)
    {
        if (removed.Length > 0)
            yield return new TextChange(ChangeKind.Removed, removed);
        if (added.Length > 0)
            yield return new TextChange(ChangeKind.Added, added);
    }

    private static IEnumerable<TextChange> Changes(DiffResult diff, Func<string, string, IEnumerable<TextChange>> within)
    {
        var at = 0;
        foreach (var block in diff.DiffBlocks)
        {
            if (block.DeleteStartA > at)
                yield return new TextChange(ChangeKind.Same, Join(diff.PiecesOld, at, block.DeleteStartA));
            var removed = Join(diff.PiecesOld, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            var added = Join(diff.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            foreach (var change in removed.Length > 0 && added.Length > 0 ? within(removed, added) : Whole(removed, added))
                yield return change;
            at = block.DeleteStartA + block.DeleteCountA;
        }

        if (at < diff.PiecesOld.Count)
            yield return new TextChange(ChangeKind.Same, Join(diff.PiecesOld, at, diff.PiecesOld.Count));
    }

    private static string Join(IReadOnlyList<string> pieces, int from, int to) =>
        string.Concat(pieces.Skip(from).Take(to - from));
}

/// <summary>A stretch of text and what became of it.</summary>
public sealed record TextChange(ChangeKind Kind, string Text);

/// <summary>What became of a stretch of text.</summary>
public enum ChangeKind
{
    /// <summary>It stands in both versions.</summary>
    Same,

    /// <summary>It stands in the version before only.</summary>
    Removed,

    /// <summary>It stands in the version after only.</summary>
    Added,
}
