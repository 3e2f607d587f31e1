using System.Globalization;
using System.Text;
using PeerReview.Core.Ports;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Takes a letter as it is rendered, and no more of it than a letter may have.</summary>
internal sealed class BoundedWriter() : TextWriter(CultureInfo.InvariantCulture)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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

    /// <exception cref="LetterException">It does not fit.</exception>
    private void Reserve(int more)
    {
        if (more > LetterLimits.Output - _text.Length)
            throw LetterLimits.TooMuch();
    }
}
