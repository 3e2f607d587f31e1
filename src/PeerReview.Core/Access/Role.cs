namespace PeerReview.Core.Access;

/// <summary>What somebody is, in a programme or in one review. Codes are those of the process definitions.</summary>
public enum Role
{
    /// <summary>STATE_AUTH: speaks for the State; signs, agrees, decides.</summary>
    StateAuthority,

    /// <summary>STATE_FP: the State's focal point for one review.</summary>
    StateFocalPoint,

    /// <summary>STATE_ALT: the focal point's alternate; may do what the focal point may.</summary>
    StateAlternate,

    /// <summary>STATE_CONTRIB: a ministry or operator who answers the items given to it.</summary>
    StateContributor,

    /// <summary>REV_FP: the focal point of a reviewing State.</summary>
    ReviewerFocalPoint,

    /// <summary>REV_EXPERT: an expert of a reviewing State.</summary>
    ReviewerExpert,

    /// <summary>REV_LEAD: the expert who leads.</summary>
    ReviewerLead,

    /// <summary>COORD: the programme's case officer.</summary>
    Coordinator,

    /// <summary>COORD_HEAD: heads the coordinators.</summary>
    HeadCoordinator,

    /// <summary>REGORG_FP: focal point of the organisation that owns a regional or subregional strategy.</summary>
    RegionalFocalPoint,

    /// <summary>PART_FP: speaks in one review for a State that takes part in the regional strategy reviewed.</summary>
    ParticipantFocalPoint,

    /// <summary>STAKEHOLDER: industry, academia, civil society, invited to one review.</summary>
    Stakeholder,

    /// <summary>OBSERVER: invited to watch one review.</summary>
    Observer,

    /// <summary>OTHER_STATE: an official of a State that takes part in the programme, not in this review.</summary>
    OtherState,

    /// <summary>PUBLIC: everybody.</summary>
    Public,

    /// <summary>OPERATOR: keeps the platform running and sees no review.</summary>
    Operator,

    /// <summary>AUDITOR: verifies ledgers, bodies withheld, and sees no review.</summary>
    Auditor,
}

/// <summary>Roles by their codes.</summary>
public static class Roles
{
    /// <summary>The code, as process definitions, letters, events and the API write it.</summary>
    public static string Code(this Role role) => role switch
    {
        Role.StateAuthority => "STATE_AUTH",
        Role.StateFocalPoint => "STATE_FP",
        Role.StateAlternate => "STATE_ALT",
        Role.StateContributor => "STATE_CONTRIB",
        Role.ReviewerFocalPoint => "REV_FP",
        Role.ReviewerExpert => "REV_EXPERT",
        Role.ReviewerLead => "REV_LEAD",
        Role.Coordinator => "COORD",
        Role.HeadCoordinator => "COORD_HEAD",
        Role.RegionalFocalPoint => "REGORG_FP",
        Role.ParticipantFocalPoint => "PART_FP",
        Role.Stakeholder => "STAKEHOLDER",
        Role.Observer => "OBSERVER",
        Role.OtherState => "OTHER_STATE",
        Role.Public => "PUBLIC",
        Role.Operator => "OPERATOR",
        Role.Auditor => "AUDITOR",
    };

    /// <summary>The role of a code; false for a code we do not know (a programme's own role has no rights beyond the public's).</summary>
    public static bool TryParse(string? code, out Role role)
    {
        foreach (var candidate in Enum.GetValues<Role>())
        {
            if (candidate.Code() != code)
                continue;
            role = candidate;
            return true;
        }

        role = Role.Public;
        return false;
    }
}
