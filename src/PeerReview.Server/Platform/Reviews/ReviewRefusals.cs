using PeerReview.Core;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Refusals any use case of a review may answer.</summary>
public static class ReviewRefusals
{
    /// <summary>There is no such review, or the asker may not know of it.</summary>
    public static Refusal NotFound { get; } = new("review.not-found", RefusalKind.NotFound);

    /// <summary>A form came with a button that is none of its page: nothing is guessed and nothing done.</summary>
    public static Refusal UnknownAct { get; } = new("request.malformed", RefusalKind.Invalid);

    /// <summary>The process engine could not be made to move the review.</summary>
    public static Refusal EngineTrouble { get; } = new("review.engine-trouble", RefusalKind.Unavailable);

    /// <summary>No State has this code.</summary>
    public static Refusal UnknownState(StateCode state) =>
        new Refusal("state.unknown", RefusalKind.Invalid, "state").With("state", state.Value);

    /// <summary>The idempotency key already answered another request.</summary>
    public static Refusal KeyUsedOtherwise { get; } = new("request.key-used", RefusalKind.Conflict, "Idempotency-Key");

    /// <summary>Somebody saved a newer version meanwhile.</summary>
    /// <param name="version">The version that stands.</param>
    public static Refusal Stale(int version) =>
        new Refusal("writing.stale", RefusalKind.Conflict, "version").With("version", version);
}
