using System.Collections.Immutable;

namespace PeerReview.Core.Deliberation;

/// <summary>Finds wording that names or implies a State or group as author of an incident: it cannot leave the team before somebody
/// has looked at it (process B.5, guard G-NOATTR).</summary>
/// <remarks>A list of words can neither prove nor rule out blame. It flags; people judge.</remarks>
public sealed record WordingGuard
{
    /// <summary>Nothing is flagged.</summary>
    public static WordingGuard None { get; } = new();

    /// <summary>Phrases that blame by themselves, in any of the six languages.</summary>
    public ImmutableArray<string> Blame { get; init; } = [];

    /// <summary>Words for an incident.</summary>
    public ImmutableArray<string> Incident { get; init; } = [];

    /// <summary>How designations of groups begin, such as <c>APT</c>; a number follows.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Names of States in six languages, with their codes.</summary>
    public ImmutableArray<(string State, string Name)> States { get; init; } = [];

    /// <summary>How adjectives and names of peoples begin, with the codes of their States.</summary>
    public ImmutableArray<(string State, string Form)> Peoples { get; init; } = [];

    /// <summary>The sentences that have to be looked at, in order; empty when nothing is flagged.</summary>
    /// <param name="subject">The State reviewed: that it suffered incidents is what a report speaks of.</param>
    public ImmutableArray<string> Flags(string text, string subject) =>
        [.. Sentences(text).Where(sentence => IsFlagged(sentence, subject)).Distinct(StringComparer.Ordinal)];

    /// <summary>A text without one of its sentences, the mark that ends it included; unchanged where it does not hold it.</summary>
    /// <param name="sentence">As <see cref="Flags"/> gives it.</param>
    public static string Without(string text, string sentence)
    {
        var at = text.IndexOf(sentence, StringComparison.Ordinal);
        if (at < 0 || sentence.Length == 0)
            return text;
        var end = at + sentence.Length;
        while (end < text.Length && text[end] != '\n' && Ends.Contains(text[end]))
            end++;
        var (before, after) = (text[..at], text[end..].TrimStart(' '));
        return (after.StartsWith('\n') ? before.TrimEnd(' ') + after : before + after).Trim();
    }

    private bool IsFlagged(string sentence, string subject) =>
        Blame.Any(phrase => Names(sentence, phrase))
        || Groups.Any(prefix => NamesGroup(sentence, prefix))
        || (Incident.Any(word => Names(sentence, word))
            && (NamedStates.In(sentence, States).Any(state => state != subject) || NamedPeoples.ImplyOther(subject, sentence, Peoples)));

    private static readonly char[] Ends = ['.', '!', '?', '\n', '。', '！', '？', '؟', '…'];

    internal static string[] Sentences(string text) =>
        text.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>At the beginning of a word, whose ending may change; Chinese and Arabic, whose words begin with particles, anywhere.</summary>
    private static bool Names(string sentence, string phrase)
    {
        for (var at = sentence.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = sentence.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || phrase[0] > '\u05FF' || !char.IsLetterOrDigit(sentence[at - 1]))
                return true;
        }

        return false;
    }

    private static bool NamesGroup(string sentence, string prefix)
    {
        for (var at = sentence.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = sentence.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            var after = sentence.AsSpan(at + prefix.Length).TrimStart(" -");
            if ((at == 0 || !char.IsLetterOrDigit(sentence[at - 1])) && after.Length > 0 && char.IsAsciiDigit(after[0]))
                return true;
        }

        return false;
    }
}
