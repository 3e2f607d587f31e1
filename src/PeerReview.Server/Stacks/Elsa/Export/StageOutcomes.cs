using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Export;

/// <summary>How a node may end. These names stand in exported workflows: they do not change.</summary>
internal static class StageOutcomes
{
    /// <summary>Of the entry: a review was launched.</summary>
    public const string Launched = "Launched";

    /// <summary>The work of the stage is done.</summary>
    public const string Done = "Done";

    /// <summary>The stage does not take place.</summary>
    public const string Skipped = "Skipped";

    /// <summary>The right it protects was given up.</summary>
    public const string Waived = "Waived";

    /// <summary>It could not succeed; another stage takes over.</summary>
    public const string Failed = "Failed";

    /// <summary>It sent an earlier stage back.</summary>
    public const string Returned = "Returned";

    /// <summary>The outcomes with which the stage can be closed in this process.</summary>
    public static IEnumerable<string> Closing(ProcessDefinition definition, Stage stage)
    {
        yield return Done;
        if (MayBeSkipped(definition, stage))
            yield return Skipped;
        if (stage.Waivable)
            yield return Waived;
        if (stage.OnFail is not null)
            yield return Failed;
    }

    /// <summary>The outcome that tells of a closed stage.</summary>
    public static string Of(StageStatus status) => status switch
    {
        StageStatus.Done => Done,
        StageStatus.Skipped => Skipped,
        StageStatus.Waived => Waived,
        StageStatus.Failed => Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Only a closed stage has an outcome."),
    };

    private static bool MayBeSkipped(ProcessDefinition definition, Stage stage) =>
        stage.When is not null || !stage.OptionalIn.IsEmpty || !stage.Each.IsEmpty || !stage.Subjects.IsEmpty
        || definition.Variants.Any(variant => definition.Days(stage, variant.Id) is null);
}
