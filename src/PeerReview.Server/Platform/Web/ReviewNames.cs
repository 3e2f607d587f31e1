using System.Globalization;

namespace PeerReview.Server.Platform.Web;

/// <summary>What a review is called wherever it stands beside others: a State may be reviewed more than once.</summary>
public static class ReviewNames
{
    /// <summary>State, kind and year, such as “Kenya – Desk review 2027”; without direction marks, since it stands in titles and subjects.</summary>
    /// <param name="state">Its name in the language of the texts.</param>
    /// <param name="kind">What its kind is called.</param>
    /// <param name="launched">The day of the launch by the State's calendar.</param>
    public static string Of(Texts texts, string state, string kind, DateOnly launched) => Bidi.Bare(texts.Of(
        "shell.review", ("state", state), ("kind", kind), ("year", launched.Year.ToString(CultureInfo.InvariantCulture))));
}
