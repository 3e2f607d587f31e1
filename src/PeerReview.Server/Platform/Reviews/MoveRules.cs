using PeerReview.Core.Access;
using PeerReview.Core.Process;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Acts that change the course of a review.</summary>
public enum MoveKind
{
    Extend,
    Waive,
    Fail,
    Pause,
    ResumeClock,
    Defer,
    Suspend,
    Resume,
    Withdraw,
    ChangeVariant,
}

/// <summary>What somebody wants to change, from the API or the page.</summary>
/// <param name="Reason">Why; at most 1,000 characters. Read by both sides, never public.</param>
public sealed record MoveRequest(string Reason = "")
{
    /// <summary>Stage to extend, waive or fail.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Calendar days of an extension.</summary>
    public int Days { get; init; }

    /// <summary>Party whose clock stops.</summary>
    public string Party { get; init; } = "";

    /// <summary>Code of the reason a clock stops for.</summary>
    public string PauseReason { get; init; } = "";

    /// <summary>The day a deferred review goes on.</summary>
    public DateOnly? Until { get; init; }

    public string Variant { get; init; } = "";

    /// <summary>What another variant promises to make public of its documents, document to choice; what was promised of one before stays
    /// where it is left out, and where nothing was, nothing is.</summary>
    public IReadOnlyDictionary<string, string>? Promise { get; init; }

    /// <summary>Needed to resume, to withdraw and to change the variant.</summary>
    public SignatureRequest? Signature { get; init; }
}

/// <summary>What a move is to the process and to the rules of access.</summary>
public static class MoveRules
{
    /// <summary>The command to the process that a request stands for.</summary>
    public static ProcessCommand Command(Acting by, MoveKind kind, MoveRequest r) => kind switch
    {
        MoveKind.Extend => new ProcessCommand.Extend(by, r.Stage, r.Days),
        MoveKind.Waive => new ProcessCommand.Waive(by, r.Stage),
        MoveKind.Fail => new ProcessCommand.Fail(by, r.Stage),
        MoveKind.Pause => new ProcessCommand.Pause(by, r.Party, r.PauseReason),
        MoveKind.ResumeClock => new ProcessCommand.ResumeClock(by, r.Party),
        MoveKind.Defer => new ProcessCommand.Defer(by, r.Until!.Value),
        MoveKind.Suspend => new ProcessCommand.Suspend(by),
        MoveKind.Resume => new ProcessCommand.Resume(by),
        MoveKind.Withdraw => new ProcessCommand.Withdraw(by),
        MoveKind.ChangeVariant => new ProcessCommand.ChangeVariant(by, r.Variant),
    };

    /// <summary>The act whose rights it needs.</summary>
    public static ReviewAct ActOf(MoveKind kind) => kind switch
    {
        MoveKind.Extend => ReviewAct.Extend,
        MoveKind.Waive or MoveKind.Fail => ReviewAct.Waive,
        MoveKind.Pause or MoveKind.ResumeClock => ReviewAct.PauseClock,
        MoveKind.Defer => ReviewAct.Defer,
        MoveKind.Suspend => ReviewAct.Suspend,
        MoveKind.Resume => ReviewAct.Resume,
        MoveKind.Withdraw => ReviewAct.Withdraw,
        MoveKind.ChangeVariant => ReviewAct.ChangeVariant,
    };
}
