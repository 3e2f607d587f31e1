using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>What a coordinator says when sending a self-assessment back.</summary>
public static class ReturnRules
{
    /// <summary>Characters of the note at most.</summary>
    public const int MaxNote = 4_000;

    /// <summary>Everything that is wrong with the list; empty when nothing is.</summary>
    /// <returns><c>return.no-items</c>, <c>return.unknown-item</c> {item}, <c>return.note-empty</c>, <c>return.too-long</c> {max},
    /// <c>return.unreadable</c>.</returns>
    public static ImmutableArray<Refusal> Check(NoteContent list, Dossier dossier) => [.. Items(list, dossier), .. Note(list.Text)];

    private static IEnumerable<Refusal> Items(NoteContent list, Dossier dossier)
    {
        if (list.Items.IsEmpty)
            yield return new Refusal("return.no-items", RefusalKind.Invalid, "items");
        if (list.Items.FirstOrDefault(i => !dossier.Items.Contains(i, StringComparer.Ordinal)) is { } unknown)
            yield return new Refusal("return.unknown-item", RefusalKind.Invalid, "items").With("item", unknown.Length <= 20 ? unknown : "?");
    }

    private static IEnumerable<Refusal> Note(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            yield return new Refusal("return.note-empty", RefusalKind.Invalid, "text");
        else if (text.Length > MaxNote)
            yield return new Refusal("return.too-long", RefusalKind.Invalid, "text").With("max", MaxNote);
        else if (!Text.IsReadable(text))
            yield return new Refusal("return.unreadable", RefusalKind.Invalid, "text");
    }
}
