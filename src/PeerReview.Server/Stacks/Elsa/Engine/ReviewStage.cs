using System.Collections.Immutable;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using PeerReview.Server.Stacks.Elsa.Export;

namespace PeerReview.Server.Stacks.Elsa.Engine;

/// <summary>One stage of a process: waits until whoever acts has acted, once for each branch.</summary>
/// <remarks>
/// Its id is the id of the stage. It is its own AND-join: every connection leads here, and it opens when everything before it
/// is closed. It waits on one bookmark for each open branch, whose id is the stage, or <c>stage/branch</c>. These ids and the
/// name of <see cref="OnSignal"/> stand in stored texts: they do not change.
/// </remarks>
[Activity(WorkflowNames.Namespace, WorkflowNames.Stage, 1, Category = WorkflowNames.Category,
    DisplayName = "Stage", Description = "A stage of a review: somebody has to act before it goes on.")]
[FlowNode(StageOutcomes.Done, StageOutcomes.Skipped, StageOutcomes.Waived, StageOutcomes.Failed, StageOutcomes.Returned)]
internal sealed class ReviewStage : Activity
{
    private const string PlacingInput = "placing";

    public ReviewStage()
        : base(WorkflowNames.StageType, version: 1)
    {
    }

    /// <summary>What the actors have to do.</summary>
    [Input(Description = "What has to be done.")]
    public string What { get; set; } = "";

    /// <summary>Roles that act.</summary>
    [Input(Description = "Roles that act.")]
    public ICollection<string> Acts { get; set; } = [];

    /// <summary>Who of several roles has to act: any, all, sequence.</summary>
    [Input(Description = "Who of them has to act: any, all, or each in sequence.")]
    public string Mode { get; set; } = "";

    /// <summary>Calendar days in each variant; a variant that lacks the stage is not named.</summary>
    [Input(Description = "Calendar days, for each variant that has the stage.")]
    public IDictionary<string, int> Days { get; set; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>What there is one branch for: reviewing State, expert, ….</summary>
    [Input(Description = "One branch for each of these, if any.")]
    public ICollection<string> Each { get; set; } = [];

    /// <summary>The condition without which the stage is skipped; empty when there is none.</summary>
    [Input(Description = "Skipped unless this holds.")]
    public string When { get; set; } = "";

    /// <summary>Names of the guards on leaving it.</summary>
    [Input(Description = "What must hold before it can be left.")]
    public ICollection<string> Exit { get; set; } = [];

    /// <summary>Input of a stage in which a workflow takes its place without a connection leading there.</summary>
    public static Dictionary<string, object> Placing => new(StringComparer.Ordinal) { [PlacingInput] = true };

    /// <summary>The bookmark of a branch.</summary>
    public static string Bookmark(string stage, string? branch) => branch is null ? stage : $"{stage}/{branch}";

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var run = StageRun.Of(context);
        var standing = context.ActivityInput.ContainsKey(PlacingInput) ? run.Place(Id) : run.Arrive(Id);
        return standing == StageStanding.NotItsTurn ? context.CompleteActivityWithOutcomesAsync() : FollowAsync(context, standing);
    }

    /// <summary>A bookmark of the stage was resumed.</summary>
    public ValueTask OnSignal(ActivityExecutionContext context) => FollowAsync(context, StageRun.Of(context).Tell(Id));

    private async ValueTask FollowAsync(ActivityExecutionContext context, StageStanding standing)
    {
        if (standing.Outcome is not { } outcome)
        {
            Wait(context, standing.Branches);
            return;
        }

        await LeaveClosedStagesAsync(context);
        Stored.ForgetTokens(context.ParentActivityExecutionContext!);
        await context.CompleteActivityWithOutcomesAsync(outcome);
    }

    /// <summary>Keeps exactly one bookmark for each branch.</summary>
    private void Wait(ActivityExecutionContext context, ImmutableArray<string?> branches)
    {
        var bookmarks = context.WorkflowExecutionContext.Bookmarks;
        var wanted = branches.Select(branch => Bookmark(Id, branch)).ToHashSet(StringComparer.Ordinal);
        foreach (var old in bookmarks.Where(one => one.ActivityInstanceId == context.Id && !wanted.Contains(one.Id)).ToList())
            bookmarks.Remove(old);
        foreach (var id in wanted.Where(id => bookmarks.All(one => one.Id != id)))
        {
            context.CreateBookmark(new CreateBookmarkArgs
            {
                BookmarkId = id,
                BookmarkName = WorkflowNames.Bookmark,
                Stimulus = id,
                Callback = OnSignal,
                IncludeActivityInstanceId = false,
                AutoBurn = false,
                AutoComplete = false,
            });
        }
    }

    /// <summary>What this stage sent back, or made wait again, waits for nobody any more.</summary>
    private static async ValueTask LeaveClosedStagesAsync(ActivityExecutionContext context)
    {
        var run = StageRun.Of(context);
        var left = context.WorkflowExecutionContext.ActivityExecutionContexts
            .Where(other => other != context && other.Activity is ReviewStage && other.Status == ActivityStatus.Running && !run.IsOpen(other.Activity.Id))
            .ToList();
        foreach (var other in left)
            await other.CancelActivityAsync();
    }
}
