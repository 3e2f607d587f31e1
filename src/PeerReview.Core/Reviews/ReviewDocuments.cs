using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Reviews;

/// <summary>The parts of a review as the rules of access see them: which item belongs to whom.</summary>
public static class ReviewDocuments
{
    /// <summary>The answer to an item.</summary>
    public static Document Answer(this Dossier dossier, string item) => Of(DocumentKind.SelfAssessment, dossier, item);

    /// <summary>A file under an item.</summary>
    public static Document Evidence(this Dossier dossier, string item) => Of(DocumentKind.Evidence, dossier, item);

    /// <summary>A clarifying question with its reply.</summary>
    /// <param name="item">The item it is about, or null: then it is no contributor's.</param>
    public static Document Clarification(this Dossier dossier, string? item) =>
        Of(DocumentKind.Clarifications, dossier, item);

    /// <summary>A comment of an expert on an item.</summary>
    /// <param name="handedIn">Not before that does anybody but its author know of it.</param>
    public static Document Comment(this Dossier dossier, string item, PersonId author, bool handedIn = true) =>
        new(DocumentKind.ReviewerComments) { Owners = [author], Contributors = dossier.ContributorsOf(item), Draft = !handedIn };

    /// <summary>What an expert declared of ties to the subject, and objections to the person: the expert's own.</summary>
    public static Document Declaration(this Dossier dossier, Guid expert) =>
        new(DocumentKind.Declarations) { Owners = [new PersonId(expert)] };

    /// <summary>The invitations of one reviewing State: they are its focal points' own.</summary>
    public static Document Invitation(this Dossier dossier, string? state) => new(DocumentKind.Invitations)
    {
        Owners = state is null ? [] : [.. dossier.Holding(RoleCode.ReviewerFocalPoint, state).Select(person => new PersonId(person))],
    };

    /// <summary>The State's commitments, good practices and summary: its own drafts until the self-assessment is handed in.</summary>
    public static Document Commitments(ReviewFacts review) => new(DocumentKind.Commitments) { Draft = !review.Submitted };

    /// <summary>Whether somebody may read of the State's commitments, or, given one, whether they may read that.</summary>
    public static bool OpensCommitments(this ReviewFacts review, Actor actor, Writing? text = null) => Access.Access.Visible(
        actor, Commitments(review), review, text is null ? null : SharingLabels.Of(text.Label)).CanRead;

    /// <summary>The contributors an item was given to, in order of appointment.</summary>
    public static ImmutableArray<PersonId> ContributorsOf(this Dossier dossier, string item) =>
    [
        .. dossier.People
            .Where(p => p.Role == RoleCode.Contributor && p.Items.Contains(item, StringComparer.Ordinal))
            .Select(p => new PersonId(p.Person)),
    ];

    private static Document Of(DocumentKind kind, Dossier dossier, string? item) =>
        new(kind) { Contributors = item is null ? [] : dossier.ContributorsOf(item) };
}
