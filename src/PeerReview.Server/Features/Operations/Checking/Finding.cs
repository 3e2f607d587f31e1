namespace PeerReview.Server.Features.Operations.Checking;

/// <summary>Something in the database that must not be.</summary>
/// <param name="Rule">The rule it breaks, kebab-case.</param>
/// <param name="Row">The row, by its key.</param>
public sealed record Finding(string Rule, string Row)
{
    public override string ToString() => $"{Rule}: {Row}";
}

/// <summary>What a check came to.</summary>
/// <param name="Reviews">How many reviews were looked at.</param>
/// <param name="Events">How many events were followed.</param>
/// <param name="Findings">What is wrong; at most five for each rule.</param>
public sealed record CheckResult(long Reviews, long Events, IReadOnlyList<Finding> Findings);
