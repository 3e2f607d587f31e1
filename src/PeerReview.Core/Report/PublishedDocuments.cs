using System.Collections.Frozen;
using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Report;

/// <summary>The documents of a review whose publication the State decides, and what it may decide.</summary>
/// <remarks>The codes are stored in launch notices, decisions and published reports: they are contracts.</remarks>
public static class PublishedDocuments
{
    /// <summary>The answers to the items in scope.</summary>
    public const string SelfAssessment = "self_assessment";

    /// <summary>Questions of the coordinator and replies of the State.</summary>
    public const string Clarifications = "clarifications";

    /// <summary>The State's commitments and good practices.</summary>
    public const string Commitments = "commitments";

    /// <summary>The State's own summary.</summary>
    public const string Summary = "summary";

    /// <summary>The report agreed with the reviewing States.</summary>
    public const string Report = "report";

    /// <summary>Their recommendations, with the State's responses.</summary>
    public const string Recommendations = "recommendations";

    /// <summary>What the State does about them, and how far it is.</summary>
    public const string ActionPlan = "action_plan";

    private static readonly FrozenDictionary<string, DocumentKind> Kinds = new Dictionary<string, DocumentKind>(StringComparer.Ordinal)
    {
        [SelfAssessment] = DocumentKind.SelfAssessment,
        [Clarifications] = DocumentKind.Clarifications,
        [Commitments] = DocumentKind.Commitments,
        [Summary] = DocumentKind.ExecutiveSummary,
        [Report] = DocumentKind.AgreedReport,
        [Recommendations] = DocumentKind.Recommendations,
        [ActionPlan] = DocumentKind.ActionPlan,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those of a light review, in the order in which the State is asked.</summary>
    public static ImmutableArray<string> All { get; } = [SelfAssessment, Clarifications, Commitments, Summary];

    /// <summary>Those of a review with reviewing States, in the order in which the State is asked.</summary>
    private static ImmutableArray<string> Reviewed { get; } = [Report, Summary, Recommendations, ActionPlan];

    /// <summary>Those of a variant.</summary>
    public static ImmutableArray<string> Of(string variant) => variant is "desk" or "full" ? Reviewed : All;

    /// <summary>The codes of the choices, from all to nothing.</summary>
    public static ImmutableArray<string> AllChoices { get; } =
    [
        PublicationChoice.Full.Code(), PublicationChoice.Redacted.Code(),
        PublicationChoice.Summary.Code(), PublicationChoice.None.Code(),
    ];

    /// <summary>The row of the visibility table a document is, or null for a code that is none.</summary>
    public static DocumentKind? Find(string code) => Kinds.TryGetValue(code, out var kind) ? kind : null;

    /// <summary>The choice of a code, or null for a code that is none.</summary>
    public static PublicationChoice? FindChoice(string code) => code switch
    {
        "full" => PublicationChoice.Full,
        "redacted" => PublicationChoice.Redacted,
        "summary" => PublicationChoice.Summary,
        "none" => PublicationChoice.None,
        _ => null,
    };

    /// <summary>The code of a choice, as stored.</summary>
    public static string Code(this PublicationChoice choice) => choice switch
    {
        PublicationChoice.Full => "full",
        PublicationChoice.Redacted => "redacted",
        PublicationChoice.Summary => "summary",
        PublicationChoice.None => "none",
    };
}
