namespace PeerReview.Server.Features.Demo;

/// <summary>A comment of an expert of the demonstration.</summary>
internal sealed record DemoComment(string Item, string Kind, string Text);

/// <summary>What experts and States of the demonstration say to each other. It is made up, and nobody said it.</summary>
internal static class DemoComments
{
    /// <summary>Of the expert who leads.</summary>
    public static readonly DemoComment[] First =
    [
        new("N-a.a1", "question", "How many people work in the leading office, and is its budget a line of its own?"),
        new("N-j.j1", "good_practice", "The page for reporting weaknesses is short, clear and kept up to date."),
        new("N-g.g1", "observation", "The list of essential sectors is public; the criteria behind it are not."),
        new("N-g.g1", "recommendation", "Publish the criteria by which sectors are found to be essential."),
    ];

    /// <summary>Of the other expert.</summary>
    public static readonly DemoComment[] Second =
    [
        new("N-a.a1", "observation", "Meetings with ministries are held each quarter and minuted."),
        new("N-c.c1", "question", "Within what time does a State that reports an incident get a first answer?"),
        new("P-CBM.c1", "good_practice", "Points of contact are tested twice a year, and the results are told."),
    ];

    /// <summary>Of the State, to every question.</summary>
    public const string Reply = "The figures are in the annual report of the office, chapter 2; they were published in spring.";

    /// <summary>Of the State, for the agenda of a dialogue.</summary>
    public const string Point = "How do the reviewing States keep their points of contact reachable at night?";

    /// <summary>The executive summary of a report.</summary>
    public const string Summary =
        "The State has a strategy in its third year with an owner and dates. Points of contact work and are tested. The criteria for essential sectors could be public.";

    /// <summary>Of the State, on the draft.</summary>
    public const string Remark = "The strategy was adopted two years ago, and its third year begins next month.";

    /// <summary>What the experts recommend, due on a day.</summary>
    public static object Recommendation(string due) => new
    {
        title = "Publish the criteria by which sectors are found to be essential",
        text = "A page of the national office says which criteria count and when they were last looked at.",
        items = new[] { "N-g.g1" },
        lenses = new[] { "sustainable_development" },
        outcomes = new[] { "secure", "open" },
        level = "national",
        actionType = "policy",
        rightsConsidered = true,
        owner = "National Cyber Security Office",
        due,
        indicator = "The criteria are on the site of the office",
        helpNeeded = false,
    };
}
