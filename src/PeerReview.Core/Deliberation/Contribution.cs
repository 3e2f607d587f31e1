using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>What a stakeholder handed in, under the name it was handed in with.</summary>
/// <param name="Item">The item it is about, or null: about the strategy as a whole.</param>
/// <param name="MayPublish">The sender agrees that it is made public one day. Nothing is by that alone.</param>
/// <param name="Name">The sender.</param>
/// <param name="Family">See <see cref="StakeholderFamily"/>.</param>
public sealed record ContributionContent(
    string? Item, string Text, bool MayPublish, string Name, string Organisation, string Family);

/// <summary>How a contribution was screened, as its sender reads it.</summary>
/// <param name="Cause">Why it was set aside, see <see cref="SetAsideCause"/>; null when it was accepted.</param>
/// <param name="Note">What the coordinator adds; may be empty.</param>
public sealed record ScreeningContent(string? Cause, string Note);

/// <summary>The families stakeholders come from.</summary>
public static class StakeholderFamily
{
    public const string Industry = "industry";
    public const string Academia = "academia";
    public const string CivilSociety = "civil_society";

    /// <summary>In the order shown.</summary>
    public static readonly ImmutableArray<string> All = [Industry, Academia, CivilSociety];
}

/// <summary>Why a contribution does not go to the State.</summary>
public static class SetAsideCause
{
    public const string OffTopic = "off_topic";

    /// <summary>It names or implies a State or group as author of an incident.</summary>
    public const string Attribution = "attribution";

    public const string PersonalData = "personal_data";

    /// <summary>Said in the note.</summary>
    public const string Other = "other";

    /// <summary>In the order shown.</summary>
    public static readonly ImmutableArray<string> All = [OffTopic, Attribution, PersonalData, Other];
}

/// <summary>Whether a contribution, its screening and the reply to it can stand.</summary>
public static class ContributionRules
{
    /// <summary>Characters of a contribution at most.</summary>
    public const int MaxText = 4_000;

    /// <summary>Characters of a note or reply at most.</summary>
    public const int MaxReply = 4_000;

    /// <summary>Characters of what the coordinator writes to the sender at most.</summary>
    public const int MaxNote = 1_000;

    /// <summary>Contributions one stakeholder can have in a review, drafts among them.</summary>
    public const int MostPerSender = 20;

    /// <summary>Everything that is wrong with a contribution, each with its field; empty when it can stand.</summary>
    /// <returns><c>contribution.item</c>, <c>contribution.text</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(string? item, string text, Dossier dossier)
    {
        if (item is not null && !dossier.Items.Contains(item, StringComparer.Ordinal))
            yield return new Refusal("contribution.item", RefusalKind.Invalid, "item");
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxText || !Text.IsReadable(text))
            yield return new Refusal("contribution.text", RefusalKind.Invalid, "text").With("max", MaxText);
    }

    /// <summary>Everything that is wrong with a screening, each with its field. Whatever is set aside has a cause, and one of none
    /// of the usual kinds a note.</summary>
    /// <returns><c>contribution.cause</c>, <c>contribution.note-missing</c>, <c>contribution.note</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(ScreeningContent screening)
    {
        if (screening.Cause is { } cause && !SetAsideCause.All.Contains(cause, StringComparer.Ordinal))
            yield return new Refusal("contribution.cause", RefusalKind.Invalid, "cause");
        if (screening.Cause == SetAsideCause.Other && string.IsNullOrWhiteSpace(screening.Note))
            yield return new Refusal("contribution.note-missing", RefusalKind.Invalid, "note");
        if (screening.Note.Length > MaxNote || !Text.IsReadable(screening.Note))
            yield return new Refusal("contribution.note", RefusalKind.Invalid, "note").With("max", MaxNote);
    }

    /// <summary>What is wrong with a reply of the State; null when nothing is.</summary>
    /// <returns><c>contribution.reply-empty</c>, <c>contribution.reply-both</c>, <c>contribution.reply</c> {max}.</returns>
    public static Refusal? Check(ReplyContent reply)
    {
        if (!reply.Declines && string.IsNullOrWhiteSpace(reply.Text))
            return new Refusal("contribution.reply-empty", RefusalKind.Invalid, "text");
        if (reply.Declines && !string.IsNullOrWhiteSpace(reply.Text))
            return new Refusal("contribution.reply-both", RefusalKind.Invalid, "text");
        return reply.Text.Length > MaxReply || !Text.IsReadable(reply.Text)
            ? new Refusal("contribution.reply", RefusalKind.Invalid, "text").With("max", MaxReply)
            : null;
    }
}
