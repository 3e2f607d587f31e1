using System.Collections.Immutable;

namespace PeerReview.Core;

/// <summary>Why something may not be done.</summary>
/// <param name="Code">A public contract, <c>area.reason</c> in kebab-case; the sentence a person reads is the text
/// resource <c>refusal.&lt;code&gt;</c>, which says what to do.</param>
/// <param name="Kind">Decides the HTTP status, nothing else.</param>
/// <param name="Field">The field of the input that has to change, or null when it is not about one.</param>
public sealed record Refusal(string Code, RefusalKind Kind, string? Field = null)
{
    /// <summary>What the sentence names: ids and codes, numbers, days. Never text a person wrote.</summary>
    public ImmutableSortedDictionary<string, object> Args { get; init; } =
        ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    /// <summary>What else is wrong with the same input, so that a person mends everything at once.</summary>
    public ImmutableArray<Refusal> More { get; init; } = [];

    /// <summary>Several refusals of one input as one: the first, with the others behind it.</summary>
    /// <param name="all">At least one.</param>
    public static Refusal Of(IReadOnlyList<Refusal> all) => all[0] with { More = [.. all.Skip(1)] };

    /// <summary>This one and the others behind it.</summary>
    public IEnumerable<Refusal> All => More.Prepend(this);

    /// <summary>The same refusal with one more value for its sentence.</summary>
    public Refusal With(string name, object value) => this with { Args = Args.SetItem(name, value) };
}

/// <summary>What kind of no it is: 404, 403, 409, 422.</summary>
public enum RefusalKind
{
    /// <summary>It is not there, or the asker may not know that it is.</summary>
    NotFound,

    /// <summary>It is there, the asker knows, and may not do this.</summary>
    NotAllowed,

    /// <summary>The state of things forbids it now; reading again helps.</summary>
    Conflict,

    /// <summary>The input is wrong; correcting it helps.</summary>
    Invalid,

    /// <summary>It would be in order, and cannot be done at the moment; somebody has been told, and later it may.</summary>
    Unavailable,
}
