namespace PeerReview.Server.Features.Demo;

/// <summary>What the people of the demonstration write. It is made up, and no State said it.</summary>
internal static class DemoAnswers
{
    private static readonly string[] Rules =
    [
        "The strategy names the responsible office; an order of the government sets out its tasks.",
        "A law on essential services has been in force for three years; its decree is under review.",
        "A policy was adopted by the council of ministers and is published on its site.",
    ];

    private static readonly string[] Practices =
    [
        "A team of eight works on it; quarterly meetings bring ministries and operators together.",
        "The procedure was used four times last year. Two of the cases crossed a border.",
        "Half of the operators report regularly; the others are being visited one by one.",
    ];

    /// <summary>Short form of the report.</summary>
    public const string Summary =
        "The strategy is in its third year. Cooperation between ministries works well; reporting by operators needs attention.";

    /// <summary>A good practice for everybody.</summary>
    public static object Practice { get; } = new
    {
        item = "N-j.j1",
        text = "One page tells researchers how to report a weakness, in four languages, with a reply within two days.",
        outcomes = new[] { "secure", "open" },
        lenses = new[] { "sustainable_development" },
        level = "national",
    };

    /// <summary>An answer to an item; the same item always gets the same.</summary>
    public static object Of(string item)
    {
        var n = item.Sum(c => c);
        return new
        {
            value = n % 3 == 0 ? "in_place" : n % 3 == 1 ? "partly_in_place" : "planned",
            label = n % 7 == 0 ? "AMBER" : "CLEAR",
            rule = Rules[n % Rules.Length],
            practice = n % 3 == 2 ? "" : Practices[n % Practices.Length],
            evidence = "Annual report of the office, chapter 3.",
            testing = "",
            sectors = item.StartsWith("N-f", StringComparison.Ordinal) || item.StartsWith("N-g", StringComparison.Ordinal)
                || item.StartsWith("N-h", StringComparison.Ordinal)
                    ? new[] { "health", "energy" }
                    : [],
        };
    }

    /// <summary>A commitment due on a day.</summary>
    public static object Commitment(string due) => new
    {
        title = "Every operator of essential services reports incidents within a day",
        text = "The decree will be revised and a reporting form published.",
        items = new[] { "N-g.g1" },
        lenses = new[] { "peace_and_security" },
        outcomes = new[] { "secure" },
        level = "national",
        actionType = "legislation",
        rightsConsidered = true,
        owner = "National Cyber Security Office",
        due,
        indicator = "Share of operators that reported in the last quarter: nine of ten",
        helpNeeded = false,
    };
}
