using System.Collections.Immutable;

namespace PeerReview.Core.Ports;

/// <summary>What a letter puts in place of a name, and what it stands for, where a text may ask.</summary>
/// <param name="Shown">In the reader's language, ready to be read.</param>
public sealed record LetterValue(string Shown)
{
    /// <summary>The day it is, if it is one.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The number it is, if it is one.</summary>
    public int? Number { get; init; }

    /// <summary>The rows it lists, if it is a list; empty otherwise.</summary>
    public ImmutableArray<ImmutableDictionary<string, LetterValue>> Rows { get; init; } = [];

    public static implicit operator LetterValue(string shown) => new(shown);
}
