using System.Collections.Immutable;
using System.Globalization;
using HandlebarsDotNet;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Stacks.Embedded;

/// <summary>Letters by Handlebars, held to plain variables: no helpers, blocks, partials or property paths.</summary>
/// <remarks>Plain text: nothing is escaped. Values are put in as they are and never read as a template.</remarks>
public sealed class HandlebarsLetters : ILetterRenderer
{
    private const string MoreThanPlain =
        " Conditions, loops and filters need the stack elsa: start with --stack elsa, or use plain {{ name }} variables.";

    private static readonly IHandlebars Plain = Handlebars.Create(new HandlebarsConfiguration
    {
        ThrowOnUnresolvedBindingExpression = true,
        NoEscape = true,
        FormatProvider = CultureInfo.InvariantCulture,
    });

    // What a text compiles to depends on nothing else.
    private static readonly LetterCache<HandlebarsTemplate<TextWriter, object, object>> Compiled = new(Compile);

    public ImmutableArray<LetterFault> Check(string text, IReadOnlyCollection<string> known)
    {
        if (LetterLimits.Refuse(text) is { } tooLong)
            return [tooLong.Fault];
        var (variables, faults) = LetterText.Read(text);
        return [.. faults.Select(fault => fault with { What = fault.What + MoreThanPlain }).Concat(LetterText.Unknown(variables, known))];
    }

    public string Render(string text, IReadOnlyDictionary<string, LetterValue> values, CultureInfo culture)
    {
        var template = Compiled[text];
        foreach (var fault in LetterText.Unknown(LetterText.Read(text).Variables, [.. values.Keys]))
            throw new LetterException(fault);

        using var output = new BoundedWriter();
        try
        {
            // Handlebars reads any public property of what it is given: a dictionary of texts has nothing to tell.
            template(output, values.ToDictionary(pair => pair.Key, pair => (object)pair.Value.Shown, StringComparer.Ordinal), null!);
        }
        catch (HandlebarsException problem)
        {
            throw new LetterException($"The letter cannot be rendered: {problem.Message}", problem);
        }

        return output.ToString();
    }

    private static HandlebarsTemplate<TextWriter, object, object> Compile(string text)
    {
        if (LetterLimits.Refuse(text) is { } tooLong)
            throw tooLong;
        if (LetterText.Read(text).Faults is [var first, ..])
            throw new LetterException(first);

        try
        {
            return Plain.Compile(new StringReader(text));
        }
        catch (HandlebarsException problem)
        {
            throw new LetterException($"The letter does not parse: {problem.Message}", problem);
        }
    }
}
