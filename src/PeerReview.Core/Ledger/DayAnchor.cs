using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace PeerReview.Core.Ledger;

/// <summary>One root over the heads of all reviews of a day, published so that a whole database can be held to it.</summary>
/// <remarks>
/// The Merkle tree of RFC 9162, 2.1, over SHA-256. Leaves in the byte order of the review's UUID:
/// <c>leaf = H(0x00 ‖ review (16) ‖ last sequence (8, big-endian) ‖ head (32))</c>, <c>node = H(0x01 ‖ left ‖ right)</c>.
/// A list of n splits after the largest power of two below n. No review at all: <c>H("")</c>.
/// </remarks>
public static class DayAnchor
{
    /// <summary>The root over these heads, in any order.</summary>
    /// <exception cref="ArgumentException">A review is there twice.</exception>
    public static Digest Root(IEnumerable<LedgerHead> heads)
    {
        var leaves = Leaves(Sorted(heads));
        return leaves.Length == 0 ? new Digest(SHA256.HashData([])) : Root(leaves);
    }

    /// <summary>The hashes that lead from one head to the root, nearest first.</summary>
    /// <exception cref="ArgumentException">The review is not among the heads.</exception>
    public static AnchorProof Prove(IEnumerable<LedgerHead> heads, ReviewId review)
    {
        var sorted = Sorted(heads);
        var index = Array.FindIndex(sorted, h => h.Review == review);
        if (index < 0)
            throw new ArgumentException($"Review {review} has no head here.", nameof(review));
        var path = ImmutableArray.CreateBuilder<Digest>();
        Climb(Leaves(sorted), index, path);
        return new AnchorProof(index, sorted.Length, path.ToImmutable());
    }

    /// <summary>Whether the head was under the root.</summary>
    public static bool Holds(Digest root, LedgerHead head, AnchorProof proof)
    {
        if (proof.Index < 0 || proof.Index >= proof.Count)
            return false;
        var remaining = proof.Path.Length;
        var computed = Fold(Leaf(head), proof.Index, proof.Count, proof.Path, ref remaining);
        return remaining == 0 && computed == root;
    }

    private static Digest? Fold(Digest leaf, int index, int count, ImmutableArray<Digest> path, ref int remaining)
    {
        if (count == 1)
            return leaf;
        if (remaining == 0)
            return null;
        var other = path[--remaining];
        var left = Split(count);
        return index < left
            ? Fold(leaf, index, left, path, ref remaining) is { } l ? Node(l, other) : null
            : Fold(leaf, index - left, count - left, path, ref remaining) is { } r ? Node(other, r) : null;
    }

    private static void Climb(ReadOnlySpan<Digest> leaves, int index, ImmutableArray<Digest>.Builder path)
    {
        if (leaves.Length == 1)
            return;
        var left = Split(leaves.Length);
        if (index < left)
        {
            Climb(leaves[..left], index, path);
            path.Add(Root(leaves[left..]));
        }
        else
        {
            Climb(leaves[left..], index - left, path);
            path.Add(Root(leaves[..left]));
        }
    }

    private static Digest Root(ReadOnlySpan<Digest> leaves) => leaves.Length == 1
        ? leaves[0]
        : Node(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..]));

    private static int Split(int count) => (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2);

    private static LedgerHead[] Sorted(IEnumerable<LedgerHead> heads)
    {
        var sorted = heads
            .OrderBy(h => h.Review.Value.ToString("N"), StringComparer.Ordinal) // hex digits sort as the bytes do
            .ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Review == sorted[i - 1].Review)
                throw new ArgumentException($"Review {sorted[i].Review} is there twice.", nameof(heads));
        }

        return sorted;
    }

    private static Digest[] Leaves(LedgerHead[] heads) => Array.ConvertAll(heads, Leaf);

    private static Digest Leaf(LedgerHead head)
    {
        Span<byte> bytes = stackalloc byte[1 + 16 + 8 + Digest.Size];
        bytes[0] = 0;
        head.Review.Value.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], head.Sequence);
        head.Chain.CopyTo(bytes[25..]);
        return Hash(bytes);
    }

    private static Digest Node(Digest left, Digest right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Digest.Size];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[33..]);
        return Hash(bytes);
    }

    private static Digest Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> result = stackalloc byte[Digest.Size];
        SHA256.HashData(bytes, result);
        return new Digest(result);
    }
}

/// <summary>That a head was under a root.</summary>
/// <param name="Index">Place of the leaf, from 0.</param>
/// <param name="Count">How many leaves the tree had.</param>
/// <param name="Path">The other side of each node, nearest to the leaf first.</param>
public sealed record AnchorProof(int Index, int Count, ImmutableArray<Digest> Path);
