using System.Globalization;

namespace PeerReview.Bench;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Arguments(IReadOnlyList<string> words)
{
    /// <summary>A whole number, or what it is when not given.</summary>
    public int Number(string name, int otherwise) =>
        Text(name) is { } text ? int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A text, or null.</summary>
    public string? Text(string name)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] == "--" + name)
                return words[i + 1];
        }

        return null;
    }

    /// <summary>How long each measurement takes.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(Number("seconds", 8));

    /// <summary>How many clients ask at once.</summary>
    public int Clients => EachClients[0];

    /// <summary>The same, where one after the other is measured on the same rows: <c>--clients 1,8,32</c>.</summary>
    public int[] EachClients =>
        [.. (Text("clients") ?? "8").Split(',').Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
}
