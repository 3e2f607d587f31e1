using System.Collections.Immutable;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Somebody who holds a role that matters to a review.</summary>
/// <param name="ForThisReview">Named for this review, not for the programme or State as a whole.</param>
/// <param name="Language">The language letters to this person are written in.</param>
public sealed record Holder(
    PersonId Person, string Role, string? State, bool ForThisReview, string Name, string Office, string Language, string Zone);

/// <summary>A State as the reference table has it, as far as reviews need it.</summary>
public sealed record StateRow(string Iso3, string TimeZone, ImmutableArray<DayOfWeek> Weekend);
