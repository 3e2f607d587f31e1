using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Tests.Access;

/// <summary>A review of Kenya in one programme, and a person for every role.</summary>
internal static class Cast
{
    public static readonly ProgrammeId Programme = new(Guid.Parse("10000000-0000-0000-0000-000000000001"));
    public static readonly ProgrammeId Elsewhere = new(Guid.Parse("10000000-0000-0000-0000-000000000002"));
    public static readonly ReviewId Review = new(Guid.Parse("20000000-0000-0000-0000-000000000001"));
    public static readonly ReviewId Another = new(Guid.Parse("20000000-0000-0000-0000-000000000002"));
    public static readonly StateCode Kenya = new("KEN");
    public static readonly StateCode Chile = new("CHL");
    public static readonly PersonId Me = new(Guid.Parse("30000000-0000-0000-0000-000000000001"));
    public static readonly PersonId SomebodyElse = new(Guid.Parse("30000000-0000-0000-0000-000000000002"));

    public static readonly ReviewFacts Launched = new(Review, Programme) { Subject = Kenya, InRegister = true };

    /// <summary>The review in a phase: L launched, S submitted, D all reviewers done, C consolidated, F drafted, A agreed, P published
    /// with everything chosen, N published with nothing chosen, X launched and not in the register, W withdrawn after
    /// submission.</summary>
    public static ReviewFacts In(char phase) => phase switch
    {
        'L' => Launched,
        'S' => Launched with { Submitted = true },
        'D' => In('S') with { ReviewersDone = true },
        'C' => In('D') with { Consolidated = true },
        'F' => In('C') with { Drafted = true },
        'A' => In('F') with { Agreed = true },
        'P' => In('A') with { Published = true, Choices = All(PublicationChoice.Full) },
        'N' => In('A') with { Published = true, Choices = All(PublicationChoice.None) },
        'X' => Launched with { InRegister = false },
        'W' => In('S') with { Status = ReviewStatus.Withdrawn },
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };

    public static ImmutableDictionary<DocumentKind, PublicationChoice> All(PublicationChoice choice) =>
        Enum.GetValues<DocumentKind>().ToImmutableDictionary(k => k, _ => choice);

    /// <summary>Me, with this role as it is usually given.</summary>
    public static Actor As(Role role) => role switch
    {
        Role.Public => Actor.Visitor,
        Role.StateAuthority => With(new Grant(role, Programme, null, Kenya)),
        Role.StateFocalPoint or Role.StateAlternate or Role.StateContributor => With(new Grant(role, Programme, Review, Kenya)),
        Role.ParticipantFocalPoint or Role.ReviewerFocalPoint or Role.ReviewerExpert or Role.ReviewerLead => With(new Grant(role, Programme, Review, Chile)),
        Role.Coordinator or Role.HeadCoordinator or Role.Operator or Role.Auditor => With(new Grant(role, Programme)),
        Role.OtherState => With(new Grant(role, Programme, null, Chile)),
        Role.Observer or Role.Stakeholder or Role.RegionalFocalPoint => With(new Grant(role, Programme, Review)),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    public static Actor With(params Grant[] grants) => new(Me, [.. grants]);

    /// <summary>The document, mine by whatever makes it somebody's, or somebody else's.</summary>
    public static Document Of(DocumentKind kind, bool own) => new(kind)
    {
        Owners = [own ? Me : SomebodyElse],
        Contributors = [own ? Me : SomebodyElse],
    };

    /// <summary>A cell as the table writes it: - m p, or R with W C D.</summary>
    public static string Cell(Sight sight) => sight.Extent switch
    {
        Extent.Nothing => "-",
        Extent.Metadata => "m",
        Extent.Published => "p",
        _ => "R" + (sight.May(Rights.Write) ? "W" : "") + (sight.May(Rights.Comment) ? "C" : "") + (sight.May(Rights.Decide) ? "D" : ""),
    };
}
