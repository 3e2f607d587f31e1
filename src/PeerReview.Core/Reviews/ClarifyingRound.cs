using PeerReview.Core.Access;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>One round of clarifying questions: the coordinator asks all of them before the State replies to the first.</summary>
public static class ClarifyingRound
{
    /// <summary>The stage it takes place in.</summary>
    public const string Stage = "clarify";

    /// <summary>The stage in which the State replies to what the reviewing States ask.</summary>
    public const string Replying = "state_reply";

    /// <summary>The stage of a review in which the State replies.</summary>
    public static string StageOf(ProcessState state) =>
        state.Definition.FindVariant(state.Variant) is { ReviewingStates: > 0 } ? Replying : Stage;

    /// <summary>Questions at most.</summary>
    public const int MaxQuestions = 30;

    /// <summary>Characters of a question at most.</summary>
    public const int MaxQuestion = 2_000;

    /// <summary>Characters of a reply at most.</summary>
    public const int MaxReply = 6_000;

    /// <summary>How far a question travels, and its reply with it: no further than the answer it is about does now, which the State may have
    /// labelled anew since.</summary>
    public static SharingLabel LabelOf(Writing question, Material material) => SharingLabels.Inherit(
        Contents.ReadQuestion(question).Item is { } item && material.Find(WritingKind.Answer, item) is { } answer
            ? [SharingLabels.Of(question.Label), SharingLabels.Of(answer.Label)]
            : [SharingLabels.Of(question.Label)]);

    /// <summary>The questions that a report agreed with reviewing States holds, with the replies: not those about an answer labelled RED, which
    /// none of the experts who agree it have read.</summary>
    public static IEnumerable<Writing> InReport(Material material) =>
        material.Of(WritingKind.Question).Where(question => LabelOf(question, material) != SharingLabel.Red);

    /// <summary>Whether more questions may be asked; null is yes.</summary>
    /// <param name="asked">When reviewing States asked theirs, before the State chose a lighter form; null where they did not.</param>
    /// <returns>null, or <c>clarify.round-over</c>, <c>clarify.too-many</c> {max}, or why the stage is not open.</returns>
    public static Refusal? MayAsk(ProcessState state, Material material, int more, AskedMark? asked = null)
    {
        if (StageDoor.Closed(state, Stage) is { } closed)
            return closed;
        var theirs = material.Of(WritingKind.Question).Where(question => IsOfTeam(question, asked)).Select(question => question.Key).ToHashSet(StringComparer.Ordinal);
        if (material.Of(WritingKind.Reply).Any(reply => !theirs.Contains(reply.Key)))
            return new Refusal("clarify.round-over", RefusalKind.Conflict);
        return material.Of(WritingKind.Question).Count(question => !theirs.Contains(question.Key)) + more > MaxQuestions
            ? new Refusal("clarify.too-many", RefusalKind.Conflict).With("max", MaxQuestions)
            : null;
    }

    /// <summary>Whether reviewing States asked a question: theirs were all handed over in one act, and stay theirs in a lighter form.</summary>
    public static bool IsOfTeam(Writing question, AskedMark? asked) => asked is not null && question.At == asked.At;

    /// <summary>What is wrong with a question; null when nothing is.</summary>
    /// <returns>null, or <c>clarify.question-empty</c>, <c>clarify.too-long</c> {max}, <c>clarify.unreadable</c>,
    /// <c>clarify.unknown-item</c>.</returns>
    public static Refusal? Check(QuestionContent question, Dossier dossier)
    {
        if (question.Item is { } item && !dossier.Items.Contains(item, StringComparer.Ordinal))
            return new Refusal("clarify.unknown-item", RefusalKind.Invalid, "item");
        return string.IsNullOrWhiteSpace(question.Text)
            ? new Refusal("clarify.question-empty", RefusalKind.Invalid, "text")
            : CheckText(question.Text, MaxQuestion);
    }

    /// <summary>What is wrong with a reply; null when nothing is.</summary>
    /// <param name="version">The version of the answer it is about that stands; null where there is none.</param>
    /// <returns>null, or <c>clarify.reply-empty</c>, <c>clarify.reply-both</c>, <c>clarify.no-such-version</c>,
    /// <c>clarify.too-long</c> {max}, <c>clarify.unreadable</c>.</returns>
    public static Refusal? Check(ReplyContent reply, int? version)
    {
        if (reply.AddressedIn is { } addressed && (version is null || addressed < 1 || addressed > version))
            return new Refusal("clarify.no-such-version", RefusalKind.Invalid, "addressed_in");
        if (!reply.Declines && string.IsNullOrWhiteSpace(reply.Text))
            return new Refusal("clarify.reply-empty", RefusalKind.Invalid, "text");
        if (reply.Declines && !string.IsNullOrWhiteSpace(reply.Text))
            return new Refusal("clarify.reply-both", RefusalKind.Invalid, "text");
        return CheckText(reply.Text, MaxReply);
    }

    private static Refusal? CheckText(string text, int max) =>
        text.Length > max ? new Refusal("clarify.too-long", RefusalKind.Invalid, "text").With("max", max)
        : !Text.IsReadable(text) ? new Refusal("clarify.unreadable", RefusalKind.Invalid, "text")
        : null;
}
