using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Tests.FollowUp;

/// <summary>Two norms and a pillar with four items, and the lists commitments choose from.</summary>
internal static class SmallFramework
{
    public static Framework Value { get; } = new("small", 1, new string('a', 64))
    {
        Title = "Small",
        Parts =
        [
            Part("N-a", PartKind.Norm, "Cooperation", "a1", "a2"),
            Part("N-g", PartKind.Norm, "Protection", "g1"),
            Part("P-STR", PartKind.Pillar, "Strategy", "st1"),
        ],
        Levels = [new("national", "National"), new("global", "Global")],
        Lenses = [new("human_rights", "Human rights"), new("peace_and_security", "Peace and security")],
        Outcomes = [new("open", "Open"), new("secure", "Secure")],
        ActionTypes = [new("policy", "Policy")],
        ThreatKinds = [new("extortion", "Extortion")],
        Urgencies = [new("normal", "Normal"), new("do_not_wait", "Do not wait")],
    };

    private static FrameworkPart Part(string id, PartKind kind, string title, params string[] codes) =>
        new(id, kind, title, title, "", [],
            [.. codes.Select(c => new FrameworkItem($"{id}.{c}", id, $"Question {c}?", "", true, ["national"], false))]);
}
