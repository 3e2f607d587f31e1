using System.Collections.Frozen;
using System.Collections.Immutable;
using PeerReview.Core.Ports;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Which letters there are and what each may name. The only place that says so: files are held to it at start.</summary>
public static class LetterRegistry
{
    /// <summary>What every letter may name: the recipient, who writes, and the one address.</summary>
    public static readonly ImmutableArray<string> Everywhere = ["name", "programme", "address"];

    private static readonly ImmutableArray<string> Review = ["state", "review"];
    private static readonly ImmutableArray<string> Stage = ["state", "review", "stage"];
    private static readonly ImmutableArray<string> Deadline = ["state", "review", "stage", "due", "left"];
    private static readonly ImmutableArray<string> Late = ["state", "review", "stage", "due", "left", "late"];

    /// <summary>Every letter by its name.</summary>
    public static readonly FrozenDictionary<string, LetterKind> All = Kinds().ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static IEnumerable<LetterKind> Kinds() =>
    [
        new(LetterNames.SignIn, ["lasts"]) { Secret = true },
        new(LetterNames.AccountOpened, [.. Review, "note", "dated"]),
        new(LetterNames.CoordinatorAdded, []),
        new(LetterNames.ReviewLaunched, Deadline),
        new(LetterNames.LaunchConfirmed, [.. Deadline, "forecast"]),
        .. new[] { LetterNames.LaunchAcknowledged, LetterNames.CompletenessConfirmed, LetterNames.ContributorReplied }.Select(name => new LetterKind(name, Review)),
        .. OfOwnProcesses(),
        .. TurnsOfStages().Select(name => new LetterKind(name, Deadline)),
        new(LetterNames.YourTurn("nominate", "COORD"), [.. Deadline, "reviewer"]),
        new(LetterNames.AnswersReturned, [.. Deadline, "items"]),
        new(LetterNames.SignatureFell, Review),
        new(LetterNames.AppointedFocalPoint, Review),
        new(LetterNames.AppointedAlternate, Review),
        new(LetterNames.AppointedContributor, [.. Review, "items"]),
        new(LetterNames.AppointedContributorNow, [.. Deadline, "items"]),
        new(LetterNames.ContributorFinished, [.. Review, "done", "all"]),
        .. OfReviewingStates(),
        .. OfDialogue(),
        .. OfExperts(),
        new(LetterNames.NoAgreement, Review),
        new(LetterNames.AnswerAwaited, Deadline),
        new(LetterNames.AnswersMissing, Deadline),
        new(LetterNames.AnswersMissingTold, Review),
        new(LetterNames.StakeholderInvited, Deadline) { Secret = true },
        new(LetterNames.StakeholderAccepted, [.. Review, "lasts"]) { Secret = true },
        new(LetterNames.StakeholderAnswered, Review),
        new(LetterNames.CallEnded, Review),
        new(LetterNames.ContributionUnread, Review),
        new(LetterNames.ContributionHandedIn, Review),
        new(LetterNames.ContributionAccepted, Deadline),
        new(LetterNames.ContributionScreened, Review),
        new(LetterNames.ContributionsReadable, Review),
        .. new[] { LetterNames.DraftRemarked, LetterNames.CommentsOpen }.Select(name => new LetterKind(name, Review)),
        .. new[] { LetterNames.ObjectionDecided, LetterNames.ObjectionItems, LetterNames.ObjectionTaken, LetterNames.ObjectionTakenLate }.Select(name => new LetterKind(name, [.. Review, "reviewer"])),
        new(LetterNames.QuestionAsked, Deadline),
        .. new[] { LetterNames.QuestionReplied, LetterNames.RepliesReady }.Select(name => new LetterKind(name, Deadline)),
        new(LetterNames.DissentAnnexed, Deadline),
        new(LetterNames.ReportAgreed, Review),
        new(LetterNames.ReportAgreedUndecided, [.. Review, "comments"]),
        new(LetterNames.ReportGoesOn, Review),
        new(LetterNames.ResponsesPrepared, Deadline),
        .. new[] { LetterNames.ResponsesSigned, LetterNames.PublicationDone, LetterNames.PublicationEdition }.Select(name => new LetterKind(name, Review)),
        .. new[] { LetterNames.ProgressTold, LetterNames.ProgressConfirmed, LetterNames.SideClosed }.Select(name => new LetterKind(name, Review)),
        .. new[] { LetterNames.ReviewSuspended, LetterNames.ReviewResumed }.Select(name => new LetterKind(name, Review)),
        new(LetterNames.ReviewDeferred, [.. Review, "until"]),
        .. OfLeaving(),
        new(LetterNames.ReviewClosed, Review),
        .. new[] { LetterNames.ExtensionGranted, LetterNames.ClockResumed }.Select(name => new LetterKind(name, Late)),
        new(LetterNames.ClockPaused, [.. Review, "side"]),
        new(LetterNames.StepsLater, [.. Stage, "forecast"]),
        new(LetterNames.StageWaived, Stage),
        new(LetterNames.UrgentPoint, [.. Review, "due", "left"]),
        new(LetterNames.UrgentAcknowledged, Review),
        .. new[] { LetterNames.ClarifyFirstAsked, LetterNames.ClarifyFirstCopied }.Select(name => new LetterKind(name, [.. Review, "due", "left"])),
        .. OfAnswers().Concat(OfParticipants()),
        new(LetterNames.Digest, ["day", "list"]),
        .. OfLateness(),
    ];

