namespace PeerReview.Core.Reviews;

/// <summary>What is signed.</summary>
public static class SignedAct
{
    private const string AgreementPrefix = "agree:";

    /// <summary>The launch notice.</summary>
    public const string Launch = "launch";

    /// <summary>The self-assessment: focal point, then State authority, under the same content hash.</summary>
    public const string SelfAssessment = "self_assess";

    /// <summary>The publication decision.</summary>
    public const string Publication = "pub_decide";

    /// <summary>What of a programme's own process the public reads.</summary>
    public const string Shown = "shown";

    /// <summary>An expert's declaration and code of conduct; one act per person.</summary>
    public static string Declaration(Guid person) => $"declare:{new PersonId(person)}";

    /// <summary>The minutes of the opening, confirmed by one party.</summary>
    public static string Opening(string party) => $"opening:{party}";

    /// <summary>The record of the dialogue, confirmed by one party.</summary>
    public static string Dialogue(string party) => $"dialogue:{party}";

    /// <summary>The programme of a visit, agreed to by the State.</summary>
    public const string VisitProgramme = "visit_programme";

    /// <summary>The report, confirmed by one party.</summary>
    public static string Agreement(string party) => AgreementPrefix + party;

    /// <summary>Whether it is a confirmation of the report, by whichever party.</summary>
    public static bool IsAgreement(string act) => act.StartsWith(AgreementPrefix, StringComparison.Ordinal);

    /// <summary>The text of a stage of a programme's own process, agreed to by one party.</summary>
    public static string StageText(string stage, string party) => $"{StageTextOf(stage)}{party}";

    /// <summary>How all acts of that kind of one stage begin.</summary>
    public static string StageTextOf(string stage) => $"stage_text:{stage}:";

    /// <summary>The responses to the recommendations.</summary>
    public const string Responses = "rec_response";

    /// <summary>What one participating State says to the common part of a regional self-assessment.</summary>
    public static string Endorsement(string state) => $"{EndorsementRules.Stage}:{state}";

    /// <summary>The sheet of one participating State.</summary>
    public static string Sheet(string state) => $"sheet:{state}";

    /// <summary>What of that sheet is published.</summary>
    public static string SheetPublication(string state) => $"sheet_publication:{state}";

    /// <summary>That a suspended or deferred review goes on.</summary>
    public const string Resumption = "resume";

    /// <summary>That the State ends its review for good.</summary>
    public const string Withdrawal = "withdraw";

    /// <summary>That a review is limited to one theme.</summary>
    public const string Theme = "theme";

    /// <summary>That a review goes on as another variant.</summary>
    public const string VariantChange = "variant";
}
