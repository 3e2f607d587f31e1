using System.Collections.Immutable;
using DiffPlex;

namespace PeerReview.Server.Platform.Comparing;

/// <summary>Brings two changes of one text together, sentence by sentence: what one side changed is taken, what both changed
/// in different ways is a conflict for a person to settle.</summary>
public sealed record TextMerge(ImmutableArray<MergePart> Parts)
{
    /// <summary>Whether a person has to choose.</summary>
    public bool HasConflicts => Parts.Any(part => part.Kind == MergeKind.Conflict);

    /// <summary>The text with both sides' changes; where they contradict each other, mine.</summary>
    public string Text => Parts.Aggregate("", (text, part) => Append(text, part.Text));

    /// <summary>Merges.</summary>
    /// <param name="origin">What both started from.</param>
    /// <param name="theirs">What was saved meanwhile.</param>
    /// <param name="mine">What is to be saved.</param>
    public static TextMerge Of(string origin, string theirs, string mine)
    {
        var (toTheirs, toMine) = (Aligned.Of(origin, theirs), Aligned.Of(origin, mine));
        var pieces = toTheirs.Before;
        var parts = ImmutableArray.CreateBuilder<MergePart>();
        var (at, t, m) = (0, 0, 0);
        for (var i = 0; i <= pieces.Count; i++)
        {
            // A sentence both left where it was ends a stretch; the end of the text ends the last.
            var end = i == pieces.Count;
            if (!end && (toTheirs.Match[i] < 0 || toMine.Match[i] < 0))
                continue;
            var (nextT, nextM) = end ? (toTheirs.After.Count, toMine.After.Count) : (toTheirs.Match[i], toMine.Match[i]);
            Add(parts, Join(pieces, at, i), Join(toTheirs.After, t, nextT), Join(toMine.After, m, nextM));
            if (end)
                break;
            Add(parts, pieces[i], toTheirs.After[nextT], toMine.After[nextM]);
            (at, t, m) = (i + 1, nextT + 1, nextM + 1);
        }

        return new TextMerge(parts.ToImmutable());
    }

    private static void Add(ImmutableArray<MergePart>.Builder parts, string origin, string theirs, string mine)
    {
        if (origin.Length + theirs.Length + mine.Length == 0)
            return;
        var part = new MergePart(KindOf(origin, theirs, mine), origin, theirs, mine);
        if (part.Kind == MergeKind.Same && parts.Count > 0 && parts[^1] is { Kind: MergeKind.Same } last)
            parts[^1] = new MergePart(MergeKind.Same, last.Origin + origin, last.Theirs + theirs, last.Mine + mine);
        else
            parts.Add(part);
    }

    // Blanks around a sentence are not what two people quarrel about.
    private static MergeKind KindOf(string origin, string theirs, string mine) =>
        Alike(theirs, mine) ? (Alike(origin, mine) ? MergeKind.Same : MergeKind.Both)
        : Alike(origin, mine) ? MergeKind.Theirs
        : Alike(origin, theirs) ? MergeKind.Mine
        : MergeKind.Conflict;

    private static bool Alike(string one, string other) => one.AsSpan().Trim().SequenceEqual(other.AsSpan().Trim());

    private static string Append(string text, string next) =>
        text.Length == 0 || next.Length == 0 || char.IsWhiteSpace(text[^1]) || char.IsWhiteSpace(next[0]) || "。！？".Contains(text[^1], StringComparison.Ordinal)
            ? text + next
            : $"{text} {next}";

    private static string Join(IReadOnlyList<string> pieces, int from, int to) => string.Concat(pieces.Skip(from).Take(to - from));

    /// <summary>For each sentence before, where it stands after, or -1.</summary>
    private sealed record Aligned(IReadOnlyList<string> Before, IReadOnlyList<string> After, int[] Match)
    {
        public static Aligned Of(string before, string after)
        {
            var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: true, ignoreCase: false, Sentences.Chunker);
            var match = new int[diff.PiecesOld.Count];
            Array.Fill(match, -1);
            var (a, b) = (0, 0);
            foreach (var block in diff.DiffBlocks)
            {
                while (a < block.DeleteStartA)
                    match[a++] = b++;
                (a, b) = (a + block.DeleteCountA, b + block.InsertCountB);
            }

            while (a < match.Length)
                match[a++] = b++;
            return new Aligned(diff.PiecesOld, diff.PiecesNew, match);
        }
    }
}

/// <summary>A stretch of a text that two people worked on.</summary>
/// <param name="Origin">As both found it.</param>
/// <param name="Theirs">As it was saved meanwhile.</param>
/// <param name="Mine">As it is to be saved.</param>
public sealed record MergePart(MergeKind Kind, string Origin, string Theirs, string Mine)
{
    /// <summary>What stands there after the merge.</summary>
    public string Text => Kind switch
    {
        MergeKind.Theirs => Theirs,
        // Only the blanks differ: whoever changed them meant something.
        MergeKind.Same when Mine == Origin => Theirs,
        _ => Mine,
    };
}

/// <summary>Who changed a stretch of text.</summary>
public enum MergeKind
{
    /// <summary>Nobody.</summary>
    Same,

    /// <summary>I alone.</summary>
    Mine,

    /// <summary>They alone.</summary>
    Theirs,

    /// <summary>Both, to the same words.</summary>
    Both,

    /// <summary>Both, to different words.</summary>
    Conflict,
}
