using System.Globalization;
using System.Numerics;
using PeerReview.Server.Platform.Letters;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>One rendering of one letter, with everything it may use and spend.</summary>
/// <remarks>Bounded by counting, not by a clock: the same letter ends in the same way on every machine.</remarks>
internal sealed class LetterContext : TemplateContext
{
    // A digest of a thousand lines takes some 20,000.
    private const int MaxSteps = 200_000;
    private const int CharactersPerStep = 256;

    private int _steps;

    public LetterContext(IScriptOutput output, ScriptObject values, CultureInfo culture)
        : base(LetterFilters.All, StringComparer.Ordinal)
    {
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedIndexerAccess = false;
        EnableRelaxedFunctionAccess = false;
        AutoIndent = false;
        LoopLimit = 10_000;
        RecursiveLimit = LetterSyntax.MaxDepth;
        // Beyond the longest letter, so that its writer refuses before Scriban shortens silently.
        LimitToString = 2 * LetterLimits.Output;
        NewLine = "\n";
        PushGlobal(values);
        PushCulture(culture);
        PushOutput(output);
    }

    /// <summary>The line of the statement at work, from 1.</summary>
    public int Line { get; private set; } = 1;

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (scriptNode is ScriptStatement and not ScriptBlockStatement)
            Line = scriptNode.Span.Start.Line + 1;
        var result = base.Evaluate(scriptNode, aliasReturnedFunction);
        Spend(1 + ((result as string)?.Length ?? 0) / CharactersPerStep);
        return result is BigInteger ? throw Stopped("the number is too large.") : result;
    }

    public override string? ObjectToString(object? value, bool nested = false)
    {
        var text = value switch
        {
            IShown shown => shown.Shown,
            DateTime day => day.ToString("D", CurrentCulture),
            _ => base.ObjectToString(value, nested),
        };
        return text?.Length > LimitToString ? throw LetterLimits.TooMuch() : text;
    }

    // Nothing of .NET is read by its members.
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target is IScriptObject or string ? base.GetMemberAccessorImpl(target) : null;

    private void Spend(int steps)
    {
        _steps += steps;
        if (_steps > MaxSteps)
            throw Stopped("the letter works too long; let it loop less.");
    }

    private ScriptRuntimeException Stopped(string what) => new(CurrentSpan, what);
}
