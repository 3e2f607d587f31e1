using System.Collections.Immutable;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>The record of the dialogue and the programme of a visit: what can stand, and who has confirmed it.</summary>
public static class DialogueRecordRules
{
    /// <summary>Characters of the record beside its points.</summary>
    public const int MaxText = 12_000;

    /// <summary>Characters of what one side learnt, of a note on a point, of a comment.</summary>
    public const int MaxNote = 4_000;

    /// <summary>Characters of a point of the agenda, of a place, of whom to meet, of what the State adds to its wish.</summary>
    public const int MaxPoint = 1_000;

    /// <summary>Points either side adds at most.</summary>
    public const int MostPoints = 40;

    /// <summary>Days of a visit at most.</summary>
    public const int MostDays = 10;

    /// <summary>Comments of the State at most.</summary>
    public const int MostComments = 100;

    /// <summary>What is confirmed: SHA-256 over the record as it stands, hex; null while there is none.</summary>
    public static string? HashOf(Material material) => material.Find(WritingKind.DialogueRecord, DialogueRules.Key) is { } record
        ? CanonicalJson.Hash(Contents.Write(Contents.ReadDialogueRecord(record))).ToString()
        : null;

    /// <summary>The same for the programme of a visit.</summary>
    public static string? ProgrammeHashOf(Material material) => material.Find(WritingKind.VisitProgramme, DialogueRules.Key) is { } programme
        ? CanonicalJson.Hash(Contents.Write(Contents.ReadVisitProgramme(programme))).ToString()
        : null;

    /// <summary>Whether a party confirmed exactly this record.</summary>
    public static bool HasConfirmed(Dossier dossier, string party, string hash) =>
        dossier.SignedHash(SignedAct.Dialogue(party), DialogueRules.RoleOf(party)) == hash;

    /// <summary>Whether the State agreed to the programme as it stands.</summary>
    public static bool IsProgrammeAgreed(Dossier dossier, Material material) =>
        ProgrammeHashOf(material) is { } hash && dossier.SignedHash(SignedAct.VisitProgramme, RoleCode.FocalPoint) == hash;

    /// <summary>A session with all sides took place, and both sides confirmed the record as it stands (guard G-DLG).</summary>
    /// <returns>Details <c>session</c>, <c>record</c>, <c>confirmation</c>.</returns>
    public static GuardAnswer Agreed(Dossier dossier, Material material)
    {
        if (!HasSession(dossier, material))
            return GuardAnswer.No("session");
        if (HashOf(material) is not { } hash)
            return GuardAnswer.No("record");
        return DialogueRules.Parties.All(party => HasConfirmed(dossier, party, hash)) ? GuardAnswer.Yes : GuardAnswer.No("confirmation");
    }

    /// <summary>Whether a session counts.</summary>
    public static bool HasSession(Dossier dossier, Material material) =>
        material.Of(WritingKind.Session).Any(session => DialogueTimes.Counts(Contents.ReadSession(session), dossier));

    /// <summary>Everything that is wrong with a record; empty when it can stand. Every point of the agenda has an outcome.</summary>
    /// <returns><c>dialogue.outcome</c> {point}, <c>dialogue.unknown-point</c>, <c>dialogue.note</c> {max}, <c>dialogue.text</c> {max},
    /// <c>dialogue.learnt-state</c> {max}, <c>dialogue.learnt-reviewers</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(DialogueRecordContent record, IReadOnlyCollection<string> points)
    {
        foreach (var point in points.Where(point => !OutcomeOfPoint.All.Contains(OutcomeOf(record, point), StringComparer.Ordinal)))
            yield return new Refusal("dialogue.outcome", RefusalKind.Invalid, $"outcome.{point}").With("point", point);
        if (record.Outcomes.Any(o => !points.Contains(o.Point, StringComparer.Ordinal)))
            yield return new Refusal("dialogue.unknown-point", RefusalKind.Invalid, "outcomes");
        foreach (var outcome in record.Outcomes.Where(o => !Fits(o.Note, MaxNote)))
            yield return new Refusal("dialogue.note", RefusalKind.Invalid, $"note.{outcome.Point}").With("max", MaxNote);
        if (!Fits(record.Text, MaxText))
            yield return new Refusal("dialogue.text", RefusalKind.Invalid, "text").With("max", MaxText);
        if (record.LearntByState.Length == 0 || !Fits(record.LearntByState, MaxNote))
            yield return new Refusal("dialogue.learnt-state", RefusalKind.Invalid, "learnt_by_state").With("max", MaxNote);
        if (record.LearntByReviewers.Length == 0 || !Fits(record.LearntByReviewers, MaxNote))
            yield return new Refusal("dialogue.learnt-reviewers", RefusalKind.Invalid, "learnt_by_reviewers").With("max", MaxNote);
    }

    /// <summary>Everything that is wrong with a programme, each with the field of its row, from 0; empty when it can stand.</summary>
    /// <param name="stands">The programme so far: days of it may have passed. Null where there is none.</param>
    /// <param name="today">In the zone of the subject.</param>
    /// <returns><c>dialogue.no-days</c> {max}, <c>dialogue.day</c>, <c>dialogue.day-past</c>, <c>dialogue.day-order</c>,
    /// <c>dialogue.place</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(VisitProgrammeContent programme, VisitProgrammeContent? stands, DateOnly today)
    {
        if (programme.Days.Length is 0 or > MostDays)
            yield return new Refusal("dialogue.no-days", RefusalKind.Invalid, "day.0").With("max", MostDays);
        foreach (var (at, day) in programme.Days.Index())
        {
            if (day.Day == default)
                yield return new Refusal("dialogue.day", RefusalKind.Invalid, $"day.{at}");
            else if (day.Day < today && stands?.Days.Any(had => had.Day == day.Day) != true)
                yield return new Refusal("dialogue.day-past", RefusalKind.Invalid, $"day.{at}");
            else if (at > 0 && day.Day < programme.Days[at - 1].Day)
                yield return new Refusal("dialogue.day-order", RefusalKind.Invalid, $"day.{at}");
            if (day.Place.Length == 0 || !Fits(day.Place, MaxPoint))
                yield return new Refusal("dialogue.place", RefusalKind.Invalid, $"place.{at}").With("max", MaxPoint);
            if (day.Meets.Length == 0 || !Fits(day.Meets, MaxPoint))
                yield return new Refusal("dialogue.place", RefusalKind.Invalid, $"meets.{at}").With("max", MaxPoint);
        }
    }

    /// <summary>Whether a text is no longer than it may be and can be shown; an empty one is.</summary>
    public static bool Fits(string text, int max) => text.Length <= max && Core.Text.IsReadable(text);

    /// <summary>The outcome written of a point; empty where there is none.</summary>
    public static string OutcomeOf(DialogueRecordContent record, string point) =>
        record.Outcomes.FirstOrDefault(o => o.Point == point)?.Outcome ?? "";
}
