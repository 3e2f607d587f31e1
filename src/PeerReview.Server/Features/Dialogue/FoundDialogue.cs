using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>Reads the dialogue of a review for somebody, in one round trip.</summary>
public sealed class DialogueReader(ReviewLookup reviews)
{
    /// <summary>Null for those who may not know of it, and for everybody before it begins.</summary>
    public async Task<FoundDialogue?> FindAsync(Actor actor, ReviewId id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, id, MaterialSql.Statements + Sql.Records + Sql.Meetings, new { Review = id.Value, WritingKind.DialogueRecord, WritingKind.Meeting, WritingKind.Slot },
            async grid => (
                Material: await MaterialSql.ReadAsync(grid),
                Records: (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToImmutableArray(),
                Meetings: MeetingSeries.Of((await grid.ReadAsync<(string Kind, string Body)>()).Select(step => ReviewJson.Read(step.Kind, step.Body)))),
            cancel);
        return found is { Review: var review } && DialogueRules.HasBegun(review.State, review.Dossier)
            && Access.Visible(actor, DocumentKind.DialogueRecord, review.Facts).CanRead
            ? new FoundDialogue(review, found.More.Material, actor) { Records = found.More.Records, Meetings = found.More.Meetings }
            : null;
    }

    private static class Sql
    {
        // Every version of the record: whoever confirmed an earlier one sees what is different.
        public const string Records =
            """
            SELECT kind, key, version, content, label, language, author, at
            FROM writing WHERE review_id = @Review AND kind = @DialogueRecord
            ORDER BY version;

            """;

        // What was fixed and taken back, in order: a calendar takes what moved for the same meeting.
        public const string Meetings =
            """
            SELECT kind, body FROM event
            WHERE review_id = @Review AND kind IN ('text_written', 'text_withdrawn') AND body::jsonb ->> 'what' IN (@Meeting, @Slot)
            ORDER BY sequence
            """;
    }
}

/// <summary>A dialogue as one person sees it: labels can keep points, record and comments back.</summary>
public sealed record FoundDialogue(LoadedReview Review, Material Material, Actor Reader)
{
    private Dossier Dossier => Review.Dossier;

    /// <summary>Every version of the record, the first first.</summary>
    public ImmutableArray<Writing> Records { private get; init; } = [];

    /// <summary>Which meeting each fixed time is, see <see cref="MeetingSeries"/>.</summary>
    public ImmutableSortedDictionary<string, MeetingPlace> Meetings { get; init; } = ImmutableSortedDictionary<string, MeetingPlace>.Empty;

    /// <summary>Whether somebody may read a part with this label.</summary>
    public static bool Sees(Actor reader, LoadedReview review, SharingLabel label) =>
        Access.Visible(reader, DocumentKind.DialogueRecord, review.Facts, label).CanRead;

    public ImmutableArray<AgendaPoint> Agenda => [.. DialogueRules.Agenda(Material).Where(point => Sees(point.Label))];

    /// <summary>Whether points stand on the agenda that a label keeps from the reader.</summary>
    public bool KeepsPoints => Agenda.Length < DialogueRules.Agenda(Material).Length;

    /// <summary>Questions the State replied to and nobody keeps open.</summary>
    public IEnumerable<Writing> Replied => Material.Of(WritingKind.Question).Where(question =>
        !DialogueRules.IsDeclined(question.Key, Material)
        && !DialogueRules.SheetOf(Material).KeptOpen.Contains(question.Key, StringComparer.Ordinal)
        && Sees(SharingLabels.Of(question.Label)));

    public int AgendaVersion => Material.Find(WritingKind.Agenda, DialogueRules.Key)?.Version ?? 0;

    /// <summary>Times that stand, the earliest first.</summary>
    public ImmutableArray<FoundSlot> Slots =>
    [
        .. from text in Material.Of(WritingKind.Slot)
           let slot = Contents.ReadSlot(text)
           orderby slot.At
           select new FoundSlot(text.Key, slot, Material.Find(WritingKind.Meeting, text.Key) is { } fixing ? Contents.ReadMeeting(fixing) : null)
           {
               Suits = [.. DialogueRules.Sides(Dossier).Where(side => AnswerTo(text.Key, side) == "yes")],
               Version = Material.Find(WritingKind.Meeting, text.Key)?.Version ?? 0,
           },
    ];

    /// <summary>Fixed times that no longer hold, as they were taken back.</summary>
    public ImmutableArray<(MeetingContent Meeting, DateTimeOffset TakenBackAt)> TakenBack =>
    [
        .. from text in Material.Of(WritingKind.Meeting)
           let meeting = Contents.ReadMeeting(text)
           where meeting.TakenBack is not null
           orderby text.At
           select (meeting, text.At),
    ];

