using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>A role of a person in one review.</summary>
/// <param name="Items">The contributor's own; empty for everybody else.</param>
/// <param name="State">The reviewing State a reviewer speaks for; null for everybody else.</param>
public sealed record Appointment(
    Guid Person, string Role, Guid? Letter, ImmutableArray<string> Items, string? State = null);

/// <summary>Who signed what, when (UTC).</summary>
public sealed record SignatureMark(string Act, string Role, string ContentHash, Guid By, DateTimeOffset At);

/// <summary>What the reviewing States asked.</summary>
/// <param name="At">When the questions were handed to the State, UTC: what was saved before was handed in.</param>
/// <param name="Items">The item each question is about; general questions are not among them.</param>
public sealed record AskedMark(DateTimeOffset At, ImmutableArray<AskedItem> Items);

/// <summary>The report all parties confirmed.</summary>
/// <param name="Dissent">The parties whose dissent is annexed.</param>
public sealed record AgreementMark(string ContentHash, ImmutableArray<string> Dissent);

/// <summary>That an urgent point exists; its text is a writing only the circle reads.</summary>
public sealed record UrgentMark(string Id, Guid By, DateTimeOffset RaisedAt, bool Acknowledged);

/// <summary>That an expert asked the State something in private; the texts are writings only their circle reads.</summary>
/// <param name="Id">Counts nothing: whoever asks second must not see that somebody asked first.</param>
/// <param name="State">The reviewing State the asker spoke for, so that its focal point reads on when the asker has left; null where
/// that is not known.</param>
/// <param name="AskedAt">UTC; the time to answer runs from here.</param>
public sealed record PrivateQuestionMark(string Id, Guid By, string? State, DateTimeOffset AskedAt, bool Answered);
