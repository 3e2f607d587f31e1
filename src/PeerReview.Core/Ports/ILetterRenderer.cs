namespace PeerReview.Core.Ports;

/// <summary>Puts values into the text of a letter.</summary>
/// <remarks>Shipped letters use plain <c>{{ name }}</c> variables only, so that every stack renders the same bytes.</remarks>
public interface ILetterRenderer
{
    /// <summary>Renders one text.</summary>
    /// <param name="text">The text of the letter, with variables.</param>
    /// <param name="values">Everything the text may name. Values are texts: dates and numbers come formatted.</param>
    /// <exception cref="LetterException">The text names something that is not in <paramref name="values"/>, does not
    /// parse, or grows beyond bounds.</exception>
    string Render(string text, IReadOnlyDictionary<string, string> values);
}

/// <summary>A letter cannot be rendered; the message says which variable or line and what to do.</summary>
public sealed class LetterException(string message, Exception? inner = null) : Exception(message, inner);
