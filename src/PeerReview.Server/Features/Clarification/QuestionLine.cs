using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Features.Clarification;

/// <summary>A question with its reply.</summary>
/// <param name="Version">Of the reply; 0 while there is none.</param>
/// <param name="Readers">Who reads the question and its reply; the list of documents has it in the API.</param>
public sealed record QuestionLine(
    string Key, string? Item, string Text, DateTimeOffset AskedAt, string? Reply, bool Declines, int Version, DateTimeOffset? RepliedAt,
    [property: JsonIgnore] Readership Readers)
{
    /// <summary>Whether the experts who asked read question and reply, as far as the label goes that stands now.</summary>
    [JsonIgnore]
    public bool ReachesTeam => Readers.Now.Contains(Role.ReviewerExpert);

    /// <summary>The same of the coordinators.</summary>
    [JsonIgnore]
    public bool ReachesOffice => Readers.Now.Contains(Role.Coordinator);

    /// <summary>The language of the question.</summary>
    [JsonIgnore]
    public string? Language { get; init; }

    /// <summary>Whether reviewing States asked it; else the coordinator did.</summary>
    public bool OfTeam { get; init; }

    /// <summary>The language of the reply; null while there is none.</summary>
    [JsonIgnore]
    public string? ReplyLanguage { get; init; }

    /// <summary>Who wrote the reply as it stands, for the State's own people; null for all others, to whom the State replies.</summary>
    [JsonIgnore]
    public PersonId? RepliedBy { get; init; }

    /// <summary>Whether the replies are not handed in yet, so that the State alone reads this one.</summary>
    [JsonIgnore]
    public bool IsHeld { get; init; }

    /// <summary>The version of the answer that takes the question up, where the reply names one.</summary>
    public int? AddressedIn { get; init; }

    /// <summary>The version of the answer saved since reviewing States asked; null where it stands as it was handed in.</summary>
    [JsonIgnore]
    public int? Later { get; init; }

    /// <summary>Whether the reader can save a later version of the answer.</summary>
    [JsonIgnore]
    public bool MayRewrite { get; init; }

    /// <summary>The answer it is about, where there is one that is open to the reader; it has an address of its own.</summary>
    [JsonIgnore]
    public Core.Assessment.Answer? Answer { get; init; }

    /// <summary>That the answer has changed since the question was asked; null where it has not.</summary>
    [JsonIgnore]
    public AnswerChange? Changed { get; init; }
}

/// <summary>An answer that has a later version than the question was asked about.</summary>
/// <param name="Version">The one that stands.</param>
/// <param name="Before">The one the question was asked about.</param>
/// <param name="Opens">Whether the reader may compare the two.</param>
public sealed record AnswerChange(int Version, int Before, bool Opens);
