using System.Collections.Immutable;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>An expert who suspects a misunderstanding asks the State in private before anything is written, through the contact points of
/// both sides (process B.5, "clarify first"). No stage waits for it.</summary>
public static class PrivateQuestionRules
{
    /// <summary>How long the State has: real hours, at night and on days of rest as well.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(72);

    /// <summary>How long before the end the State is reminded.</summary>
    public static readonly TimeSpan RemindedBefore = TimeSpan.FromHours(24);

    /// <summary>Questions of one expert that can wait for an answer at a time: the State's contact points have 72 hours for each.</summary>
    public const int MostOpen = 10;

    /// <summary>Words of a question or an answer, beside ten characters per word.</summary>
    public const int MaxWords = 200;

    /// <summary>The roles of the State's contact points. Alternates hold theirs in the name of the focal point.</summary>
    public static readonly ImmutableArray<string> Answering = [RoleCode.FocalPoint, RoleCode.Authority];

    private const string First = "desk_review";

    // From the first comment until all have agreed on the report; afterwards nothing is written that a question could change.
    private static readonly ImmutableArray<string> Stages =
    [
        First, "consolidate", ClarifyingRound.Replying, "dialogue", DraftReport.Stage, FactCheck.Stage, AgreementRules.Stage,
        AgreementRules.Reconciling,
    ];

    /// <summary>The first instant at which an answer is too late, UTC.</summary>
    public static DateTimeOffset EndsAt(PrivateQuestionMark question) => question.AskedAt + Within;

    /// <summary>Those on the asking side who still have a part in the review: the expert, and whoever speaks for the expert's State.</summary>
    public static ImmutableArray<PersonId> Asking(Dossier dossier, PrivateQuestionMark question) =>
    [
        .. dossier.People.Where(p => p.State is not null && p.Person == question.By).Select(p => new PersonId(p.Person))
            .Concat(question.State is { } state ? dossier.Holding(RoleCode.ReviewerFocalPoint, state).Select(person => new PersonId(person)) : [])
            .Distinct(),
    ];

    /// <summary>Whether the State can still answer it.</summary>
    public static bool IsOpen(PrivateQuestionMark question, DateTimeOffset now) => !question.Answered && now < EndsAt(question);

    /// <summary>Why nobody can ask now; null when experts can.</summary>
    /// <returns>null, or <c>clarify-first.too-early</c>, <c>clarify-first.over</c>.</returns>
    public static Refusal? Closed(ProcessState state)
    {
        var there = Stages.Where(stage => state.Definition.FindStage(stage) is { } found && state.Exists(found)).ToList();
        if (there.Exists(stage => state[state.Definition.Stage(stage)].Status == StageStatus.Open))
            return null;
        var ahead = there.Contains(First, StringComparer.Ordinal) && state[state.Definition.Stage(First)].Status == StageStatus.Waiting;
        return ahead
            ? new Refusal("clarify-first.too-early", RefusalKind.Conflict)
            : new Refusal("clarify-first.over", RefusalKind.Conflict);
    }

    /// <summary>Why an expert cannot ask one more now; null when they can.</summary>
    /// <returns>null, or <c>clarify-first.too-many</c> {max}.</returns>
    public static Refusal? TooMany(Dossier dossier, PersonId expert, DateTimeOffset now) =>
        dossier.PrivateQuestions.Count(question => question.By == expert.Value && IsOpen(question, now)) < MostOpen
            ? null
            : new Refusal("clarify-first.too-many", RefusalKind.Conflict).With("max", MostOpen);

    /// <summary>The items an expert can ask about, in the framework's order; not those the expert has no part in.</summary>
    public static ImmutableArray<string> ItemsOf(Dossier dossier, PersonId expert) =>
        [.. dossier.Items.Where(item => !RecusalRules.IsRecused(dossier, expert.Value, item))];

    /// <summary>Everything that is wrong with a question; empty when it may go.</summary>
    /// <returns><c>clarify-first.text</c>, <c>clarify-first.text-too-long</c> {words} {characters}, <c>follow-up.unreadable</c>,
    /// <c>clarify-first.item</c> (not of this review, or one the expert has no part in).</returns>
    public static ImmutableArray<Refusal> Check(QuestionContent question, Dossier dossier, PersonId expert) =>
    [
        .. FieldRules.Present(question.Text, "text", PrivateQuestionRefusals.Text),
        .. FieldRules.Within(question.Text, TextCap.Of(MaxWords), "text", PrivateQuestionRefusals.TextTooLong),
        .. question.Item is { } item && !ItemsOf(dossier, expert).Contains(item, StringComparer.Ordinal)
            ? [FieldRules.No(PrivateQuestionRefusals.Item, "item")]
            : ImmutableArray<Refusal>.Empty,
    ];

    /// <summary>Everything that is wrong with an answer; empty when it may go.</summary>
    /// <returns><c>clarify-first.answer</c>, <c>clarify-first.text-too-long</c> {words} {characters}, <c>follow-up.unreadable</c>.</returns>
    public static ImmutableArray<Refusal> CheckAnswer(string text) =>
    [
        .. FieldRules.Present(text, "text", PrivateQuestionRefusals.Answer),
        .. FieldRules.Within(text, TextCap.Of(MaxWords), "text", PrivateQuestionRefusals.TextTooLong),
    ];

    /// <summary>Whether a question can be answered now; null is yes.</summary>
    /// <returns>null, or <c>clarify-first.answered</c>, <c>clarify-first.lapsed</c>.</returns>
    public static Refusal? MayAnswer(PrivateQuestionMark question, DateTimeOffset now)
    {
        if (question.Answered)
            return new Refusal("clarify-first.answered", RefusalKind.Conflict);
        return IsOpen(question, now) ? null : new Refusal("clarify-first.lapsed", RefusalKind.Conflict);
    }
}

/// <summary>Refusals whose codes the shared checks of fields give.</summary>
public static class PrivateQuestionRefusals
{
    public const string Text = "clarify-first.text";
    public const string TextTooLong = "clarify-first.text-too-long";
    public const string Item = "clarify-first.item";
    public const string Answer = "clarify-first.answer";
}
