using PeerReview.Core.People;

namespace PeerReview.Core.Reviews;

/// <summary>Whether name, office and day can stand under something that is signed.</summary>
public static class SignatureRules
{
    /// <summary>Longest name or office, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>How long ago the day of a signature may be, in days.</summary>
    public const int MaxAge = 30;

    /// <summary>Everything that is wrong, each with its field (<c>signature.name</c> …); empty when it can stand.</summary>
    /// <param name="now">UTC. The signatory's own day may be one ahead of it, and at most thirty behind.</param>
    public static IEnumerable<Refusal> Check(string name, string office, DateOnly? day, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (!IsLine(name))
            yield return new Refusal("signature.name", RefusalKind.Invalid, "signature.name").With("max", MaxLength);
        if (!IsLine(office))
            yield return new Refusal("signature.office", RefusalKind.Invalid, "signature.office").With("max", MaxLength);
        if (day is not { } given)
            yield return new Refusal("signature.day", RefusalKind.Invalid, "signature.day");
        else if (given > today.AddDays(1) || given < today.AddDays(-MaxAge))
            yield return new Refusal("signature.day-out-of-range", RefusalKind.Invalid, "signature.day").With("days", MaxAge);
    }

    private static bool IsLine(string text) =>
        !string.IsNullOrWhiteSpace(text) && Line.Is(text, MaxLength);
}
