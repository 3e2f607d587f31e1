using System.Collections.Immutable;
using System.Security.Cryptography;
using PeerReview.Core.Ledger;
using Xunit;

namespace PeerReview.Core.Tests.Ledger;

public sealed class DayAnchorTests
{
    [Fact]
    public void Three_reviews_make_the_tree_of_the_description()
    {
        var heads = Heads(3);
        byte[][] leaves = [.. heads.OrderBy(h => h.Review.Value.ToString(), StringComparer.Ordinal).Select(h => SHA256.HashData(
            [0, .. h.Review.Value.ToByteArray(bigEndian: true), 0, 0, 0, 0, 0, 0, 0, (byte)h.Sequence, .. h.Chain.ToArray()]))];
        var left = SHA256.HashData([1, .. leaves[0], .. leaves[1]]);

        Assert.Equal(new Digest(SHA256.HashData([1, .. left, .. leaves[2]])), DayAnchor.Root(heads));
    }

    [Fact]
    public void No_review_has_a_root_too()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", DayAnchor.Root([]).ToString());
    }

    [Fact]
    public void The_order_of_the_heads_does_not_matter()
    {
        var heads = Heads(12);

        Assert.Equal(DayAnchor.Root(heads), DayAnchor.Root(heads.Reverse()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(13)]
    public void Every_head_can_be_proved_and_no_other(int count)
    {
        var heads = Heads(count);
        var root = DayAnchor.Root(heads);
        foreach (var head in heads)
        {
            var proof = DayAnchor.Prove(heads, head.Review);

            Assert.True(DayAnchor.Holds(root, head, proof));
            Assert.False(DayAnchor.Holds(root, head with { Sequence = head.Sequence + 1 }, proof));
            Assert.False(DayAnchor.Holds(root, head with { Chain = Digest.Zero }, proof));
            Assert.False(DayAnchor.Holds(root, head, proof with { Path = proof.Path.Add(Digest.Zero) }));
            Assert.False(DayAnchor.Holds(root, head, proof with { Index = -1 }));
        }
    }

    [Fact]
    public void A_review_is_anchored_once()
    {
        var head = Heads(1)[0];

        Assert.Throws<ArgumentException>(() => DayAnchor.Root([head, head with { Sequence = 9 }]));
    }

    private static ImmutableArray<LedgerHead> Heads(int count) =>
    [
        .. Enumerable.Range(1, count).Select(n => new LedgerHead(
            new ReviewId(new Guid(SHA256.HashData([(byte)n])[..16])), n, new Digest(SHA256.HashData([(byte)n, 1])))),
    ];
}
