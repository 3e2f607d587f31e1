using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>The dialogue as the API shows it, as far as the reader may read it.</summary>
/// <param name="AgendaVersion">The version of its order, 0 before it was put in one.</param>
/// <param name="KeptOpen">Questions the State replied to that stay open.</param>
/// <param name="Availability">Which times each side said suit, by side; a side that said nothing is not named.</param>
/// <param name="Wish">How the State wishes to meet; null while it said nothing: then from afar.</param>
/// <param name="Record">Null while there is none, and for those a label keeps it from.</param>
public sealed record DialogueBody(
    ImmutableArray<AgendaPointBody> Agenda,
    int AgendaVersion,
    ImmutableArray<string> KeptOpen,
    ImmutableArray<SlotBody> Slots,
    ImmutableArray<AvailabilityBody> Availability,
    WishBody? Wish,
    ProgrammeBody? Programme,
    ImmutableArray<SessionBody> Sessions,
    RecordBody? Record)
{
    internal static DialogueBody Of(FoundDialogue found)
    {
        var material = found.Material;
        return new DialogueBody(
            [.. found.Agenda.Select(p => new AgendaPointBody(p.Key, p.Text, p.Item, p.Cause, p.Side, p.Language, p.Label.Code()))],
            found.AgendaVersion,
            [.. DialogueRules.SheetOf(material).KeptOpen.Where(key => found.Agenda.Any(point => point.Key == key))],
            [.. found.Slots.Select(s => new SlotBody(s.Id, s.Slot.At, s.Slot.Zone, s.Slot.Minutes, s.Fixed?.Way, s.Fixed?.Join, s.Version))],
            [
                .. from text in material.Of(WritingKind.SlotAnswer)
                   select new AvailabilityBody(text.Key, Contents.ReadSlotAnswer(text).Suits, text.Version),
            ],
            found.Wish is { } wish ? WishBody.Of(wish) : null,
            found.Programme is { } programme
                ? new ProgrammeBody(
                    Contents.ReadVisitProgramme(programme).Days, programme.Version, DialogueRecordRules.ProgrammeHashOf(material)!, found.IsProgrammeAgreed)
                : null,
            [.. found.Sessions.Select(s => new SessionBody(s.Id, s.Session.At, s.Session.Zone, s.Session.Minutes, s.Session.Way, s.Session.TookPart, s.Counts))],
            found.Record is { } record ? RecordBody.Of(record, found) : null);
    }
}

/// <summary>A point of the agenda.</summary>
/// <param name="Cause"><c>declined</c>, <c>kept_open</c> or <c>added</c>.</param>
/// <param name="Side">Who added it; null for a question.</param>
public sealed record AgendaPointBody(string Id, string Text, string? Item, string Cause, string? Side, string Language, string Label);

/// <summary>A time.</summary>
/// <param name="At">UTC.</param>
/// <param name="Zone">The zone it was offered in, IANA.</param>
/// <param name="Fixed">How they meet then; null while it is not fixed.</param>
/// <param name="Join">How one joins; empty where nothing was said, null while it is not fixed.</param>
/// <param name="Version">The version of how they meet, 0 while it is not fixed.</param>
public sealed record SlotBody(string Id, DateTimeOffset At, string Zone, int Minutes, string? Fixed, string? Join, int Version);

/// <summary>Which times suit a side.</summary>
public sealed record AvailabilityBody(string Side, ImmutableArray<string> Suits, int Version);

/// <summary>How the State wishes to meet.</summary>
public sealed record WishBody(string Way, string Text, int Version)
{
    internal static WishBody Of(Writing wish)
    {
        var content = Contents.ReadVisitWish(wish);
        return new WishBody(content.Way, content.Text, wish.Version);
    }
}

/// <summary>The programme of a visit.</summary>
/// <param name="ContentHash">What the State agrees to.</param>
public sealed record ProgrammeBody(ImmutableArray<VisitDay> Days, int Version, string ContentHash, bool Agreed);

/// <summary>A session that took place.</summary>
/// <param name="TookPart">Side and role.</param>
/// <param name="Counts">Whether the subject and every reviewing State took part.</param>
public sealed record SessionBody(string Id, DateTimeOffset At, string Zone, int Minutes, string Way, ImmutableArray<string> TookPart, bool Counts);

/// <summary>The record.</summary>
/// <param name="ContentHash">What is confirmed.</param>
/// <param name="Confirmed">The parties that have: <c>STATE</c>, <c>LEAD</c>.</param>
public sealed record RecordBody(
    string Text, ImmutableArray<PointOutcome> Outcomes, string LearntByState, string LearntByReviewers, string Label, int Version, string ContentHash,
    ImmutableArray<string> Confirmed, ImmutableArray<RecordCommentBody> Comments)
{
    internal static RecordBody Of(Writing record, FoundDialogue found)
    {
        var content = Contents.ReadDialogueRecord(record);
        return new RecordBody(
            content.Text, content.Outcomes, content.LearntByState, content.LearntByReviewers, record.Label, record.Version, found.Hash!, found.Confirmed,
            [
                .. from comment in found.Comments
                   let said = Contents.ReadRecordComment(comment)
                   let outcome = found.OutcomeOf(comment)
                   let settled = outcome is null ? null : Contents.ReadCommentOutcome(outcome)
                   select new RecordCommentBody(comment.Key, said.Text, said.Version, settled?.Outcome, settled?.Note, outcome?.Version ?? 0),
            ]);
    }
}

/// <summary>A comment of the State on the record.</summary>
/// <param name="Version">The version of the record it is about.</param>
/// <param name="Outcome"><c>taken_up</c> or <c>stands</c>; null while nobody said.</param>
/// <param name="Note">What was changed, or why nothing was; null as above.</param>
/// <param name="OutcomeVersion">The version of that, 0 while there is none.</param>
public sealed record RecordCommentBody(string Id, string Text, int Version, string? Outcome, string? Note, int OutcomeVersion);