    /// <summary>The fixed time that was taken back and no other was fixed instead of yet; null where there is none.</summary>
    public MeetingContent? ToReplace => TakenBack.Select(gone => gone.Meeting).FirstOrDefault(gone =>
        !Material.Of(WritingKind.Meeting).Any(text => Contents.ReadMeeting(text).Instead == gone.Slot));

    /// <summary>What a side says to a time.</summary>
    public string AnswerTo(string slot, string side) =>
        DialogueTimes.AnswerTo(slot, AnswerOf(side), Dossier.Dialogue.Answered.Contains(side, StringComparer.Ordinal));

    /// <summary>Which times a side said suit; null while it said nothing.</summary>
    public SlotAnswerContent? AnswerOf(string side) =>
        Material.Find(WritingKind.SlotAnswer, side) is { } answer ? Contents.ReadSlotAnswer(answer) : null;

    public Writing? Wish => Material.Find(WritingKind.VisitWish, DialogueRules.Key);

    public Writing? Programme => Material.Find(WritingKind.VisitProgramme, DialogueRules.Key);

    public bool IsProgrammeAgreed => DialogueRecordRules.IsProgrammeAgreed(Dossier, Material);

    /// <summary>Sessions that took place, the first first.</summary>
    public ImmutableArray<FoundSession> Sessions =>
    [
        .. from text in Material.Of(WritingKind.Session)
           let session = Contents.ReadSession(text)
           orderby session.At
           select new FoundSession(text.Key, session, DialogueTimes.Counts(session, Dossier)),
    ];

    /// <summary>The record; null while there is none, and for those a label keeps it from.</summary>
    public Writing? Record => Material.Find(WritingKind.DialogueRecord, DialogueRules.Key) is { } record && Sees(SharingLabels.Of(record.Label))
        ? record
        : null;

    /// <summary>Whether a label keeps the record, or what would be its first version, from the reader.</summary>
    public bool KeepsRecord => !Sees(Material.Find(WritingKind.DialogueRecord, DialogueRules.Key) is { } record
        ? SharingLabels.Of(record.Label)
        : DialogueRules.LabelOf(Material));

    /// <summary>What is confirmed; null while there is nothing, and for those who do not read it.</summary>
    public string? Hash => Record is null ? null : DialogueRecordRules.HashOf(Material);

    /// <summary>Comments of the State on the record, in order.</summary>
    public IEnumerable<Writing> Comments => Material.Of(WritingKind.RecordComment).Where(text => Sees(SharingLabels.Of(text.Label)));

    /// <summary>The parties that confirmed the record as it stands.</summary>
    public ImmutableArray<string> Confirmed => Hash is { } hash
        ? [.. DialogueRules.Parties.Where(party => DialogueRecordRules.HasConfirmed(Dossier, party, hash))]
        : [];

    /// <summary>What became of a comment; null while nobody said.</summary>
    public Writing? OutcomeOf(Writing comment) => Material.Find(WritingKind.RecordCommentOutcome, comment.Key);

    /// <summary>The version of the record a party confirmed before it was changed; null where it confirmed none, or the one that stands.</summary>
    public Writing? ConfirmedBefore(string party) =>
        Record is not null && !Confirmed.Contains(party, StringComparer.Ordinal)
        && Material.Find(WritingKind.Signature, $"{SignedAct.Dialogue(party)}:{DialogueRules.RoleOf(party)}") is { } signed
            ? Records.LastOrDefault(version => version.At <= signed.At)
            : null;

    /// <summary>The version what stands is compared with: the one the reader's party confirmed, else the one before; null where there is
    /// none, and for those its label keeps it from.</summary>
    /// <param name="party">The party of the reader, or null.</param>
    public Writing? Before(string? party) =>
        Record is { } record
        && ((party is null ? null : ConfirmedBefore(party)) ?? Records.LastOrDefault(version => version.Version < record.Version)) is { } before
        && Sees(SharingLabels.Of(before.Label))
            ? before
            : null;

    private bool Sees(SharingLabel label) => Sees(Reader, Review, label);
}

/// <summary>A time with what the sides say to it.</summary>
/// <param name="Fixed">How they meet then; null while it is not fixed.</param>
public sealed record FoundSlot(string Id, SlotContent Slot, MeetingContent? Fixed)
{
    /// <summary>The sides it suits.</summary>
    public ImmutableArray<string> Suits { get; init; } = [];

    /// <summary>The version of how they meet, 0 while it is not fixed.</summary>
    public int Version { get; init; }
}

/// <summary>A session that took place.</summary>
/// <param name="Counts">Whether all States took part.</param>
public sealed record FoundSession(string Id, SessionContent Session, bool Counts);
