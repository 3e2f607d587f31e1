using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>How far a dialogue is. Part of the <see cref="Dossier"/>.</summary>
public sealed record DialogueMark
{
    /// <summary>Nothing yet.</summary>
    public static DialogueMark None { get; } = new();

    /// <summary>Points added so far, those withdrawn among them.</summary>
    public int Points { get; init; }

    /// <summary>Times offered so far, those withdrawn among them.</summary>
    public int Offered { get; init; }

    /// <summary>Sessions recorded so far, those withdrawn among them.</summary>
    public int Sessions { get; init; }

    /// <summary>Sessions that stand.</summary>
    public int Held { get; init; }

    /// <summary>Of these, those in which not all States took part: they do not count as the one that is needed. Null where there is none,
    /// as in what was written before this was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Lacking { get; init; }

    /// <summary>Comments of the State on the record so far.</summary>
    public int Comments { get; init; }

    /// <summary>Of these, those of which the reviewers have said what became of them.</summary>
    public int Settled { get; init; }

    /// <summary>Whether a programme for a visit or joint meeting stands.</summary>
    public bool HasProgramme { get; init; }

    /// <summary>Whether the State has said how it wishes to meet, and nothing was arranged since.</summary>
    public bool IsWishNew { get; init; }

    /// <summary>Times that stand.</summary>
    public ImmutableArray<string> Slots { get; init; } = [];

    /// <summary>Sides that said which of them suit, since the last was offered.</summary>
    public ImmutableArray<string> Answered { get; init; } = [];

    /// <summary>The time that was fixed, or null.</summary>
    public string? Fixed { get; init; }

    /// <summary>Whether the record is written.</summary>
    public bool HasRecord { get; init; }

    /// <summary>Whether a session with all States stands.</summary>
    [JsonIgnore]
    public bool HasMet => Held > (Lacking?.Length ?? 0);

    /// <summary>Whether the record is with those who confirm it: it is written, and a session with all States took place.</summary>
    [JsonIgnore]
    public bool IsToConfirm => HasRecord && HasMet;

    /// <summary>Whether anything was prepared or written.</summary>
    [JsonIgnore]
    public bool IsPrepared => Points + Offered + Sessions > 0 || HasRecord;

    /// <summary>Comments of which nobody has said what became of them.</summary>
    [JsonIgnore]
    public int OpenComments => Comments - Settled;

    /// <summary>Whether sides are asked which times suit.</summary>
    [JsonIgnore]
    public bool AwaitsAnswers => !Slots.IsEmpty && Fixed is null;

    /// <summary>The mark after something was written.</summary>
    public DialogueMark Write(ReviewEvent.TextWritten e) => e.What switch
    {
        WritingKind.AgendaPoint when e.Version == 1 => this with { Points = Points + 1 },
        WritingKind.Slot when e.Version == 1 => this with { Offered = Offered + 1, Slots = Slots.Add(e.Key), Answered = [], Fixed = null },
        WritingKind.SlotAnswer => this with { Answered = [.. Answered.Remove(e.Key, StringComparer.Ordinal), e.Key] },
        // That a time no longer holds is written of one that is gone.
        WritingKind.Meeting when Slots.Contains(e.Key, StringComparer.Ordinal) => this with { Fixed = e.Key, IsWishNew = false },
        WritingKind.VisitWish => this with { IsWishNew = true },
        WritingKind.VisitProgramme => this with { HasProgramme = true, IsWishNew = false },
        WritingKind.Session when e.Version == 1 => this with
        {
            Sessions = Sessions + 1,
            Held = Held + 1,
            Lacking = e.Lacks ? (Lacking ?? []).Add(e.Key) : Lacking,
            IsWishNew = false,
        },
        WritingKind.RecordComment when e.Version == 1 => this with { Comments = Comments + 1 },
        WritingKind.RecordCommentOutcome when e.Version == 1 => this with { Settled = Settled + 1 },
        WritingKind.DialogueRecord => this with { HasRecord = true },
        _ => this,
    };

    /// <summary>The mark after something was taken back.</summary>
    public DialogueMark Withdraw(ReviewEvent.TextWithdrawn e) => e.What switch
    {
        WritingKind.Slot => this with { Slots = Slots.Remove(e.Key, StringComparer.Ordinal), Fixed = Fixed == e.Key ? null : Fixed },
        WritingKind.Session => this with { Held = Held - 1, Lacking = Lacking?.Remove(e.Key, StringComparer.Ordinal) is { IsEmpty: false } left ? left : null },
        WritingKind.VisitProgramme => this with { HasProgramme = false },
        _ => this,
    };
}
