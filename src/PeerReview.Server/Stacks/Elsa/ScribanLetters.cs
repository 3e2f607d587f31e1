using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Letters by Scriban: values, <c>if</c>, <c>case</c>, <c>for</c> and the filters of <see cref="LetterFilters"/>.</summary>
/// <remarks>Plain text: nothing is escaped. Values are put in as they are and never read as a template. What a text may
/// use is listed, not what it may not: nothing else of the language is there, in this version of Scriban or the next.</remarks>
public sealed class ScribanLetters : ILetterRenderer
{
    private static readonly ParserOptions Shallow = new() { ExpressionDepthLimit = LetterSyntax.MaxDepth };

    private readonly LetterCache<LetterSyntax> _compiled = new(Compile);

    public ImmutableArray<LetterFault> Check(string text, IReadOnlyCollection<string> known)
    {
        try
        {
            return Faults(_compiled[text], known);
        }
        catch (LetterException wrong)
        {
            return [wrong.Fault];
        }
    }

    public string Render(string text, IReadOnlyDictionary<string, LetterValue> values, CultureInfo culture)
    {
        var syntax = _compiled[text];
        if (Faults(syntax, [.. values.Keys]) is [var first, ..])
            throw new LetterException(first);

        using var output = new BoundedWriter();
        var context = new LetterContext(new TextWriterOutput(output), LetterObjects.Of(values), culture);
        try
        {
            return syntax.Template.Render(context);
        }
        catch (ScriptRuntimeException problem)
        {
            throw new LetterException(
                problem.InnerException is LetterException refusal
                    ? refusal.Fault with { Line = context.Line }
                    : new LetterFault(problem.Span.Start.Line + 1, problem.OriginalMessage),
                problem);
        }
    }

    private static ImmutableArray<LetterFault> Faults(LetterSyntax syntax, IReadOnlyCollection<string> known) =>
        [.. syntax.Faults, .. LetterText.Unknown(syntax.Variables, known)];

    private static LetterSyntax Compile(string text)
    {
        if (LetterLimits.Refuse(text) is { } tooLong)
            throw tooLong;
        RequireClosed(text);
        var template = Template.Parse(text, parserOptions: Shallow);
        if (template.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
            throw new LetterException(new LetterFault(Math.Max(error.Span.Start.Line, 0) + 1, error.Message));
        return LetterSyntax.Of(template);
    }

    // Scriban takes the end of the text for the end of the code.
    private static void RequireClosed(string text)
    {
        var brace = new Lexer(text).LastOrDefault(token => token.Type is TokenType.CodeEnter or TokenType.CodeExit);
        if (brace.Type == TokenType.CodeEnter)
            throw new LetterException(new LetterFault(brace.Start.Line + 1, "'{{' is not closed; write '}}'."));
    }
}
