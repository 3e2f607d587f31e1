using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PeerReview.Core.Ledger;

/// <summary>What everybody entitled to the ledger may know of an event.</summary>
/// <param name="Sequence">1 for the first event of a review, then without gaps.</param>
/// <param name="Instant">Business time, UTC, counted in whole microseconds as PostgreSQL stores it: what is finer is cut off.</param>
/// <param name="Kind">At most 255 bytes of UTF-8.</param>
public sealed record LedgerEnvelope(ReviewId Review, long Sequence, DateTimeOffset Instant, string Kind);

/// <summary>The end of a review's chain: what a day anchor commits to and an export is held against.</summary>
public sealed record LedgerHead(ReviewId Review, long Sequence, Digest Chain);

/// <summary>The hash chain over the events of one review.</summary>
/// <remarks>
/// <para>All hashes are SHA-256; ‖ is concatenation; integers are big-endian.</para>
/// <code>
/// envelope   = "PRL1"                                4 bytes, ASCII: the version of this layout
///            ‖ review                               16 bytes, UUID in the byte order of RFC 9562
///            ‖ sequence                              8 bytes, signed
///            ‖ microseconds since 1970-01-01T00:00Z  8 bytes, signed
///            ‖ length of kind                        1 byte
///            ‖ kind                                  UTF-8
/// commitment = H(salt ‖ body)                        salt: 32 bytes of chance, one per body; body: canonical JSON
/// chain      = H(previous ‖ envelope ‖ commitment)   previous: the chain of sequence − 1; 32 zero bytes before the first
/// text       = H(salt ‖ text)                        how a body speaks of a text: UTF-8, a salt of its own
/// </code>
/// <para>A body that its reader may not see is replaced by its commitment; the chain still verifies. A text is erased
/// by erasing it and its salt: the body only ever held the hash.</para>
/// </remarks>
public static class LedgerChain
{
    /// <summary>Length of every salt in bytes.</summary>
    public const int SaltSize = 32;

    private const int MaxKind = 255;
    private const int Fixed = 4 + 16 + 8 + 8 + 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Layout => "PRL1"u8;

    /// <summary><c>H(salt ‖ body)</c>.</summary>
    /// <param name="salt">32 bytes of chance, never used for another body.</param>
    /// <param name="canonicalBody">The body as <see cref="CanonicalJson"/> writes it.</param>
    public static Digest Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> canonicalBody)
    {
        if (salt.Length != SaltSize)
            throw new ArgumentException($"A salt has {SaltSize} bytes, not {salt.Length}.", nameof(salt));
        if (canonicalBody.Length <= 2048)
        {
            Span<byte> joined = stackalloc byte[SaltSize + canonicalBody.Length];
            salt.CopyTo(joined);
            canonicalBody.CopyTo(joined[SaltSize..]);
            return Hash(joined);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(canonicalBody);
        Span<byte> result = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(result);
        return new Digest(result);
    }

    /// <summary><c>H(salt ‖ text)</c>: how an event speaks of a text without holding it.</summary>
    /// <exception cref="EncoderFallbackException">The text holds half a surrogate pair.</exception>
    public static Digest CommitText(ReadOnlySpan<byte> salt, string text) => Commit(salt, Utf8.GetBytes(text));

    /// <summary>The chain value of the event that follows <paramref name="previous"/>.</summary>
    /// <param name="previous">The chain value of the event before; <see cref="Digest.Zero"/> for sequence 1.</param>
    /// <param name="envelope">The public part.</param>
    /// <param name="commitment">What <see cref="Commit"/> says of the body.</param>
    public static Digest Link(Digest previous, LedgerEnvelope envelope, Digest commitment)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size + Fixed + MaxKind + Digest.Size];
        previous.CopyTo(bytes);
        var length = Digest.Size + WriteEnvelope(bytes[Digest.Size..], envelope);
        commitment.CopyTo(bytes[length..]);
        return Hash(bytes[..(length + Digest.Size)]);
    }

    private static int WriteEnvelope(Span<byte> to, LedgerEnvelope envelope)
    {
        var kind = Utf8.GetByteCount(envelope.Kind);
        if (kind is 0 or > MaxKind)
            throw new ArgumentException($"The kind of an event has 1 to {MaxKind} bytes, not {kind}.", nameof(envelope));
        Layout.CopyTo(to);
        envelope.Review.Value.TryWriteBytes(to[4..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(to[20..], envelope.Sequence);
        var micros = (envelope.Instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64BigEndian(to[28..], micros);
        to[36] = (byte)kind;
        Utf8.GetBytes(envelope.Kind, to[Fixed..]);
        return Fixed + kind;
    }

    private static Digest Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> result = stackalloc byte[Digest.Size];
        SHA256.HashData(bytes, result);
        return new Digest(result);
    }
}
