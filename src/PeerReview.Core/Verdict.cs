using System.Diagnostics;

namespace PeerReview.Core;

/// <summary>The answer of a decision: what was accepted, or why it was refused.</summary>
/// <remarks>A refusal is an expected answer and is returned. A broken invariant is a bug and is thrown.</remarks>
public abstract record Verdict<T>
{
    private Verdict()
    {
    }

    /// <summary>The decision was accepted.</summary>
    public sealed record Accepted(T Value) : Verdict<T>;

    /// <summary>The decision was refused and nothing changed.</summary>
    public sealed record Refused(Refusal Reason) : Verdict<T>;

    public static implicit operator Verdict<T>(T value) => new Accepted(value);

    public static implicit operator Verdict<T>(Refusal reason) => new Refused(reason);

    public TResult Match<TResult>(Func<T, TResult> accepted, Func<Refusal, TResult> refused) => this switch
    {
        Accepted a => accepted(a.Value),
        Refused r => refused(r.Reason),
        _ => throw new UnreachableException(),
    };
}
