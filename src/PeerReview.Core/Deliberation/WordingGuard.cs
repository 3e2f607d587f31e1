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

    /// <summary>The sentences that have to be looked at, in order; empty when nothing is flagged.</summary>
    /// <param name="subject">The State reviewed: that it suffered incidents is what a report speaks of.</param>
    public ImmutableArray<string> Flags(string text, string subject) =>
        [.. Sentences(text).Where(sentence => IsFlagged(sentence, subject)).Distinct(StringComparer.Ordinal)];

    private bool IsFlagged(string sentence, string subject) =>
        Blame.Any(phrase => Names(sentence, phrase))
        || Groups.Any(prefix => NamesGroup(sentence, prefix))
        || (Incident.Any(word => Names(sentence, word))
            && States.Any(s => s.State != subject && Names(sentence, s.Name, whole: IsLatin(s.Name))));

    private static string[] Sentences(string text) => text
        .Split(['.', '!', '?', '\n', '。', '！', '？', '؟', '…'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>At the beginning of a word; Chinese and Arabic, whose words begin with particles, anywhere.</summary>
    /// <param name="whole">Whether the word ends there too: one State's name begins another's. Russian endings change.</param>
    private static bool Names(string sentence, string phrase, bool whole = false)
    {
        for (var at = sentence.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = sentence.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + phrase.Length;
            if ((at == 0 || phrase[0] > '\u05FF' || !char.IsLetterOrDigit(sentence[at - 1]))
                && !(whole && end < sentence.Length && char.IsLetter(sentence[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLatin(string name) => name[0] < '\u0250';

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
