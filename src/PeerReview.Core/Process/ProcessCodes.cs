using System.Collections.Frozen;

namespace PeerReview.Core.Process;

/// <summary>The stable snake_case codes of the closed sets of this folder, as written in events, refusals and the API.</summary>
public static class ProcessCodes
{
    /// <summary>The code of a member: <c>NoBranches</c> is <c>no_branches</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.Codes[value];

    /// <summary>The member with this code, or null.</summary>
    public static T? Parse<T>(string code)
        where T : struct, Enum => Table<T>.Members.TryGetValue(code, out var member) ? member : null;

    internal static string Snake(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Codes =
            Enum.GetValues<T>().ToFrozenDictionary(v => v, v => Snake(v.ToString()));

        public static readonly FrozenDictionary<string, T> Members =
            Enum.GetValues<T>().ToFrozenDictionary(v => Snake(v.ToString()), v => v, StringComparer.Ordinal);
    }
}
