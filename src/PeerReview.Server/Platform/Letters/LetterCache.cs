using System.Collections.Concurrent;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Texts as compiled, so that each is compiled once.</summary>
/// <remarks>Letters are some dozens. Whoever sends ever new texts pays for compiling them, not with our memory.</remarks>
internal sealed class LetterCache<T>(Func<string, T> compile)
    where T : class
{
    private const int Most = 512;

    private readonly ConcurrentDictionary<string, T> _compiled = new(StringComparer.Ordinal);

    /// <summary>The compiled text; what compiling throws is not kept.</summary>
    public T this[string text]
    {
        get
        {
            if (_compiled.TryGetValue(text, out var known))
                return known;
            var compiled = compile(text);
            if (_compiled.Count >= Most)
                _compiled.Clear();
            return _compiled.GetOrAdd(text, compiled);
        }
    }
}