    private static IEnumerable<LetterKind> OfReviewingStates() =>
    [
        new(LetterNames.AppointedReviewer, Review),
        new(LetterNames.AppointedReviewerNow, Deadline),
        .. new[] { LetterNames.ReviewerReleased, LetterNames.ReviewersReleased }.Select(name => new LetterKind(name, [.. Review, "contact"])),
        new(LetterNames.FillPlace, Deadline),
        new(LetterNames.ReviewerReplaced, [.. Review, "reviewer"]),
        new(LetterNames.ServiceDeclined, Review),
        new(LetterNames.RedrawAsked, Deadline),
        new(LetterNames.LeadNamed, Review),
    ];

    private static IEnumerable<LetterKind> OfExperts() =>
    [
        new(LetterNames.ExpertInvited, [.. Review, "reviewer", "facts"]) { Secret = true },
        new(LetterNames.ReserveInvited, [.. Review, "reviewer", "facts"]) { Secret = true },
        new(LetterNames.ExpertAccepted, [.. Review, "reviewer", "lasts"]) { Secret = true },
        new(LetterNames.ExpertAcceptedOwn, [.. Review, "reviewer", "lasts"]) { Secret = true },
        new(LetterNames.InvitationAnswered, Review),
        new(LetterNames.InvitationAnsweredOwn, Stage),
        new(LetterNames.InvitationAnsweredLater, Review),
        new(LetterNames.InvitationWithdrawn, Review),
        new(LetterNames.ExpertReleased, [.. Review, "contact"]),
        new(LetterNames.ObjectedTo, Review),
        new(LetterNames.ObjectionUpheld, [.. Review, "contact"]),
        new(LetterNames.ExpertStays, Review),
        new(LetterNames.ObjectionTold, [.. Review, "reviewer", "until"]),
        new(LetterNames.ReserveNeeded, Review),
        new(LetterNames.ReserveNeededBy, Deadline),
        new(LetterNames.NobodyLeads, Deadline),
        new(LetterNames.ExpertReplaced, [.. Review, "reviewer"]),
        new(LetterNames.ExpertReplacedState, [.. Review, "reviewer"]),
        new(LetterNames.ExpertReplacedLater, [.. Review, "reviewer", "forecast"]),
        new(LetterNames.ExpertLeftOut, [.. Review, "reviewer"]),
        new(LetterNames.SteppedIn, [.. Review, "reviewer", "until"]),
        new(LetterNames.ReserveAccepted, [.. Review, "reviewer"]),
        new(LetterNames.ReserveAcceptedOwn, [.. Review, "reviewer"]),
    ];

    private static IEnumerable<LetterKind> OfLateness() =>
    [
        .. NamesOfLateness().Select(name => new LetterKind(name, Late)),
        new(LetterNames.SuspensionAhead, [.. Late, "until"]),
    ];

