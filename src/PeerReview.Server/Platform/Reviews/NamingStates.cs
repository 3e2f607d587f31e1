using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Names the reviewing States where a process finds them in another way than by our draw.</summary>
public static class NamingStates
{
    /// <summary>Records them, each with its place and calendar.</summary>
    /// <param name="states">Checked by <see cref="ReviewingStates.Problem"/>.</param>
    /// <returns>The same change; or <c>selection.unknown-state</c>, <c>selection.barred</c> for the subject itself.</returns>
    public static async Task<Verdict<ReviewChange>> NameAsync(
        this ReviewChange change, ImmutableArray<string> states, ReviewWork work, CancellationToken cancel)
    {
        if (states.Contains(work.Review.Subject.Iso3, StringComparer.Ordinal))
            return new Refusal("selection.barred", RefusalKind.Invalid, "reviewers").With("rule", "not_the_subject");
        var rows = await work.QueryAsync<Row>(Sql.States, new { States = states.ToArray() }, cancel);
        if (rows.Count < states.Length)
            return new Refusal("selection.unknown-state", RefusalKind.Invalid, "reviewers");
        change.Record(new ReviewEvent.ReviewersNamed(ReviewingStates.Seat(states), [], work.Person.Value));
        foreach (var row in rows)
            change.Seat(new StateRow(row.Iso3, row.TimeZone, Weekdays.Read(row.Weekend)));
        return change;
    }

    /// <summary>One State, as it takes a place; null where the code is nobody's.</summary>
    public static async Task<StateRow?> FindAsync(string state, ReviewWork work, CancellationToken cancel) =>
        (await work.QueryAsync<Row>(Sql.States, new { States = new[] { state } }, cancel)).Select(row => new StateRow(row.Iso3, row.TimeZone, Weekdays.Read(row.Weekend))).FirstOrDefault();

    private sealed record Row(string Iso3, string TimeZone, string[] Weekend);

    private static class Sql
    {
        public const string States = "SELECT iso3, time_zone, weekend FROM state WHERE iso3 = ANY (@States) ORDER BY iso3";
    }
}
