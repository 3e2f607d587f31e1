using System.Collections.Immutable;
using System.Text;

namespace PeerReview.Server.Platform.Web;

/// <summary>One text of the interface: a sentence with <c>{name}</c> places, or one such sentence per plural category.</summary>
/// <remarks>A brace that is meant as such is doubled. The plural form is chosen by the value named <c>count</c>.</remarks>
public sealed class TextTemplate
{
    private readonly ImmutableDictionary<string, ImmutableArray<Part>> _forms;

    private TextTemplate(ImmutableDictionary<string, ImmutableArray<Part>> forms) => _forms = forms;

    /// <summary>The names a caller must give values for.</summary>
    public IReadOnlySet<string> Places =>
        _forms.Values.SelectMany(form => form).Where(part => part.IsPlace).Select(part => part.Text)
            .Concat(_forms.Count > 1 ? ["count"] : [])
            .ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>The plural categories it has forms for.</summary>
    public IEnumerable<string> Forms => _forms.Keys;

    /// <summary>A text without plural forms.</summary>
    /// <exception cref="FormatException">A brace stands alone.</exception>
    public static TextTemplate Plain(string text) => Plural([new("other", text)]);

    /// <summary>A text with plural forms, <c>other</c> among them.</summary>
    /// <exception cref="FormatException">A brace stands alone, or <c>other</c> is missing.</exception>
    public static TextTemplate Plural(IEnumerable<KeyValuePair<string, string>> forms)
    {
        var parsed = forms.ToImmutableDictionary(form => form.Key, form => Parse(form.Value), StringComparer.Ordinal);
        return parsed.ContainsKey("other") ? new TextTemplate(parsed) : throw new FormatException("The form 'other' is missing.");
    }

    /// <summary>The sentence with its values put in.</summary>
    /// <param name="category">The plural category; a form that is not there is answered by <c>other</c>.</param>
    /// <param name="value">The value of a place, formatted for the reader.</param>
    public string Fill(string category, Func<string, string> value)
    {
        var form = _forms.TryGetValue(category, out var exact) ? exact : _forms["other"];
        if (form is [{ IsPlace: false } only])
            return only.Text;

        var text = new StringBuilder();
        foreach (var part in form)
            text.Append(part.IsPlace ? value(part.Text) : part.Text);
        return text.ToString();
    }

    private static ImmutableArray<Part> Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
            }
            else if (i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else
            {
                var end = c == '{' ? text.IndexOf('}', i) : -1;
                if (end < 0)
                    throw new FormatException($"A brace stands alone in: {text}");
                if (literal.Length > 0)
                    parts.Add(new Part(literal.ToString(), IsPlace: false));
                literal.Clear();
                parts.Add(new Part(text[(i + 1)..end], IsPlace: true));
                i = end;
            }
        }

        if (literal.Length > 0 || parts.Count == 0)
            parts.Add(new Part(literal.ToString(), IsPlace: false));
        return parts.ToImmutable();
    }

    private readonly record struct Part(string Text, bool IsPlace);
}
