namespace PeerReview.Core.Ledger;

/// <summary>One event as it stands in the database or in an export.</summary>
public sealed record LedgerRow(LedgerEnvelope Envelope, LedgerBody Body, Digest Chain);

/// <summary>What a reader got of a body.</summary>
public abstract record LedgerBody
{
    private LedgerBody()
    {
    }

    /// <summary>The body itself, in canonical JSON, with its salt.</summary>
    public sealed record Open(ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> CanonicalJson) : LedgerBody;

    /// <summary>Only <c>H(salt ‖ body)</c>: the reader may not see it.</summary>
    public sealed record Withheld(Digest Commitment) : LedgerBody;
}

/// <summary>What verifying found.</summary>
public abstract record LedgerCheck
{
    private LedgerCheck()
    {
    }

    /// <summary>Every row follows from the one before.</summary>
    /// <param name="Head">The last row; sequence 0 when there was none.</param>
    /// <param name="Withheld">How many bodies were not shown.</param>
    public sealed record Sound(LedgerHead Head, long Withheld) : LedgerCheck;

    /// <summary>The first row that is wrong; those before it are sound.</summary>
    /// <param name="Sequence">The sequence that should stand there.</param>
    public sealed record Broken(long Sequence, LedgerFault Fault) : LedgerCheck;
}

/// <summary>What is wrong with a row.</summary>
public enum LedgerFault
{
    /// <summary>The row belongs to another review.</summary>
    OtherReview,

    /// <summary>Another sequence was due: a row is missing, doubled or out of order.</summary>
    Sequence,

    /// <summary>The salt has not 32 bytes.</summary>
    Salt,

    /// <summary>The body is not canonical JSON, so its hash would mean nothing.</summary>
    NotCanonical,

    /// <summary>Envelope, body or the row before is not what was chained.</summary>
    Chain,

    /// <summary>Rows are sound but end before the head that was expected.</summary>
    Truncated,

    /// <summary>Rows are sound but do not lead to the head that was expected.</summary>
    OtherHead,
}

/// <summary>Verifies the events of one review, all bodies shown or some withheld.</summary>
public static class LedgerVerification
{
    /// <summary>Walks the rows in the order given and names the first bad one.</summary>
    /// <param name="review">The review they must belong to.</param>
    /// <param name="rows">From sequence 1 on; read once.</param>
    /// <param name="expected">The head known from elsewhere (the review row, a day anchor), or null. Rows may go on
    /// after it: a head of yesterday still binds today's chain.</param>
    public static LedgerCheck Verify(ReviewId review, IEnumerable<LedgerRow> rows, LedgerHead? expected = null)
    {
        var chain = Digest.Zero;
        long sequence = 0, withheld = 0;
        foreach (var row in rows)
        {
            if (Fault(row, review, sequence + 1, chain) is { } fault)
                return new LedgerCheck.Broken(sequence + 1, fault);
            chain = row.Chain;
            sequence++;
            if (row.Body is LedgerBody.Withheld)
                withheld++;
            if (sequence == expected?.Sequence && chain != expected.Chain)
                return new LedgerCheck.Broken(sequence, LedgerFault.OtherHead);
        }

        return sequence < expected?.Sequence
            ? new LedgerCheck.Broken(sequence + 1, LedgerFault.Truncated)
            : new LedgerCheck.Sound(new LedgerHead(review, sequence, chain), withheld);
    }

    private static LedgerFault? Fault(LedgerRow row, ReviewId review, long sequence, Digest previous)
    {
        if (row.Envelope.Review != review)
            return LedgerFault.OtherReview;
        if (row.Envelope.Sequence != sequence)
            return LedgerFault.Sequence;
        if (row.Body is LedgerBody.Open open)
        {
            if (open.Salt.Length != LedgerChain.SaltSize)
                return LedgerFault.Salt;
            if (!CanonicalJson.Is(open.CanonicalJson))
                return LedgerFault.NotCanonical;
        }

        return LedgerChain.Link(previous, row.Envelope, Commitment(row.Body)) == row.Chain ? null : LedgerFault.Chain;
    }

    private static Digest Commitment(LedgerBody body) => body switch
    {
        LedgerBody.Open open => LedgerChain.Commit(open.Salt.Span, open.CanonicalJson.Span),
        LedgerBody.Withheld withheld => withheld.Commitment,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
