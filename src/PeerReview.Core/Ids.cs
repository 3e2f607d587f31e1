namespace PeerReview.Core;

/// <summary>One review of one strategy of one subject.</summary>
public readonly record struct ReviewId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A programme: the mechanism or organisation under whose roof reviews run. The tenant.</summary>
public readonly record struct ProgrammeId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A person with an account.</summary>
public readonly record struct PersonId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A State by its ISO 3166-1 alpha-3 code, upper case.</summary>
public readonly record struct StateCode(string Value)
{
    public override string ToString() => Value;
}
