using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PeerReview.Core.Deliberation;

/// <summary>The agenda as it is put in order.</summary>
/// <param name="Order">Questions and points by id; what is not named comes last.</param>
/// <param name="KeptOpen">Questions the State replied to and the experts keep open.</param>
public sealed record AgendaContent(ImmutableArray<string> Order, ImmutableArray<string> KeptOpen);

/// <summary>A point that is no question of the experts.</summary>
/// <param name="Side">Who added it: <c>STATE</c>, <c>COORD</c>, the code of a reviewing State.</param>
public sealed record AgendaPointContent(string Text, string Side);

/// <summary>A time that is offered.</summary>
/// <param name="At">When it begins, UTC.</param>
/// <param name="Zone">The IANA zone it was offered in.</param>
/// <param name="Minutes">How long.</param>
public sealed record SlotContent(DateTimeOffset At, string Zone, int Minutes);

/// <summary>Which times suit one side.</summary>
/// <param name="Suits">Ids of times; empty where none does.</param>
/// <param name="Asked">The times that stood when it answered: those not among <paramref name="Suits"/> do not suit. Default in answers
/// stored before this was kept.</param>
public sealed record SlotAnswerContent(ImmutableArray<string> Suits, ImmutableArray<string> Asked = default);

/// <summary>The time and way that were fixed.</summary>
/// <param name="Way">See <see cref="MeetingWay"/>.</param>
/// <param name="Join">How one joins: the address of the call, or the place; may be empty.</param>
public sealed record MeetingContent(string Slot, string Way, string Join = "")
{
    /// <summary>The time that no longer holds, UTC; null while it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? TakenBack { get; init; }

    /// <summary>The id of the time that was taken back and instead of which this one was fixed; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instead { get; init; }
}

/// <summary>How the State wishes to meet.</summary>
/// <param name="Way">See <see cref="MeetingWay"/>.</param>
/// <param name="Text">What it adds; may be empty.</param>
public sealed record VisitWishContent(string Way, string Text);

/// <summary>The programme of a visit or joint meeting.</summary>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record VisitProgrammeContent(ImmutableArray<VisitDay> Days, bool NamesNobody = false);

/// <summary>One day of it.</summary>
/// <param name="Place">In words.</param>
/// <param name="Meets">Whom to meet, by office.</param>
public sealed record VisitDay(DateOnly Day, string Place, string Meets);

/// <summary>A session that took place.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Zone">The IANA zone its time was written in.</param>
/// <param name="Minutes">How long it was.</param>
/// <param name="Way">See <see cref="MeetingWay"/>.</param>
/// <param name="TookPart">Side and role, such as <c>STATE:STATE_FP</c> or <c>GHA:REV_EXPERT</c>; never names.</param>
public sealed record SessionContent(DateTimeOffset At, string Zone, int Minutes, string Way, ImmutableArray<string> TookPart);

/// <summary>What was said, point by point, and what each side learnt.</summary>
/// <param name="Text">What is not about one point.</param>
/// <param name="LearntByState">What the State takes with it.</param>
/// <param name="LearntByReviewers">What the reviewing States take with them.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record DialogueRecordContent(
    string Text, ImmutableArray<PointOutcome> Outcomes, string LearntByState, string LearntByReviewers, bool NamesNobody = false);

/// <summary>How a point of the agenda ended.</summary>
/// <param name="Point">Its id.</param>
/// <param name="Outcome">See <see cref="OutcomeOfPoint"/>.</param>
/// <param name="Note">What was said; may be empty.</param>
public sealed record PointOutcome(string Point, string Outcome, string Note);

/// <summary>A comment of the State on the record.</summary>
/// <param name="Version">The version of the record it is about.</param>
public sealed record RecordCommentContent(string Text, int Version);

/// <summary>What became of a comment of the State.</summary>
/// <param name="Outcome">See <see cref="OutcomeOfComment"/>.</param>
/// <param name="Note">What was changed, or why nothing was; may be empty.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record CommentOutcomeContent(string Outcome, string Note, bool NamesNobody = false);

/// <summary>What can become of a comment.</summary>
public static class OutcomeOfComment
{
    /// <summary>The record was changed for it.</summary>
    public const string TakenUp = "taken_up";

    /// <summary>The record stays; the comment stands beside it.</summary>
    public const string Stands = "stands";

    /// <summary>In the order shown.</summary>
    public static readonly ImmutableArray<string> All = [TakenUp, Stands];
}

/// <summary>How a point can end.</summary>
public static class OutcomeOfPoint
{
    public const string Answered = "answered";

    /// <summary>Both sides see it the same way now.</summary>
    public const string Agreed = "agreed";

    public const string LeftOpen = "left_open";

    /// <summary>In the order shown.</summary>
    public static readonly ImmutableArray<string> All = [Answered, Agreed, LeftOpen];
}
