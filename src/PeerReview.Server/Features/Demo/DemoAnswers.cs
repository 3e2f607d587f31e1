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

    private static readonly string[] FrenchRules =
    [
        "La stratégie désigne le service responsable ; un arrêté du gouvernement en fixe les tâches.",
        "Une loi sur les services essentiels est en vigueur depuis trois ans ; son décret est en cours de révision.",
        "Une politique a été adoptée par le conseil des ministres et figure sur son site.",
    ];

    private static readonly string[] FrenchPractices =
    [
        "Une équipe de huit personnes y travaille ; des réunions trimestrielles rassemblent ministères et opérateurs.",
        "La procédure a servi quatre fois l’an dernier. Deux des cas dépassaient une frontière.",
        "La moitié des opérateurs rend compte régulièrement ; les autres reçoivent une visite, l’un après l’autre.",
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

    /// <summary>What the coordinator's office translates of the French answer to an item.</summary>
    public static object InEnglish(string item)
    {
        var (rule, practice, evidence) = Words(item, "en");
        return new { rule, practice, evidence, version = 0 };
    }

    /// <summary>An answer to an item; the same item always gets the same.</summary>
    /// <param name="language"><c>en</c> or <c>fr</c>.</param>
    public static object Of(string item, string language)
    {
        var n = NumberOf(item);
        var (rule, practice, evidence) = Words(item, language);
        return new
        {
            value = n % 3 == 0 ? "in_place" : n % 3 == 1 ? "partly_in_place" : "planned",
            label = n % 7 == 0 ? "AMBER" : "CLEAR",
            rule,
            practice,
            evidence,
            testing = "",
            sectors = item.StartsWith("N-f", StringComparison.Ordinal) || item.StartsWith("N-g", StringComparison.Ordinal)
                || item.StartsWith("N-h", StringComparison.Ordinal)
                    ? new[] { "health", "energy" }
                    : [],
        };
    }

    private static (string Rule, string Practice, string Evidence) Words(string item, string language)
    {
        var (n, french) = (NumberOf(item), language == "fr");
        return (
            (french ? FrenchRules : Rules)[n % Rules.Length],
            n % 3 == 2 ? "" : (french ? FrenchPractices : Practices)[n % Practices.Length],
            french ? "Rapport annuel du service, chapitre 3." : "Annual report of the office, chapter 3.");
    }

    private static int NumberOf(string item) => item.Sum(c => c);

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