    private static IEnumerable<string> NamesOfLateness() =>
    [
        .. Enumerable.Range(1, 4).Select(LetterNames.Escalation),
        LetterNames.HeadDecides,
        LetterNames.LateExpert,
        LetterNames.LateExpertReserve,
        LetterNames.ObjectionUndecided,
        LetterNames.LateDraft,
        LetterNames.LateAgreement,
        LetterNames.LateAnswer,
        LetterNames.LateSide,
        LetterNames.LateNomination,
        LetterNames.LateExpertHead,
        LetterNames.LateAfterPublication,
    ];

    private static IEnumerable<LetterKind> OfOwnProcesses() =>
    [
        new(LetterNames.LaunchRecorded, [.. Review, "forecast"]),
        new(LetterNames.LaunchTold, Review),
        .. new[] { LetterNames.NobodyNamed, LetterNames.NobodyReviews, LetterNames.NoExperts }.Select(name => new LetterKind(name, Deadline)),
        new(LetterNames.NobodyNamedOfState, [.. Deadline, "roles"]),
        new(LetterNames.RightUsedHead, Stage),
        new(LetterNames.ReserveNeededOwn, Review),
        new(LetterNames.ExpertReplacedOwn, [.. Review, "reviewer"]),
        new(LetterNames.RightToSettle, Deadline),
        new(LetterNames.RightSettled, Stage),
        new(LetterNames.StageLapsed, Stage),
        new(LetterNames.TextToShow, Stage),
        new(LetterNames.TextHandedIn, Stage),
        new(LetterNames.ReviewClosedOwn, Review),
        new(LetterNames.TextObjected, Stage),
        new(LetterNames.AppointedHelper, Review),
    ];

    private static IEnumerable<LetterKind> OfAnswers() =>
    [
        new(LetterNames.ClarifyFirstAnswered, Review),
        new(LetterNames.ClarifyFirstLapsed, Review),
    ];

    private static IEnumerable<LetterKind> OfParticipants() =>
    [
        new(LetterNames.YourTurn("endorse", "COORD"), [.. Deadline, "reviewer"]),
        .. new[] { LetterNames.AppointedParticipant, LetterNames.ParticipantTold }.Select(name => new LetterKind(name, [.. Review, "scale"])),
        new(LetterNames.EndorsementObjected, [.. Review, "reviewer"]),
        new(LetterNames.EndorsementEnded, Review),
        new(LetterNames.EndorsementOver, Review),
        new(LetterNames.EndorsementSilent, Review),
        new(LetterNames.EndorsementAgain, Deadline),
        new(LetterNames.ReviewLaunchedRegional, [.. Deadline, "scale"]),
        new(LetterNames.CommonPartReturned, Review),
        new(LetterNames.ObjectionKept, Review),
        new(LetterNames.PublicationParticipant, Review),
        new(LetterNames.PublicationWithoutSheet, [.. Review, "until"]),
        new(LetterNames.PublicationRegional, Review),
    ];

    private static IEnumerable<LetterKind> OfLeaving() =>
    [
        new(LetterNames.HandedOver, Review),
        new(LetterNames.HandedOverToYou, Review),
        new(LetterNames.HandedOverFocalPoint, Review),
        new(LetterNames.HandedOverLeft, [.. Review, "contact"]),
        new(LetterNames.HandedOverGiven, Review),
        .. new[] { LetterNames.VariantChanged, LetterNames.ChangedTo("light"), LetterNames.ChangedTo("desk"), LetterNames.ChangedTo("full") }
            .Select(name => new LetterKind(name, [.. Review, "forecast"])),
        new(LetterNames.ReviewNarrowed, Review),
        new(LetterNames.ContributorNarrowed, [.. Review, "items"]),
        new(LetterNames.ReviewWithdrawn, Review),
        new(LetterNames.ReserveWithdrawn, Review),
    ];

    private static IEnumerable<LetterKind> OfDialogue() =>
    [
        new(LetterNames.MinutesChanged, Deadline),
        new(LetterNames.DialogueSlots, Deadline),
        new(LetterNames.DialogueSlotsTold, Review),
        new(LetterNames.DialogueFixed, [.. Review, "until"]),
        new(LetterNames.DialogueMoved, [.. Review, "until", "before"]),
        new(LetterNames.DialogueTakenBack, [.. Review, "until"]),
        new(LetterNames.DialogueProgramme, Review),
        new(LetterNames.DialogueRecord, Review),
        new(LetterNames.DialogueWish, Review),
        new(LetterNames.DialogueProgrammeAgreed, Review),
        new(LetterNames.DialogueSession, Review),
        new(LetterNames.DialogueRecordChanged, Review),
        new(LetterNames.DialogueComment, Review),
        new(LetterNames.DialogueSettled, Review),
        new(LetterNames.DialogueConfirmed, Review),
    ];

