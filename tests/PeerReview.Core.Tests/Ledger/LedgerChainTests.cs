using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PeerReview.Core.Ledger;
using Xunit;

namespace PeerReview.Core.Tests.Ledger;

public sealed class LedgerChainTests
{
    private static readonly ReviewId Review = new(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_bytes_are_those_of_the_description()
    {
        var envelope = new LedgerEnvelope(Review, 2, new DateTimeOffset(1970, 1, 1, 1, 0, 1, TimeSpan.FromHours(1)), "Signed");
        var previous = new Digest(Enumerable.Repeat((byte)7, 32).ToArray());
        var salt = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        byte[] body = [.. "{\"by\":1}"u8];
        byte[] written =
        [
            .. previous.ToArray(),
            .. "PRL1"u8,
            0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
            0, 0, 0, 0, 0, 0, 0, 2,
            0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, // one second in microseconds
            6, .. "Signed"u8,
            .. SHA256.HashData([.. salt, .. body]),
        ];

        Assert.Equal(new Digest(SHA256.HashData(written)), LedgerChain.Link(previous, envelope, LedgerChain.Commit(salt, body)));
    }

    [Fact]
    public void An_instant_counts_in_whole_microseconds()
    {
        var stored = new LedgerEnvelope(Review, 1, Start, "Launched");
        var finer = stored with { Instant = Start.AddTicks(9) };
        var later = stored with { Instant = Start.AddTicks(10) };

        Assert.Equal(Link(stored), Link(finer));
        Assert.NotEqual(Link(stored), Link(later));

        static Digest Link(LedgerEnvelope e) => LedgerChain.Link(Digest.Zero, e, Digest.Zero);
    }

    [Fact]
    public void A_long_body_is_committed_like_a_short_one()
    {
        var salt = Salt(1);
        var body = Enumerable.Repeat((byte)'x', 100_000).ToArray();

        Assert.Equal(new Digest(SHA256.HashData([.. salt, .. body])), LedgerChain.Commit(salt, body));
    }

    [Fact]
    public void A_sound_chain_verifies_and_names_its_head()
    {
        var rows = Chain(5);

        var sound = Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(Review, rows, Head(rows)));

        Assert.Equal(Head(rows), sound.Head);
        Assert.Equal(0, sound.Withheld);
    }

    [Fact]
    public void An_export_with_bodies_withheld_verifies_to_the_same_head()
    {
        var rows = Chain(5);
        var export = rows.Select((row, i) => i % 2 == 0 ? row with { Body = Withhold(row) } : row);

        var sound = Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(Review, export, Head(rows)));

        Assert.Equal(Head(rows), sound.Head);
        Assert.Equal(3, sound.Withheld);
    }

    public static TheoryData<string, long, LedgerFault> Tampering() => new()
    {
        { "body", 3, LedgerFault.Chain },
        { "salt", 3, LedgerFault.Chain },
        { "kind", 3, LedgerFault.Chain },
        { "instant", 3, LedgerFault.Chain },
        { "commitment", 3, LedgerFault.Chain },
        { "deleted", 3, LedgerFault.Sequence },
        { "deleted-renumbered", 3, LedgerFault.Chain },
        { "swapped", 2, LedgerFault.Sequence },
        { "inserted", 3, LedgerFault.Chain },
        { "other-review", 3, LedgerFault.OtherReview },
        { "short-salt", 3, LedgerFault.Salt },
        { "white-space", 3, LedgerFault.NotCanonical },
        { "cut-off", 5, LedgerFault.Truncated },
        { "rewritten", 5, LedgerFault.OtherHead },
    };

    [Theory, MemberData(nameof(Tampering))]
    public void Tampering_names_the_first_bad_row(string how, long sequence, LedgerFault fault)
    {
        var rows = Chain(5);

        var broken = Assert.IsType<LedgerCheck.Broken>(LedgerVerification.Verify(Review, Tamper(rows, how), Head(rows)));

        Assert.Equal(new LedgerCheck.Broken(sequence, fault), broken);
    }

    [Fact]
    public void Rows_may_go_on_after_a_head_known_from_yesterday()
    {
        var rows = Chain(5);
        var yesterday = new LedgerHead(Review, 3, rows[2].Chain);

        Assert.IsType<LedgerCheck.Sound>(LedgerVerification.Verify(Review, rows, yesterday));
    }

    private static ImmutableArray<LedgerRow> Tamper(ImmutableArray<LedgerRow> rows, string how)
    {
        var row = rows[2];
        var open = (LedgerBody.Open)row.Body;
        return how switch
        {
            "body" => rows.SetItem(2, row with { Body = open with { CanonicalJson = "{\"n\":33}"u8.ToArray() } }),
            "salt" => rows.SetItem(2, row with { Body = open with { Salt = Salt(99) } }),
            "kind" => rows.SetItem(2, row with { Envelope = row.Envelope with { Kind = "Withdrawn" } }),
            "instant" => rows.SetItem(2, row with { Envelope = row.Envelope with { Instant = Start } }),
            "commitment" => rows.SetItem(2, row with { Body = new LedgerBody.Withheld(Digest.Zero) }),
            "deleted" => rows.RemoveAt(2),
            "deleted-renumbered" => [.. rows.RemoveAt(2).Select((r, i) => r with { Envelope = r.Envelope with { Sequence = i + 1 } })],
            "swapped" => rows.SetItem(1, rows[2]).SetItem(2, rows[1]),
            "inserted" => [.. rows.Insert(2, rows[1]).Select((r, i) => r with { Envelope = r.Envelope with { Sequence = i + 1 } })],
            "other-review" => rows.SetItem(2, row with { Envelope = row.Envelope with { Review = default } }),
            "short-salt" => rows.SetItem(2, row with { Body = open with { Salt = new byte[31] } }),
            "white-space" => rows.SetItem(2, row with { Body = open with { CanonicalJson = "{\"n\": 3}"u8.ToArray() } }),
            "cut-off" => rows.RemoveAt(4),
            "rewritten" => rows.SetItem(4, Row(rows[3].Chain, 5, "{\"n\":55}")),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
        };
    }

    private static ImmutableArray<LedgerRow> Chain(int count)
    {
        var rows = ImmutableArray.CreateBuilder<LedgerRow>();
        var previous = Digest.Zero;
        for (var n = 1; n <= count; n++)
        {
            rows.Add(Row(previous, n, $"{{\"n\":{n}}}"));
            previous = rows[^1].Chain;
        }

        return rows.ToImmutable();
    }

    private static LedgerRow Row(Digest previous, int sequence, string body)
    {
        var envelope = new LedgerEnvelope(Review, sequence, Start.AddMinutes(sequence), "TextWritten");
        var bytes = Encoding.UTF8.GetBytes(body);
        var chain = LedgerChain.Link(previous, envelope, LedgerChain.Commit(Salt(sequence), bytes));
        return new LedgerRow(envelope, new LedgerBody.Open(Salt(sequence), bytes), chain);
    }

    private static LedgerBody Withhold(LedgerRow row) =>
        new LedgerBody.Withheld(LedgerChain.Commit(((LedgerBody.Open)row.Body).Salt.Span, ((LedgerBody.Open)row.Body).CanonicalJson.Span));

    private static LedgerHead Head(ImmutableArray<LedgerRow> rows) => new(Review, rows.Length, rows[^1].Chain);

    private static byte[] Salt(int n) => SHA256.HashData(BitConverter.GetBytes(n));
}
