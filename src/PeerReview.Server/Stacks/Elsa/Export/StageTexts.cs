using PeerReview.Core.Process;

namespace PeerReview.Server.Stacks.Elsa.Export;

/// <summary>What a node says of its stage.</summary>
internal static class StageTexts
{
    public static string Mode(Stage stage) => ProcessCodes.Of(stage.Mode);

    /// <summary>Calendar days by variant.</summary>
    public static SortedDictionary<string, int> Days(ProcessDefinition definition, Stage stage)
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
