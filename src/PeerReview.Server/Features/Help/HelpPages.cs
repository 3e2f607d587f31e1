using PeerReview.Core.Process;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Help;

/// <summary>What the product is, who does what in it, and how accessible it is.</summary>
public static class HelpPages
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/help", (Visit visit, Definitions definitions) =>
            Answer.Page<HelpView>(new { Model = new HelpModel(definitions.Offered.In(visit.Texts.Language)) }));
        routes.PublicPages.MapGet("/accessibility", () => Answer.Page<AccessibilityView>());
    }
}

/// <summary>What the help page draws.</summary>
/// <param name="Process">The process new reviews follow, in the reader's language: days are told from it.</param>
public sealed record HelpModel(ProcessDefinition Process)
{
    /// <summary>The kinds of review that are told of, lightest first.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["light", "desk", "full"];

    /// <summary>The stages of these kinds in their order, for a State reviewed by itself.</summary>
    public IEnumerable<Stage> Stages => Process.Ordered.Where(stage =>
        (stage.Subjects.IsEmpty || stage.Subjects.Contains("national", StringComparer.Ordinal)) && Kinds.Any(kind => DaysOf(stage, kind) is not null));

    /// <summary>Calendar days of a stage in a kind of review; null where it is no part of it.</summary>
    public int? DaysOf(Stage stage, string kind) => Process.FindVariant(kind) is null ? null : Process.Days(stage, kind);

    /// <summary>The same by the id of the stage.</summary>
    public int? DaysOf(string stage, string kind) => Process.FindStage(stage) is { } found ? DaysOf(found, kind) : null;

    /// <summary>Whether a stage takes place only where something calls for it.</summary>
    public static bool IfNeeded(Stage stage) => stage.When is not null || !stage.OptionalIn.IsEmpty;
}
