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

    /// <summary>The id of a version of a process as a workflow definition.</summary>
    public static string VersionId(string process, int version) => $"{process}.v{version}";
}
