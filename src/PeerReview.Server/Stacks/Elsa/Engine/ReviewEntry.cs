using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Signals;
using PeerReview.Server.Stacks.Elsa.Export;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>Where every workflow begins: at the launch of a review, or, when the workflow is made anew, where the review
/// stands.</summary>
[Activity(WorkflowNames.Namespace, WorkflowNames.Entry, 1, Category = WorkflowNames.Category,
    DisplayName = "Entry", Description = "Launches the review, or takes its places in one that is under way.")]
[FlowNode(StageOutcomes.Launched)]
internal sealed class ReviewEntry : Activity
{
    public ReviewEntry()
        : base(WorkflowNames.EntryType, version: 1)
    {
    }

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var run = StageRun.Of(context);
        if (run.IsLaunch)
        {
            await context.CompleteActivityWithOutcomesAsync(StageOutcomes.Launched);
            return;
        }

        var flowchart = (Flowchart)context.ParentActivityExecutionContext!.Activity;
        foreach (var id in run.Places())
        {
            var stage = flowchart.Activities.First(activity => activity.Id == id);
            await context.SendSignalAsync(new ScheduleChildActivity(stage, ReviewStage.Placing));
        }

        await context.CompleteActivityWithOutcomesAsync();
    }
}
