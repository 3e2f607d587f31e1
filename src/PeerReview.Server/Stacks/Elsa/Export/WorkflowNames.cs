namespace PeerReview.Server.Stacks.Elsa.Export;

/// <summary>Names by which activities are known in workflows and stored texts. They do not change.</summary>
internal static class WorkflowNames
{
    public const string Namespace = "PeerReview";

    public const string Category = "Peer review";

    public const string Stage = "Stage";

    public const string StageType = $"{Namespace}.{Stage}";

    public const string Entry = "Entry";

    public const string EntryType = $"{Namespace}.{Entry}";

    /// <summary>Of the bookmarks on which a stage waits.</summary>
    public const string Bookmark = StageType;

    /// <summary>Of the flowchart itself.</summary>
    public const string Flowchart = "process";

    public const string FlowchartType = "Elsa.Flowchart";

    public const string EndType = "Elsa.End";

    /// <summary>Where a node says how it takes the connections that lead to it.</summary>
    public const string MergeModeProperty = "mergeMode";

    /// <summary>Every connection that is followed leads to it, at once.</summary>
    public const string MergeMode = "Cascade";

    /// <summary>The id of a version of a process as a workflow definition.</summary>
    public static string VersionId(string process, int version) => $"{process}.v{version}";
}
