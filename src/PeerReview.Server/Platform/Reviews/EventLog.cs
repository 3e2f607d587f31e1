using System.Text;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Ledger;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The events one command appends to the ledger of a review, chained as they come.</summary>
public sealed class EventLog(ReviewId review, int sequence, Digest head, DateTimeOffset at, Salts salts)
{
    private readonly List<(int Sequence, string Kind, string Body, byte[] Salt, byte[] Chain)> _rows = [];

    /// <summary>The number of the last event.</summary>
    public int Sequence { get; private set; } = sequence;

    /// <summary>The chain value of the last event.</summary>
    public Digest Head { get; private set; } = head;

    /// <summary>Chains one event.</summary>
    public void Add(string kind, JsonElement body)
    {
        var canonical = CanonicalJson.Of(body);
        var salt = salts.Next();
        Sequence++;
        Head = LedgerChain.Link(
            Head, new LedgerEnvelope(review, Sequence, at, kind), LedgerChain.Commit(salt, canonical));
        _rows.Add((Sequence, kind, Encoding.UTF8.GetString(canonical), salt, Head.ToArray()));
    }

    /// <summary>Keeps the rows for the writing round trip.</summary>
    public void Keep(UnitOfWork unit, ProgrammeId programme) => unit.Write(
        Sql.Append,
        new
        {
            Review = review.Value,
            Programme = programme.Value,
            At = at,
            Sequences = _rows.Select(r => r.Sequence).ToArray(),
            Kinds = _rows.Select(r => r.Kind).ToArray(),
            Bodies = _rows.Select(r => r.Body).ToArray(),
            Salts = _rows.Select(r => r.Salt).ToArray(),
            Chains = _rows.Select(r => r.Chain).ToArray(),
        },
        rows: _rows.Count);

    private static class Sql
    {
        public const string Append =
            """
            INSERT INTO event (review_id, sequence, programme_id, at, kind, body, salt, chain)
            SELECT @Review, e.sequence, @Programme, @At, e.kind, e.body, e.salt, e.chain
            FROM unnest(@Sequences::integer[], @Kinds::text[], @Bodies::text[], @Salts::bytea[], @Chains::bytea[])
                AS e (sequence, kind, body, salt, chain)
            """;
    }
}

/// <summary>32 bytes of chance for each body and text.</summary>
public sealed class Salts(Func<byte[]> next)
{
    /// <summary>From the operating system's generator.</summary>
    public static Salts Secure { get; } =
        new(() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(LedgerChain.SaltSize));

    public byte[] Next() => next();
}
