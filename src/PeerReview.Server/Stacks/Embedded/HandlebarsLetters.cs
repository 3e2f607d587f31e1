using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Stacks.Embedded;

/// <summary>Letters by Handlebars, held to plain variables: no helpers, blocks, partials or property paths.</summary>
/// <remarks>Plain text: nothing is escaped. Values are put in as they are and never read as a template.</remarks>
public sealed class HandlebarsLetters : ILetterRenderer
{
    /// <summary>Longest text of a letter, in characters.</summary>
    public const int MaxText = LetterFile.MaxLength;

    /// <summary>Longest rendered letter, in characters. A digest of a thousand lines fits.</summary>
    public const int MaxOutput = 262_144;

    private const int MaxCached = 512;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IHandlebars _handlebars = Handlebars.Create(new HandlebarsConfiguration
    {
        ThrowOnUnresolvedBindingExpression = true,
        NoEscape = true,
        FormatProvider = CultureInfo.InvariantCulture,
    });

    private readonly ConcurrentDictionary<string, HandlebarsTemplate<TextWriter, object, object>> _compiled =
        new(StringComparer.Ordinal);

    public string Render(string text, IReadOnlyDictionary<string, string> values)
    {
        if (!_compiled.TryGetValue(text, out var template))
            template = Compile(text);
        foreach (var variable in LetterText.Read(text).Variables)
        {
            if (!values.ContainsKey(variable.Name))
                throw new LetterException($"Line {variable.Line}: no value is called '{variable.Name}'; use one of {Names(values)}.");
        }

        using var output = new BoundedWriter(MaxOutput);
        try
        {
            // Handlebars reads any public property of what it is given: a dictionary of texts has nothing to tell.
            template(output, values.ToDictionary(pair => pair.Key, pair => (object)pair.Value, StringComparer.Ordinal), null!);
        }
        catch (HandlebarsException problem)
        {
            throw new LetterException($"The letter cannot be rendered: {problem.Message}", problem);
        }

        return output.ToString();
    }

    private HandlebarsTemplate<TextWriter, object, object> Compile(string text)
    {
        if (text.Length > MaxText)
            throw new LetterException($"The text has {text.Length} characters; a letter has at most {MaxText}.");
        if (LetterText.Read(text).Faults is [var first, ..])
            throw new LetterException($"Line {first.Line}: {first.What}");

        try
        {
            var template = _handlebars.Compile(new StringReader(text));
            // Shipped letters are a few dozen. Whoever sends ever new texts pays for compiling them, not with our memory.
            if (_compiled.Count >= MaxCached)
                _compiled.Clear();
            return _compiled.GetOrAdd(text, template);
        }
        catch (HandlebarsException problem)
        {
            throw new LetterException($"The letter does not parse: {problem.Message}", problem);
        }
    }

    private static string Names(IReadOnlyDictionary<string, string> values) =>
        string.Join(", ", values.Keys.Order(StringComparer.Ordinal));

    private sealed class BoundedWriter(int limit) : TextWriter(CultureInfo.InvariantCulture)
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Strict;

        public override void Write(char value)
        {
            Reserve(1);
            _text.Append(value);
        }

        public override void Write(string? value)
        {
            Reserve(value?.Length ?? 0);
            _text.Append(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Reserve(count);
            _text.Append(buffer, index, count);
        }

        public override string ToString() => _text.ToString();

        private void Reserve(int more)
        {
            if (more > limit - _text.Length)
                throw new LetterException($"The letter grows beyond {limit} characters; shorten it or its values.");
        }
    }
}
