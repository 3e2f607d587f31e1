using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>A side of a review. Its clock can be paused by itself.</summary>
/// <param name="Authority">Role a second reminder of lateness goes to.</param>
public sealed record Party(string Id, string Title, string Authority);

/// <summary>A role people hold in one review.</summary>
/// <param name="AlternateOf">The role it may stand in for; null for none.</param>
/// <param name="HeldPer">The set whose keys the holders belong to (<c>reviewing_state</c>, <c>expert</c>); null when
/// the role is held for the review as a whole.</param>
/// <param name="Acts">Whether it can ever act, or only read.</param>
public sealed record Role(string Id, string Title, string Party, string? AlternateOf, string? HeldPer, bool Acts);

/// <summary>A depth of review.</summary>
/// <param name="ItemsMax">Most framework items a review of this variant may have in scope.</param>
public sealed record Variant(string Id, string Title, int ReviewingStates, int ItemsMax, int WordsPerAnswer);

/// <summary>A kind of reviewed subject: <c>national</c>, <c>regional</c>, <c>subregional</c>.</summary>
public sealed record Subject(string Id, string Title, string Owner);

/// <summary>A named point that limits refer to, because not every variant has the same stages.</summary>
/// <param name="At">Whether it is reached when the stage opens or when it closes.</param>
/// <param name="Stages">Stage id by variant id. In a variant without one, the milestone is reached with the next one
/// that the variant has.</param>
public sealed record Milestone(string Id, MilestoneMoment At, ImmutableSortedDictionary<string, string> Stages);

/// <summary>When a milestone is reached.</summary>
public enum MilestoneMoment
{
    Closed,
    Opened,
}

/// <summary>Days before, on and after a deadline on which the actors are reminded.</summary>
/// <param name="MinDays">Used for stages of at least so many days …</param>
/// <param name="MaxDays">… and at most so many; null for no upper end.</param>
public sealed record ReminderProfile(
    string Id, int MinDays, int? MaxDays, ImmutableArray<int> Before, bool OnDay, ImmutableArray<int> After);

/// <summary>A step of the ladder climbed while a deadline is overdue.</summary>
/// <param name="Id"><c>L1</c> … <c>L4</c>, <c>R</c>.</param>
/// <param name="OverdueDays">Days after the deadline.</param>
/// <param name="To">Role ids, or <c>acting</c>, <c>alternate</c>, <c>authority</c> (of the late party).</param>
/// <param name="OnlyRoles">Climbed only when one of these roles is late; empty for all.</param>
/// <param name="Effect">What the step brings about.</param>
/// <param name="OnlyParty">The effect comes about only when this party is late; null for any.</param>
/// <param name="BeforeStage">The effect comes about only until this stage is closed; null for always.</param>
/// <param name="Text">English sentence for people.</param>
public sealed record EscalationLevel(
    string Id,
    int OverdueDays,
    ImmutableArray<string> To,
    ImmutableArray<string> OnlyRoles,
    EscalationEffect Effect,
    string? OnlyParty,
    string? BeforeStage,
    string Text);

/// <summary>What an escalation step brings about beside its letter.</summary>
public enum EscalationEffect
{
    /// <summary>An extension is offered, if the stage has one left.</summary>
    OfferExtension,

    /// <summary>A contact attempt and a new date are to be recorded.</summary>
    LogContact,

    /// <summary>The late party is to choose between the ways out.</summary>
    OfferChoice,

    /// <summary>The review is suspended.</summary>
    Suspend,

    /// <summary>A reserve is offered the open work.</summary>
    OfferReserve,
}

/// <summary>Limits on acts that concern the whole review.</summary>
/// <param name="Deferral">Rules in the order in which they apply; the first whose milestone is not reached holds.</param>
/// <param name="WithdrawBefore">Milestone after which nobody withdraws; null for never.</param>
/// <param name="VariantUpBefore">Milestone after which a review does not become deeper.</param>
/// <param name="CooldownDays">Days before the same aspect may be reviewed again; the domain's guard uses it.</param>
/// <param name="NotesKeptDays">Days after a withdrawal until reviewers' notes are deleted.</param>
public sealed record ProcessLimits(
    ImmutableArray<DeferralRule> Deferral, string? WithdrawBefore, string? VariantUpBefore, int CooldownDays, int NotesKeptDays);

/// <summary>How often and for how long the subject may defer until a milestone.</summary>
/// <param name="Before">Milestone; null for "at any later time".</param>
/// <param name="Times">Null for any number.</param>
/// <param name="MaxDays">Null for any length.</param>
public sealed record DeferralRule(string? Before, int? Times, int? MaxDays);

/// <summary>Something that must hold to leave a stage.</summary>
/// <param name="Text">English sentence saying what must hold.</param>
/// <param name="Attested">Not computed: the person who completes the stage states that it holds.</param>
public sealed record Guard(string Id, string Text, bool Attested);

/// <summary>A named question that decides whether a stage takes place.</summary>
/// <param name="FailedStage">Answered by the process itself: whether this stage has failed; null when the domain answers.</param>
public sealed record Condition(string Id, string Text, string? FailedStage);

/// <summary>A document a stage makes.</summary>
/// <param name="Visibility">The row of the visibility table that says who sees it.</param>
public sealed record Document(string Id, string Title, string Visibility);

/// <summary>A code with its English text.</summary>
public sealed record NamedText(string Id, string Text);
