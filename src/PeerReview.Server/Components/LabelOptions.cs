using PeerReview.Core.Access;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>The sharing labels to choose from, the widest first.</summary>
public static class LabelOptions
{
    /// <summary>Each with its code and meaning.</summary>
    /// <param name="hint">What a label would mean here, or null.</param>
    public static IReadOnlyList<ChoiceOption> Of(Texts texts, Func<SharingLabel, string?>? hint = null) =>
    [
        .. Enum.GetValues<SharingLabel>().OrderDescending().Select(label => new ChoiceOption(
            label.Code(), $"TLP:{label.Code()} – {texts["label." + label.Code()]}", hint?.Invoke(label))),
    ];
}
