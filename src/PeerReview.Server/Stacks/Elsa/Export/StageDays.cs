using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Export;

/// <summary>How long a stage may take.</summary>
internal static class StageDays
{
    /// <summary>Calendar days, for each variant that has the stage.</summary>
    public static SortedDictionary<string, int> Of(ProcessDefinition definition, Stage stage)
    {
        var days = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var variant in definition.Variants)
        {
            if (definition.Days(stage, variant.Id) is { } some)
                days.Add(variant.Id, some);
        }

        return days;
    }
}
