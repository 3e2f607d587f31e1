using Elsa.Workflows;
using Elsa.Workflows.State;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>What of a workflow's state is not kept.</summary>
internal static class Stored
{
    // Elsa's own name, in the properties of the flowchart, for the connections that were followed.
    private const string Tokens = "Flowchart.Tokens";

    /// <summary>Forgets which connections were followed.</summary>
    /// <remarks>Each stage is its own join and looks at what is closed, so an old token could only keep a later one from
    /// arriving: after a stage was sent back, some of the connections to a join are followed a second time and others
    /// are not.</remarks>
    public static void ForgetTokens(ActivityExecutionContext flowchart) => flowchart.Properties.Remove(Tokens);

    /// <summary>Leaves out of a state that is about to be stored what a run finds elsewhere: tokens, and the inputs of the
    /// stages, which are the definition's.</summary>
    public static void Trim(WorkflowState state)
    {
        foreach (var context in state.ActivityExecutionContexts)
        {
            context.Properties.Remove(Tokens);
            context.ActivityState?.Clear();
        }
    }
}
