using System.Diagnostics.CodeAnalysis;

namespace PeerReview.Core.Access;

/// <summary>How far a text may travel: a sharing convention after the Traffic Light Protocol 2.0, no classification.
/// Ordered from the strictest.</summary>
public enum SharingLabel
{
    /// <summary>RED: the persons named, and the State whose text it is.</summary>
    Red,

    /// <summary>AMBER+STRICT: the team of this review.</summary>
    AmberStrict,

    /// <summary>AMBER: the team and the coordinator's office. What holds when nothing was said.</summary>
    Amber,

    /// <summary>GREEN: all States of the programme.</summary>
    Green,

    /// <summary>CLEAR: everybody.</summary>
    Clear,
}

/// <summary>Labels by their codes, and how they combine.</summary>
public static class SharingLabels
{
    /// <summary>The code, as stored and shown.</summary>
    public static string Code(this SharingLabel label) => label switch
    {
        SharingLabel.Red => "RED",
        SharingLabel.AmberStrict => "AMBER+STRICT",
        SharingLabel.Amber => "AMBER",
        SharingLabel.Green => "GREEN",
        SharingLabel.Clear => "CLEAR",
    };

    /// <summary>The label of a code, exactly as <see cref="Code"/> writes it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out SharingLabel label)
    {
        foreach (var candidate in Enum.GetValues<SharingLabel>())
        {
            if (candidate.Code() != code)
                continue;
            label = candidate;
            return true;
        }

        label = SharingLabel.Red;
        return false;
    }

    /// <summary>The label a text or file was stored with. An unknown label counts as the strictest.</summary>
    public static SharingLabel Of(string code) => TryParse(code, out var label) ? label : SharingLabel.Red;

    /// <summary>What a text made of several sources carries until the State relabels it: the strictest of them.
    /// AMBER when there is no source.</summary>
    public static SharingLabel Inherit(IEnumerable<SharingLabel> sources) =>
        sources.Select(s => (SharingLabel?)s).Min() ?? SharingLabel.Amber;

    /// <summary>Whether going from one label to the other lets more people read.</summary>
    public static bool Widens(this SharingLabel from, SharingLabel to) => to > from;
}
