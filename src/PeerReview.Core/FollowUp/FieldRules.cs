using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.FollowUp;

/// <summary>How long a text may be.</summary>
/// <param name="Words">Words as <see cref="WordCount"/> counts them.</param>
/// <param name="Characters">UTF-16 code units: a bound for texts without spaces.</param>
internal sealed record TextCap(int Words, int Characters)
{
    /// <summary>A cap in words, with room for the longest: whoever keeps to it never meets the one in characters.</summary>
    public static TextCap Of(int words) => new(words, words * 20);

    /// <summary>A cap in characters alone.</summary>
    public static TextCap Line(int characters) => new(characters, characters);

    public bool Exceeded(string text) => text.Length > Characters || WordCount.Of(text) > Words;
}

/// <summary>The checks that fields of commitments, good practices and urgent points share. Names in a refusal are
/// numbers and fields, never what somebody typed.</summary>
internal static class FieldRules
{
    public static IEnumerable<Refusal> Present(string text, string field, string missing)
    {
        if (string.IsNullOrWhiteSpace(text))
            yield return No(missing, field);
    }

    public static IEnumerable<Refusal> Within(string text, TextCap cap, string field, string tooLong)
    {
        if (cap.Exceeded(text))
            yield return No(tooLong, field).With("characters", cap.Characters).With("words", cap.Words);
        else if (!Text.IsReadable(text))
            yield return No(FollowUpRefusals.TextUnreadable, field);
    }

    /// <summary>A code of the list, which must be there.</summary>
    public static IEnumerable<Refusal> OneOf(ImmutableArray<Term> terms, string code, string field, string wrong)
    {
        if (!Knows(terms, code))
            yield return No(wrong, field);
    }

    /// <summary>No code, or one of the list.</summary>
    public static IEnumerable<Refusal> NoneOrOneOf(ImmutableArray<Term> terms, string? code, string field, string wrong) =>
        code is null ? [] : OneOf(terms, code, field, wrong);

    /// <summary>At least one entry.</summary>
    public static IEnumerable<Refusal> AtLeastOne(ImmutableArray<string> codes, string field, string missing)
    {
        if (codes.IsEmpty)
            yield return No(missing, field);
    }

    /// <summary>Every entry is known; one refusal per entry that is not, with its position from 1.</summary>
    public static IEnumerable<Refusal> Each(ImmutableArray<string> codes, Func<string, bool> known, string field, string unknown) =>
        codes.Index().Where(c => !known(c.Item)).Select(c => No(unknown, field).With("position", c.Index + 1));

    public static bool Knows(ImmutableArray<Term> terms, string code) => terms.Any(t => t.Code == code);

    public static Refusal No(string code, string field) => new(code, RefusalKind.Invalid, field);
}
