using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Process;

/// <summary>The names a process may use because the domain answers them: there are no expressions in a definition.</summary>
/// <param name="Guards">Guards the domain computes; others must be stated by a person (<c>attested</c>).</param>
/// <param name="Conditions">Conditions the domain answers.</param>
/// <param name="Sets">What a stage may have a branch for each of.</param>
/// <param name="Visibility">Rows of the table that says who sees which document.</param>
/// <param name="DrawRules">Hard and soft rules of the draw.</param>
public sealed record KnownNames(
    ImmutableArray<string> Guards,
    ImmutableArray<string> Conditions,
    ImmutableArray<string> Sets,
    ImmutableArray<string> Visibility,
    ImmutableArray<string> DrawRules)
{
    /// <summary>Roles people can be given; who acts in a stage must be one of them.</summary>
    public ImmutableArray<string> Roles { get; } = [.. Enum.GetValues<Access.Role>().Select(Access.Roles.Code)];

    /// <summary>Roles that are held before there is a review, so that they can launch one.</summary>
    public ImmutableArray<string> Launching { get; } =
        [Access.Roles.Code(Access.Role.StateAuthority), Access.Roles.Code(Access.Role.Coordinator), Access.Roles.Code(Access.Role.HeadCoordinator)];

    /// <summary>Variants for which frameworks say how many items and words there may be.</summary>
    public ImmutableArray<string> Budgets { get; } = ["light", "desk", "full"];

    /// <summary>What this product answers.</summary>
    public static KnownNames Product { get; } = new(
        [
            "G-SIGN", "G-COOL", "G-CASE", "G-FP", "G-DRAW", "G-REDRAW", "G-2REV", "G-DECL", "G-COI", "G-PLAN",
            "G-SCOPEFULL", "G-TLP", "G-SIGNOFF", "G-STKSCREEN", "G-ENDORSED", "G-COMPLETE", "G-TRANS", "G-STKREPLY",
            "G-COMMENTS", "G-MERGED", "G-REPLIED", "G-DLG", "G-NOATTR", "G-RECQ", "G-SIZE", "G-ANNEX", "G-AGREE",
            "G-AGREE-OR-DISSENT", "G-RECRESP", "G-PUBDEC", "G-ACCESS", "G-PLANOWN", "G-CARRY",
        ],
        ["working_language_differs", "stakeholder_inputs_exist"],
        [BranchSet.ReviewingState, BranchSet.Expert, "participating_state", "endorsing_state"],
        [.. Enum.GetNames<DocumentKind>().Select(ProcessCodes.Snake)],
        [
            "not_the_subject", "no_mutual_review", "no_declared_conflict", "not_on_deferral", "served_less_than_three",
            "opted_in", "similar_legal_system", "shares_working_language", "no_running_review", "slot_a_other_subregion",
        ]);
}

/// <summary>Sets of branches the product fills.</summary>
public static class BranchSet
{
    /// <summary>The reviewing States, by ISO 3166-1 alpha-3 code.</summary>
    public const string ReviewingState = "reviewing_state";

    /// <summary>The active experts, by the id of the person.</summary>
    public const string Expert = "expert";
}
