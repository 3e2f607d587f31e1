using System.Security.Cryptography;
using System.Text;

namespace PeerReview.Core.Process;

/// <summary>One spelling for all files that say the same: layout, comments, order of keys and quotes do not count.</summary>
public static class CanonicalData
{
    /// <summary>SHA-256 over the canonical spelling, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(DataNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <remarks>
    /// Lengths before texts make the spelling unambiguous without escapes; the number is of UTF-16 units. The order of
    /// top-level names matters to people (stages, variants), so mappings under the keys that list named things keep it.
    /// </remarks>
    private static void Write(DataNode node, StringBuilder to)
    {
        switch (node)
        {
            case DataNode.Scalar { Text: null }:
                to.Append('~');
                break;
            case DataNode.Scalar scalar:
                Write(scalar.Text.Trim(), to);
                break;
            case DataNode.Sequence list:
                to.Append('[');
                foreach (var item in list.Items)
                    Write(item, to);
                to.Append(']');
                break;
            case DataNode.Mapping map:
                to.Append('{');
                foreach (var entry in Ordered(map))
                {
                    Write(entry.Key, to);
                    Write(entry.Value, to);
                }

                to.Append('}');
                break;
        }
    }

    /// <summary>Keys of a record are sorted; names of things (their values are mappings) keep the order people gave them.</summary>
    private static IEnumerable<DataNode.Entry> Ordered(DataNode.Mapping map) =>
        map.Entries.Length > 0 && map.Entries.All(e => e.Value is DataNode.Mapping)
            ? map.Entries
            : map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal);

    private static void Write(string text, StringBuilder to) =>
        to.Append(System.Globalization.CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
