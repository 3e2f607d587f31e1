using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PeerReview.Core.Deliberation;

namespace PeerReview.Core.Reviews;

/// <summary>Review events and the dossier as stored text. Kinds and property names (snake_case) are the ledger format.</summary>
public static class ReviewJson
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> Types = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
    {
        ["review_launched"] = ReviewJsonContext.Default.Launched,
        ["participants_named"] = ReviewJsonContext.Default.ParticipantsNamed,
        ["participant_appointed"] = ReviewJsonContext.Default.ParticipantAppointed,
        ["endorsement_given"] = ReviewJsonContext.Default.EndorsementGiven,
        ["naming_answered"] = ReviewJsonContext.Default.NamingAnswered,
        ["participant_unasked"] = ReviewJsonContext.Default.ParticipantUnasked,
        ["sheet_taken_back"] = ReviewJsonContext.Default.SheetTakenBack,
        ["sheet_decided"] = ReviewJsonContext.Default.SheetDecided,
        ["other_group_consented"] = ReviewJsonContext.Default.OtherGroupConsented,
        ["theme_chosen"] = ReviewJsonContext.Default.ThemeChosen,
        ["promise_changed"] = ReviewJsonContext.Default.PromiseChanged,
        ["case_assigned"] = ReviewJsonContext.Default.CaseAssigned,
        ["person_appointed"] = ReviewJsonContext.Default.PersonAppointed,
        ["person_released"] = ReviewJsonContext.Default.PersonReleased,
        ["reviewers_named"] = ReviewJsonContext.Default.ReviewersNamed,
        ["redraw_asked"] = ReviewJsonContext.Default.RedrawAsked,
        ["service_declined"] = ReviewJsonContext.Default.ServiceDeclined,
        ["reviewer_replaced"] = ReviewJsonContext.Default.ReviewerReplaced,
        ["reviewers_released"] = ReviewJsonContext.Default.ReviewersReleased,
        ["reviewer_appointed"] = ReviewJsonContext.Default.ReviewerAppointed,
        ["expert_invited"] = ReviewJsonContext.Default.ExpertInvited,
        ["invitation_closed"] = ReviewJsonContext.Default.InvitationClosed,
        ["expert_replaced"] = ReviewJsonContext.Default.ExpertReplaced,
        ["expert_left_out"] = ReviewJsonContext.Default.ExpertLeftOut,
        ["place_vacated"] = ReviewJsonContext.Default.PlaceVacated,
        ["objection_decided"] = ReviewJsonContext.Default.ObjectionDecided,
        ["items_recused"] = ReviewJsonContext.Default.ItemsRecused,
        ["opening_agreed"] = ReviewJsonContext.Default.OpeningAgreed,
        ["stakeholder_invited"] = ReviewJsonContext.Default.StakeholderInvited,
        ["stakeholder_invitation_closed"] = ReviewJsonContext.Default.StakeholderInvitationClosed,
        ["contribution_screened"] = ReviewJsonContext.Default.ContributionScreened,
        ["contribution_forwarded"] = ReviewJsonContext.Default.ContributionForwarded,
        ["questions_asked"] = ReviewJsonContext.Default.QuestionsAsked,
        ["stage_stated"] = ReviewJsonContext.Default.StageStated,
        ["right_used"] = ReviewJsonContext.Default.RightUsed,
        ["text_written"] = ReviewJsonContext.Default.TextWritten,
        ["text_withdrawn"] = ReviewJsonContext.Default.TextWithdrawn,
        ["file_added"] = ReviewJsonContext.Default.FileAdded,
        ["file_removed"] = ReviewJsonContext.Default.FileRemoved,
        ["part_validated"] = ReviewJsonContext.Default.PartValidated,
        ["signed"] = ReviewJsonContext.Default.Signed,
        ["publication_decided"] = ReviewJsonContext.Default.PublicationDecided,
        ["texts_shown"] = ReviewJsonContext.Default.TextsShown,
        ["agreement_reached"] = ReviewJsonContext.Default.AgreementReached,
        ["published"] = ReviewJsonContext.Default.Published,
        ["notes_erased"] = ReviewJsonContext.Default.NotesErased,
        ["seen_as"] = ReviewJsonContext.Default.SeenAs,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Names =
        Types.ToFrozenDictionary(kind => kind.Value.Type, kind => kind.Key);

    /// <summary>All kinds, so that a test can see that each has its words.</summary>
    public static ImmutableArray<string> Kinds { get; } = [.. Types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether a stored kind is one of these; the rest are moves of the process.</summary>
    public static bool Knows(string kind) => Types.ContainsKey(kind);

    /// <summary>The stored kind of an event.</summary>
    public static string KindOf(ReviewEvent @event) => Names[@event.GetType()];

    /// <summary>The body as JSON; the ledger brings it into canonical form.</summary>
    public static JsonElement Write(ReviewEvent @event) =>
        JsonSerializer.SerializeToElement(@event, Types[KindOf(@event)]);

    /// <summary>The event of a stored row.</summary>
    /// <exception cref="JsonException">The body does not fit its kind.</exception>
    public static ReviewEvent Read(string kind, string body) =>
        (ReviewEvent?)JsonSerializer.Deserialize(body, Types[kind]) ?? throw new UnreachableException(kind);

    /// <summary>The dossier as the review's row keeps it.</summary>
    public static string Write(Dossier dossier) => JsonSerializer.Serialize(dossier, ReviewJsonContext.Default.Dossier);

    /// <summary>The dossier of a stored row.</summary>
    public static Dossier ReadDossier(string text)
    {
        var read = JsonSerializer.Deserialize(text, ReviewJsonContext.Default.Dossier)!;
        // A sorted dictionary comes back with the culture's order: two nodes would write two texts for one dossier.
        return read with
        {
            Promise = read.Promise.WithComparers(StringComparer.Ordinal),
            Choices = read.Choices?.WithComparers(StringComparer.Ordinal),
            // Reviews stored before there were reviewing States.
            Team = read.Team ?? ReviewTeam.None,
            // Reviews stored before stakeholders were heard.
            Stakeholders = read.Stakeholders is { } window
                ? window with { Explained = window.Explained.IsDefault ? [] : window.Explained }
                : StakeholderWindow.None,
            // Reviews stored before full ones were offered.
            Dialogue = read.Dialogue ?? DialogueMark.None,
            // Reviews stored before a report was drafted in one.
            Dissent = read.Dissent.IsDefault ? [] : read.Dissent,
            Unsettled = read.Unsettled.IsDefault ? [] : read.Unsettled,
        };
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Dossier))]
[JsonSerializable(typeof(ReviewEvent.Launched))]
[JsonSerializable(typeof(ReviewEvent.ParticipantsNamed))]
[JsonSerializable(typeof(ReviewEvent.ParticipantAppointed))]
[JsonSerializable(typeof(ReviewEvent.EndorsementGiven))]
[JsonSerializable(typeof(ReviewEvent.NamingAnswered))]
[JsonSerializable(typeof(ReviewEvent.ParticipantUnasked))]
[JsonSerializable(typeof(ReviewEvent.SheetTakenBack))]
[JsonSerializable(typeof(ReviewEvent.SheetDecided))]
[JsonSerializable(typeof(ReviewEvent.OtherGroupConsented))]
[JsonSerializable(typeof(ReviewEvent.ThemeChosen))]
[JsonSerializable(typeof(ReviewEvent.PromiseChanged))]
[JsonSerializable(typeof(ReviewEvent.CaseAssigned))]
[JsonSerializable(typeof(ReviewEvent.PersonAppointed))]
[JsonSerializable(typeof(ReviewEvent.PersonReleased))]
[JsonSerializable(typeof(ReviewEvent.ReviewersNamed))]
[JsonSerializable(typeof(ReviewEvent.RedrawAsked))]
[JsonSerializable(typeof(ReviewEvent.ServiceDeclined))]
[JsonSerializable(typeof(ReviewEvent.ReviewerReplaced))]
[JsonSerializable(typeof(ReviewEvent.ReviewersReleased))]
[JsonSerializable(typeof(ReviewEvent.ReviewerAppointed))]
[JsonSerializable(typeof(ReviewEvent.ExpertInvited))]
[JsonSerializable(typeof(ReviewEvent.InvitationClosed))]
[JsonSerializable(typeof(ReviewEvent.ExpertReplaced))]
[JsonSerializable(typeof(ReviewEvent.ExpertLeftOut))]
[JsonSerializable(typeof(ReviewEvent.PlaceVacated))]
[JsonSerializable(typeof(ReviewEvent.ObjectionDecided))]
[JsonSerializable(typeof(ReviewEvent.ItemsRecused))]
[JsonSerializable(typeof(ReviewEvent.OpeningAgreed))]
[JsonSerializable(typeof(ReviewEvent.StakeholderInvited))]
[JsonSerializable(typeof(ReviewEvent.StakeholderInvitationClosed))]
[JsonSerializable(typeof(ReviewEvent.ContributionScreened))]
[JsonSerializable(typeof(ReviewEvent.ContributionForwarded))]
[JsonSerializable(typeof(ReviewEvent.QuestionsAsked))]
[JsonSerializable(typeof(ReviewEvent.TextWritten))]
[JsonSerializable(typeof(ReviewEvent.TextWithdrawn))]
[JsonSerializable(typeof(ReviewEvent.FileAdded))]
[JsonSerializable(typeof(ReviewEvent.FileRemoved))]
[JsonSerializable(typeof(ReviewEvent.PartValidated))]
[JsonSerializable(typeof(ReviewEvent.StageStated))]
[JsonSerializable(typeof(ReviewEvent.RightUsed))]
[JsonSerializable(typeof(ReviewEvent.Signed))]
[JsonSerializable(typeof(ReviewEvent.PublicationDecided))]
[JsonSerializable(typeof(ReviewEvent.TextsShown))]
[JsonSerializable(typeof(ReviewEvent.AgreementReached))]
[JsonSerializable(typeof(ReviewEvent.Published))]
[JsonSerializable(typeof(ReviewEvent.NotesErased))]
[JsonSerializable(typeof(ReviewEvent.SeenAs))]
internal sealed partial class ReviewJsonContext : JsonSerializerContext;
