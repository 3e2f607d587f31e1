namespace PeerReview.Core.Reviews;

/// <summary>Roles this release names in code; every other role is data of a process.</summary>
public static class RoleCode
{
    public const string Authority = "STATE_AUTH";
    public const string FocalPoint = "STATE_FP";
    public const string Alternate = "STATE_ALT";
    public const string Contributor = "STATE_CONTRIB";
    public const string Coordinator = "COORD";
    public const string HeadCoordinator = "COORD_HEAD";
    public const string ReviewerFocalPoint = "REV_FP";
    public const string Expert = "REV_EXPERT";
    public const string Lead = "REV_LEAD";

    /// <summary>Speaks for a participating State of a regional review; no role of a process.</summary>
    public const string Participant = "PART_FP";
    public const string Stakeholder = "STAKEHOLDER";
}
