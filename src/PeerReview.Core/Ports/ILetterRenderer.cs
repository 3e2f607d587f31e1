using System.Collections.Immutable;
using System.Globalization;

namespace PeerReview.Core.Ports;

/// <summary>Puts values into the text of a letter.</summary>
/// <remarks>Shipped letters use plain <c>{{ name }}</c> variables only, so that every stack renders the same bytes. What
/// more a text may say, and refuses, is the renderer's own; nothing it says reaches beyond the values.</remarks>
public interface ILetterRenderer
{
    /// <summary>What is wrong with a text before any value is known; empty when nothing is.</summary>
    /// <param name="text">The text of the letter.</param>
    /// <param name="known">The names there will be values for.</param>
    ImmutableArray<LetterFault> Check(string text, IReadOnlyCollection<string> known);

    /// <summary>Renders one text. The same text and values give the same letter on every day and machine.</summary>
    /// <param name="text">The text of the letter.</param>
    /// <param name="values">Everything the text may name.</param>
    /// <param name="culture">How the reader writes days and numbers that the text itself works out.</param>
    /// <exception cref="LetterException">The text names something that is not in <paramref name="values"/>, does not
    /// parse, or grows beyond bounds.</exception>
    string Render(string text, IReadOnlyDictionary<string, LetterValue> values, CultureInfo culture);
}

/// <summary>What is wrong with the text of a letter and what to do.</summary>
/// <param name="Line">From 1.</param>
public readonly record struct LetterFault(int Line, string What);

/// <summary>A letter cannot be rendered; the message says which variable or line and what to do.</summary>
public sealed class LetterException : Exception
{
    public LetterException(string what, Exception? inner = null)
        : base(what, inner) => Fault = new LetterFault(1, what);

    public LetterException(LetterFault fault, Exception? inner = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"Line {fault.Line}: {fault.What}"), inner) => Fault = fault;

    /// <summary>The same with its line apart; the first where none is to blame.</summary>
    public LetterFault Fault { get; }
}
