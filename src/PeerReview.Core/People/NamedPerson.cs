using System.Net.Mail;

namespace PeerReview.Core.People;

/// <summary>A person as somebody else names them, who may have an account already: the e-mail address says.</summary>
/// <param name="Office">The office held; may be empty.</param>
public sealed record NamedPerson(string Name, string Email, string Office = "")
{
    /// <summary>Longest name or office, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Longest address, in characters. Source: RFC 5321 4.5.3.1.3, without its brackets.</summary>
    public const int MaxEmail = 254;

    /// <summary>Without blanks around, the address in lower case: as accounts keep them.</summary>
    public NamedPerson Tidy() => new(Name.Trim(), Email.Trim().ToLowerInvariant(), Office.Trim());

    /// <summary>Everything that is wrong, each with its field; empty when the person can be given an account.</summary>
    /// <param name="prefix">What stands before the names of the fields, such as <c>authority.</c></param>
    public IEnumerable<Refusal> Check(string prefix = "")
    {
        if (Name.Length == 0 || !Line.Is(Name, MaxLength))
            yield return new Refusal("person.name", RefusalKind.Invalid, prefix + "name").With("max", MaxLength);
        if (!IsAddress(Email))
            yield return new Refusal("person.email", RefusalKind.Invalid, prefix + "email");
        if (!Line.Is(Office, MaxLength))
            yield return new Refusal("person.office", RefusalKind.Invalid, prefix + "office").With("max", MaxLength);
    }

    /// <summary>Whether a text is an e-mail address and nothing else: no name, no comment, no blanks.</summary>
    public static bool IsAddress(string email) =>
        email.Length is > 2 and <= MaxEmail && Line.Is(email, MaxEmail) && !email.Contains(' ', StringComparison.Ordinal)
        && MailAddress.TryCreate(email, out var address) && address.Address == email;
}

/// <summary>What fits in one line of a letter, a list or a signature.</summary>
public static class Line
{
    /// <summary>Whether a text has at most so many characters, no line end, no control and no override of direction.</summary>
    public static bool Is(string text, int max) =>
        text.Length <= max && !text.Any(char.IsControl) && Text.IsReadable(text);
}
