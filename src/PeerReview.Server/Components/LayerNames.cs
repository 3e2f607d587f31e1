using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Components;

/// <summary>The texts of an answer by name.</summary>
public static class LayerNames
{
    /// <summary>The name of a field: the framework's where it has one.</summary>
    public static string Of(string field, Framework framework, Texts texts) => field switch
    {
        "testing" => texts["assessment.form.testing"],
        "reason" => texts["assessment.form.reason"],
        _ => framework.Layers.First(l => l.Code == field).Text,
    };
}
