using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Where one acts on a stage: the one table that home, the review's own page and letters ask.</summary>
public static class StagePages
{
    /// <summary>The path of a review.</summary>
    public static string Of(Guid review) => $"/reviews/{review}";

    /// <summary>The path of the page of a stage of a review, or of what is beside the process: the page every stage has, where no part
    /// of the product is made for it.</summary>
    public static string Of(LoadedReview review, string stage) => Of(review.Process, review.Id.Value, stage);

    /// <inheritdoc cref="Of(LoadedReview, string)"/>
    public static string Of(ProcessDefinition process, Guid review, string stage) =>
        IsGeneric(process, stage) ? $"{Of(review)}/stages/{stage}" : Of(review, stage);

    /// <summary>The same for one role: where a stage asks different things of different roles, where this one does its own.</summary>
    public static string Of(ProcessDefinition process, Guid review, string stage, string role) =>
        StageGaps.Of(process, stage, role) is { } gap and not StageGap.Right ? Of(review, gap)
        : IsGeneric(process, stage) ? Of(process, review, stage)
        : Of(review, stage, role);

    /// <summary>Where somebody is named whom a stage lacks.</summary>
    public static string Of(Guid review, StageGap gap) => gap switch
    {
        StageGap.People => Of(review) + "/people",
        StageGap.States or StageGap.Speaker => Of(review) + "/reviewing-states",
        StageGap.Experts => Of(review) + "/experts",
        StageGap.Authority => "/programme",
        StageGap.Right => Of(review),
    };

    /// <summary>The path of the page of a stage a part of the product is made for, or of what is beside the process; the review's own
    /// page for stages without one.</summary>
    public static string Of(Guid review, string stage) => Of(review) + (Find(stage) ?? "");

    /// <summary>The same for one role: where a stage asks different things of different roles, where this one does its own.</summary>
    private static string Of(Guid review, string stage, string role) => (stage, role) switch
    {
        ("self_assess", RoleCode.Authority) => Of(review) + "/sign-off",
        (SignedAct.Publication, RoleCode.Participant) => Of(review) + "/sheets",
        // Who has to find a State somebody to speak for it, or another State, does it there.
        ("nominate", RoleCode.Coordinator) => Of(review) + "/reviewers",
        ("objection", RoleCode.ReviewerFocalPoint or RoleCode.Coordinator) or ("desk_review", RoleCode.Coordinator) => Of(review) + "/experts",
        ("draft", RoleCode.Coordinator) => Of(review) + "/contributions#groups",
        ("agree", RoleCode.Lead) => Of(review) + "/report#comments",
        _ => Of(review, stage),
    };

    /// <summary>Whether a stage has a page.</summary>
    public static bool Has(ProcessDefinition process, string stage) => IsGeneric(process, stage) || Find(stage) is not null;

    private static bool IsGeneric(ProcessDefinition process, string stage) =>
        process.FindStage(stage) is { } found && KnownStages.AreGeneric(process, found);

    private static string? Find(string stage) => stage switch
    {
        "acknowledge" or "appoint" => "/people",
        "draw" or "redraw_window" => "/reviewers",
        "nominate" => "/experts",
        "declare" or "objection" => "/declarations",
        "opening" => "/opening",
        "dialogue" => "/dialogue",
        "desk_review" => "/desk",
        "consolidate" => "/consolidation",
        "draft" => "/draft",
        "state_reply" => "/questions",
        StakeholderWindow.Call or StakeholderWindow.Reply => "/contributions",
        "self_assess" => "/assessment",
        EndorsementRules.Stage => "/participants",
        "complete" => "/completeness",
        ReaderTranslations.Stage => "/translations",
        "clarify" => "/questions",
        "pub_decide" or "publish" => "/publication",
        "check_6m" or "mid_term" or "close" => "/follow-up",
        "action_plan" => "/commitments",
        "fact_check" or "agree" or "reconcile" => "/report",
        "rec_response" => "/responses",
        Waits.Urgent => "/urgent",
        Waits.ClarifyFirst => "/clarify-first",
        _ => null,
    };
}