    private static IEnumerable<string> TurnsOfStages() =>
    [
        LetterNames.Turn,
        LetterNames.YourTurn("appoint", "STATE_AUTH"),
        LetterNames.YourTurn("draw", "COORD"),
        LetterNames.YourTurn("redraw_window", "STATE_FP"),
        LetterNames.YourTurn("nominate", "REV_FP"),
        LetterNames.YourTurn("declare", "REV_EXPERT"),
        LetterNames.YourTurn("objection", "STATE_FP"),
        LetterNames.YourTurn("objection", "COORD_HEAD"),
        LetterNames.YourTurn("objection", "REV_FP"),
        LetterNames.YourTurn("opening", "COORD"),
        LetterNames.YourTurn("endorse", "PART_FP"),
        LetterNames.YourTurn("pub_decide", "PART_FP"),
        LetterNames.YourTurn("opening", "STATE_FP"),
        LetterNames.YourTurn("desk_review", "REV_EXPERT"),
        LetterNames.YourTurn("desk_review", "COORD"),
        LetterNames.YourTurn("stake_call", "COORD"),
        LetterNames.YourTurn("stake_call", "STAKEHOLDER"),
        LetterNames.YourTurn("stake_reply", "STATE_FP"),
        LetterNames.YourTurn("consolidate", "REV_LEAD"),
        LetterNames.YourTurn("state_reply", "STATE_FP"),
        LetterNames.YourTurn("state_reply", "STATE_CONTRIB"),
        LetterNames.YourTurn("dialogue", "COORD"),
        LetterNames.YourTurn("draft", "REV_LEAD"),
        LetterNames.YourTurn("draft", "REV_EXPERT"),
        LetterNames.YourTurn("draft", "COORD"),
        LetterNames.YourTurn("fact_check", "STATE_FP"),
        LetterNames.YourTurn("agree", "STATE_AUTH"),
        LetterNames.YourTurn("agree", "REV_LEAD"),
        LetterNames.YourTurn("reconcile", "COORD_HEAD"),
        LetterNames.YourTurn("rec_response", "STATE_AUTH"),
        LetterNames.YourTurn("self_assess", "STATE_CONTRIB"),
        LetterNames.YourTurn("self_assess", "STATE_FP"),
        LetterNames.YourTurn("self_assess", "STATE_AUTH"),
        LetterNames.YourTurn("complete", "COORD"),
        LetterNames.YourTurn("clarify", "COORD"),
        LetterNames.YourTurn("pub_decide", "STATE_AUTH"),
        LetterNames.YourTurn("publish", "COORD"),
        LetterNames.YourTurn("pub_decide", "STATE_AUTH", reviewed: true),
        LetterNames.YourTurn("action_plan", "STATE_FP"),
        LetterNames.PlanWithoutRecommendations,
        LetterNames.YourTurn("check_6m", "STATE_FP"),
        LetterNames.YourTurn("check_6m", "STATE_FP", reviewed: true),
        LetterNames.YourTurn("mid_term", "STATE_FP"),
        LetterNames.YourTurn("mid_term", "REV_LEAD"),
        LetterNames.YourTurn("close", "STATE_AUTH"),
    ];
}

/// <summary>One kind of letter.</summary>
/// <param name="Name">As in <see cref="LetterNames"/>.</param>
/// <param name="Own">What it may name beside <see cref="LetterRegistry.Everywhere"/>.</param>
public sealed record LetterKind(string Name, ImmutableArray<string> Own)
{
    /// <summary>Whether its values open a door: they are erased from the outbox once the letter is delivered.</summary>
    public bool Secret { get; init; }

    /// <summary>Everything it may name.</summary>
    public IEnumerable<string> Variables => [.. LetterRegistry.Everywhere, .. Own];

    /// <summary>A value for each of them, of the shape it will have.</summary>
    public IReadOnlyDictionary<string, LetterValue> Sample { get; } =
        LetterSample.Of([.. LetterRegistry.Everywhere, .. Own]);
}
