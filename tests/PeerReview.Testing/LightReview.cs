namespace PeerReview.Testing;

/// <summary>Requests of a light review as its people would send them.</summary>
public static class LightReview
{
    /// <summary>A launch notice that is accepted.</summary>
    public static IDictionary<string, object> Notice(TestApp app, string state) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["programme"] = app.Programme,
        ["subject"] = state,
        ["variant"] = "light",
        ["workingLanguage"] = "en",
        ["items"] = new[] { "N-a.a2", "P-CBM.c4" },
        ["promise"] = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["self_assessment"] = "full",
            ["clarifications"] = "none",
            ["commitments"] = "full",
            ["summary"] = "full",
        },
        ["register"] = true,
        ["signature"] = Signature(app),
    };

    /// <summary>A signature dated today by real time, which is where a test's clock starts.</summary>
    public static IDictionary<string, object> Signature(TestApp app, DateOnly? day = null) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["name"] = "A. Signatory",
        ["office"] = "Director",
        ["day"] = day ?? DateOnly.FromDateTime(app.StartedAt.UtcDateTime),
    };

    /// <summary>A commitment with every field filled in.</summary>
    public static IDictionary<string, object?> Commitment(string title = "Yearly drills") => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["title"] = title,
        ["text"] = "Every year, with the operators.",
        ["items"] = new[] { "N-a.a2" },
        ["lenses"] = new[] { "peace_and_security" },
        ["outcomes"] = new[] { "secure" },
        ["level"] = "national",
        ["actionType"] = "technical_capability",
        ["threatKind"] = "infrastructure_attack",
        ["rightsConsidered"] = true,
        ["urgency"] = "normal",
        ["owner"] = "National centre",
        ["due"] = "2040-12-31",
        ["indicator"] = "One report a year.",
        ["helpNeeded"] = false,
        ["help"] = "",
    };
}
