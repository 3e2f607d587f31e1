using System.Collections.Immutable;
using System.Text;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Puts a letter into words: the language, the days and the names of the moment at which it is sent.</summary>
public sealed class LetterComposer(
    LetterCatalog letters, ILetterRenderer renderer, TextCatalogue texts, StateNames states, IStageTitles titles)
{
    /// <summary>The letter as it will be read.</summary>
    /// <exception cref="LetterException">The letter lacks a value that its text names.</exception>
    /// <exception cref="KeyNotFoundException">No letter has this name in this release.</exception>
    public ComposedLetter Compose(Letter letter, Reader reader, LetterFrame frame)
    {
        var words = texts.In(letter.Language ?? reader.Language);
        var file = letters[letter.Name, words.Language];
        var values = Values(letter, reader, frame, words);
        return new ComposedLetter(
            OneLine(renderer.Render(file.Subject, values)),
            renderer.Render(file.Body, values) + "\n",
            file.Language,
            file.Kind.Secret);
    }

    private Dictionary<string, string> Values(Letter letter, Reader reader, LetterFrame frame, Texts words)
    {
        var values = new Dictionary<string, string>(letter.Values, StringComparer.Ordinal)
        {
            ["name"] = Bidi.Isolated(OneLine(reader.Name)),
            ["programme"] = OneLine(frame.Programme),
            ["address"] = new Uri(frame.Address, letter.Path).AbsoluteUri,
        };
        foreach (var (name, day) in letter.Days)
            values[name] = words.Day(day);
        foreach (var (name, at) in letter.Instants)
            values[name] = words.InstantIn(at, reader.TimeZone);
        if (letter.State is { } state)
            values["state"] = states.Of(state, words.Language);
        if (letter.Stage is { } stage)
            values["stage"] = titles.Of(stage, words.Language);
        if (letter.Deadline is { } deadline)
        {
            values["due"] = words.DayIn(deadline.Day, deadline.Zone);
            values["left"] = words.DaysLeft(deadline.Day, deadline.Zone, frame.Now);
        }

        if (!letter.Lines.IsEmpty)
            values["list"] = List(letter.Lines, words, frame.Now);
        return values;
    }

    private string List(ImmutableArray<DigestLine> lines, Texts words, DateTimeOffset now)
    {
        var list = new StringBuilder();
        foreach (var line in lines.OrderBy(line => line.Deadline.Day))
        {
            if (list.Length > 0)
                list.Append('\n');
            list.Append("- ").Append(words.Of(
                "letters.digest_line",
                ("state", states.Of(line.State, words.Language)),
                ("stage", titles.Of(line.Stage, words.Language)),
                ("due", words.DayIn(line.Deadline.Day, line.Deadline.Zone)),
                ("left", words.DaysLeft(line.Deadline.Day, line.Deadline.Zone, now))));
        }

        return list.ToString();
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Who reads it.</summary>
/// <param name="Name">As the person is called.</param>
/// <param name="Email">The one address it goes to.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record Reader(string Name, string Email, string Language, string TimeZone);

/// <summary>From whom, where the product is reached, and when (business time).</summary>
public sealed record LetterFrame(string Programme, Uri Address, DateTimeOffset Now);

/// <summary>A letter in words: plain text, lines end with LF.</summary>
/// <param name="Secret">Whether its values are erased once it is delivered.</param>
public sealed record ComposedLetter(string Subject, string Body, string Language, bool Secret);
