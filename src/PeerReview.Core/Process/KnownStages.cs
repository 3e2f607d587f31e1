using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>The stages that a part of the product is made for. It takes a stage of any process that has the same id and makes the same
/// documents; what else a process asks for is done on the page every stage has.</summary>
/// <remarks>The id alone says little: another process may call something else a desk review.</remarks>
public static class KnownStages
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Documents =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["acknowledge"] = ["case_file", "calendar"],
            ["appoint"] = ["note_verbale_fp"],
            ["draw"] = ["draw_record"],
            ["redraw_window"] = ["redraw_requests"],
            ["nominate"] = ["note_verbale_experts"],
            ["declare"] = ["conflict_declaration", "code_of_conduct"],
            ["objection"] = ["objections"],
            ["opening"] = ["opening_minutes"],
            ["self_assess"] = ["self_assessment", "evidence"],
            ["stake_call"] = ["stakeholder_inputs"],
            ["endorse"] = ["endorsements"],
            ["complete"] = ["completeness_note"],
            ["translate"] = ["translations"],
            ["stake_reply"] = ["replies_to_inputs"],
            ["desk_review"] = ["reviewer_comments"],
            ["consolidate"] = ["question_list"],
            ["clarify"] = ["clarifications"],
            ["state_reply"] = ["state_replies"],
            ["dialogue"] = ["dialogue_record", "visit_programme"],
            ["draft"] = ["draft_report", "recommendations"],
            ["fact_check"] = ["state_comments"],
            ["agree"] = ["agreed_report", "executive_summary"],
            ["reconcile"] = ["dissent_annex"],
            ["rec_response"] = ["recommendation_responses"],
            ["pub_decide"] = ["publication_decision", "redaction_list"],
            ["publish"] = ["public_documents"],
            ["action_plan"] = ["action_plan"],
            ["check_6m"] = ["progress_note"],
            ["mid_term"] = ["mid_term_update", "peer_confirmation"],
            ["close"] = ["closing_note", "next_cycle_carry_over"],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a part of the product is made for a stage.</summary>
    public static bool Serve(Stage stage) =>
        Documents.TryGetValue(stage.Id, out var makes) && makes.All(document => stage.Makes.Has(document));

    /// <summary>Whether a process has the stage of that id, and a part of the product is made for it.</summary>
    public static bool Serve(ProcessDefinition process, string stage) => process.FindStage(stage) is { } found && Serve(found);

    /// <summary>Whether a stage is done on the page every stage has: all but those with a part of their own, our launch among them.</summary>
    public static bool AreGeneric(ProcessDefinition process, Stage stage) =>
        (stage.Index != process.First.Index || !process.OfferedByDefault) && !Serve(stage);

    /// <summary>Whether a stage is our time to ask for something: giving it up says only that nothing more is asked, whatever was before.</summary>
    public static bool IsTimeToAsk(ProcessDefinition process, string stage) =>
        stage is "redraw_window" or "objection" && Serve(process, "redraw_window");

    /// <summary>The id under which the rules of a part of the product know a stage; empty where none is made for it. What is beside the
    /// process keeps its name.</summary>
    public static string RulesOf(ProcessDefinition process, string stage) =>
        process.FindStage(stage) is { } found && !Serve(found) ? "" : stage;
}
