using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace PeerReview.Core.Process;

/// <summary>Every way in which the process says no. The codes are a public contract.</summary>
public static class ProcessRefusals
{
    public const string NotLaunched = "process.not-launched";
    public const string AlreadyLaunched = "process.already-launched";
    public const string ReviewDeferred = "process.deferred";
    public const string ReviewSuspended = "process.suspended";
    public const string ReviewWithdrawn = "process.withdrawn";
    public const string ReviewClosed = "process.closed";
    public const string NotHalted = "process.not-halted";
    public const string UnknownVariant = "process.unknown-variant";
    public const string UnknownSubject = "process.unknown-subject";
    public const string UnknownStage = "process.unknown-stage";
    public const string UnknownParty = "process.unknown-party";
    public const string UnknownReason = "process.unknown-pause-reason";
    public const string UnknownBranch = "process.unknown-branch";
    public const string NotInVariant = "process.not-in-variant";
    public const string NotYourStage = "process.not-your-stage";
    public const string NotYourTurn = "process.not-your-turn";
    public const string NotYourCommand = "process.not-your-command";
    public const string BranchNeeded = "process.branch-needed";
    public const string BranchExists = "process.branch-exists";
    public const string TooEarly = "process.too-early";
    public const string NotStarted = "process.not-started";
    public const string AlreadyDone = "process.already-done";
    public const string StageClosed = "process.stage-closed";
    public const string GuardNotHeld = "process.guard-not-held";
    public const string CannotFail = "process.cannot-fail";
    public const string CannotReturn = "process.cannot-return";
    public const string ReturnsUsed = "process.returns-used";
    public const string NotWaivable = "process.not-waivable";
    public const string NotOptional = "process.not-optional";
    public const string NoExtension = "process.no-extension";
    public const string ExtensionsUsed = "process.extensions-used";
    public const string ExtensionTooLong = "process.extension-too-long";
    public const string ExtensionInPast = "process.extension-in-past";
    public const string ExtensionTooLate = "process.extension-too-late";
    public const string ClockStands = "process.clock-already-paused";
    public const string ClockRuns = "process.clock-not-paused";
    public const string SameVariant = "process.same-variant";
    public const string TooLateToChange = "process.too-late-to-change-variant";
    public const string DeferralsUsed = "process.deferrals-used";
    public const string DeferralTooLong = "process.deferral-too-long";
    public const string DeferralInPast = "process.deferral-in-past";
    public const string TooLateToWithdraw = "process.too-late-to-withdraw";
    public const string SilenceDoesNotCount = "process.silence-does-not-count";
    public const string DeadlineNotPassed = "process.deadline-not-passed";

    /// <summary>All codes, so that a test can see that each has its sentence.</summary>
    public static ImmutableArray<string> Codes { get; } =
    [
        .. typeof(ProcessRefusals).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal),
    ];

    internal static Refusal Conflict(string code) => new(code, RefusalKind.Conflict);

    internal static Refusal Invalid(string code, string field, string value) =>
        new Refusal(code, RefusalKind.Invalid, field).With(field, value);

    internal static Refusal NotAllowed(string code, IEnumerable<string> roles) =>
        new Refusal(code, RefusalKind.NotAllowed).With("roles", string.Join(' ', roles));

    internal static Refusal Of(string code, Stage stage) => Conflict(code).With("stage", stage.Id);

    internal static Refusal Unknown(string stage) => new Refusal(UnknownStage, RefusalKind.NotFound, "stage").With("stage", stage);

    internal static string Text(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
