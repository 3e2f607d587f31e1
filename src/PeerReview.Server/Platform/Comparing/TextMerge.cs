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
        var parts = ImmutableArray.CreateBuilder<MergePart>();
        var from = 0;
        for (var to = 0; to <= toTheirs.Before.Count; to++)
        {
            if (!toTheirs.Knows(to) || !toMine.Knows(to))
                continue;
            Add(parts, Join(toTheirs.Before, from, to), toTheirs.Between(from, to), toMine.Between(from, to));
            // What somebody put in at this very place.
            Add(parts, "", toTheirs.PutInAt(to), toMine.PutInAt(to));
            from = to;
        }

        return new TextMerge(parts.ToImmutable());
    }

    private static void Add(ImmutableArray<MergePart>.Builder parts, string origin, string theirs, string mine)
    {
        if (origin.Length + theirs.Length + mine.Length == 0)
            return;
        var part = MergePart.Of(origin, theirs, mine);
        if (part.Kind == MergeKind.Same && parts.Count > 0 && parts[^1] is { Kind: MergeKind.Same } last)
            parts[^1] = new MergePart(MergeKind.Same, last.Origin + origin, last.Theirs + theirs, last.Mine + mine);
        else
            parts.Add(part);
    }

    private static string Append(string text, string next) =>
        text.Length == 0 || next.Length == 0 || char.IsWhiteSpace(text[^1]) || char.IsWhiteSpace(next[0]) || "。！？".Contains(text[^1], StringComparison.Ordinal)
            ? text + next
            : $"{text} {next}";

    private static string Join(IReadOnlyList<string> pieces, int from, int to) => string.Concat(pieces.Skip(from).Take(to - from));

    /// <summary>Which places between the sentences before are known after: beside each that stayed, and between sentences that
    /// were rewritten one for one.</summary>
    /// <param name="Starts">For each place before, where it is after; -1 where that is not known.</param>
    /// <param name="Ends">The same behind what was put in at the place.</param>
    private sealed record Aligned(IReadOnlyList<string> Before, IReadOnlyList<string> After, int[] Starts, int[] Ends)
    {
        public bool Knows(int place) => Starts[place] >= 0;

        public string Between(int from, int to) => from == to ? "" : Join(After, Ends[from], Starts[to]);

        public string PutInAt(int place) => Join(After, Starts[place], Ends[place]);

        public static Aligned Of(string before, string after)
        {
            var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: true, ignoreCase: false, Sentences.Chunker);
            var (starts, ends) = (new int[diff.PiecesOld.Count + 1], new int[diff.PiecesOld.Count + 1]);
            Array.Fill(starts, -1);
            Array.Fill(ends, -1);
            var (a, b) = (0, 0);
            starts[0] = 0;
            foreach (var block in diff.DiffBlocks)
            {
                Step(block.DeleteStartA - a);
                if (block.DeleteCountA == block.InsertCountB)
                    Step(block.DeleteCountA);
                else
                    Skip(block.DeleteCountA, block.InsertCountB);
            }

            Step(diff.PiecesOld.Count - a);
            ends[a] = diff.PiecesNew.Count;
            return new Aligned(diff.PiecesOld, diff.PiecesNew, starts, ends);

            // Sentence by sentence.
            void Step(int count)
            {
                for (; count > 0; count--)
                    Skip(1, 1);
            }

            void Skip(int removed, int added)
            {
                if (removed == 0)
                {
                    b += added;
                    ends[a] = b;
                    return;
                }

                ends[a] = b;
                (a, b) = (a + removed, b + added);
                starts[a] = b;
            }
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

    /// <summary>Finds who changed it.</summary>
    public static MergePart Of(string origin, string theirs, string mine) => new(KindOf(origin, theirs, mine), origin, theirs, mine);

    // Blanks around a sentence are not what two people quarrel about.
    private static MergeKind KindOf(string origin, string theirs, string mine) =>
        Alike(theirs, mine) ? (Alike(origin, mine) ? MergeKind.Same : MergeKind.Both)
        : Alike(origin, mine) ? MergeKind.Theirs
        : Alike(origin, theirs) ? MergeKind.Mine
        : MergeKind.Conflict;

    private static bool Alike(string one, string other) => one.AsSpan().Trim().SequenceEqual(other.AsSpan().Trim());
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
