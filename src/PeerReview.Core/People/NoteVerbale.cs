namespace PeerReview.Core.People;

/// <summary>A note verbale as its reader identifies it: number, date and who signed it.</summary>
public sealed record NoteVerbale(string Number, DateOnly? Dated = null, string Signatory = "")
{
    /// <summary>Longest number, in characters.</summary>
    public const int MaxNumber = 100;

    /// <summary>The oldest note that can stand for an appointment today, in days.</summary>
    public const int MaxAge = 1_827;

    /// <summary>Without blanks around.</summary>
    public NoteVerbale Tidy() => new(Number.Trim(), Dated, Signatory.Trim());

    /// <summary>Whether the number alone is given: a note that is on record.</summary>
    public bool IsReference => Number.Length > 0 && Dated is null && Signatory.Length == 0;

    /// <summary>Everything that is wrong, each with its field; empty when the note can be recorded.</summary>
    /// <param name="now">UTC. Where the note was written it may be a day later already.</param>
    /// <param name="prefix">What stands before the names of the fields.</param>
    public IEnumerable<Refusal> Check(DateTimeOffset now, string prefix = "")
    {
        if (Number.Length == 0 && Dated is null && Signatory.Length == 0)
        {
            yield return new Refusal("note.missing", RefusalKind.Invalid, prefix + "number");
            yield break;
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (Number.Length == 0 || !Line.Is(Number, MaxNumber))
            yield return new Refusal("note.number", RefusalKind.Invalid, prefix + "number").With("max", MaxNumber);
        if (Dated is not { } dated)
            yield return new Refusal("note.dated", RefusalKind.Invalid, prefix + "dated");
        else if (dated > today.AddDays(1) || dated < today.AddDays(-MaxAge))
            yield return new Refusal("note.dated-out-of-range", RefusalKind.Invalid, prefix + "dated");
        if (Signatory.Length == 0 || !Line.Is(Signatory, NamedPerson.MaxLength))
        {
            yield return new Refusal("note.signatory", RefusalKind.Invalid, prefix + "signatory")
                .With("max", NamedPerson.MaxLength);
        }
    }
}
